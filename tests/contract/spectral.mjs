import owasp from '@stoplight/spectral-owasp-ruleset';
import { oas } from '@stoplight/spectral-rulesets';

/** What Spectral holds openapi.yaml against: every rule of both sets, but for those that are named here with the reason. */
export default {
  extends: [[oas, 'all'], [owasp, 'all']],
  rules: {
    // Which people and which licence stand behind an installation is not the repository's to say.
    'info-contact': 'off',
    'info-license': 'off',
    'license-url': 'off',

    // It holds only OAuth scopes for scopes; OpenAPI 3.1 lets other schemes name what a caller needs. document.test.mjs looks
    // that every scheme is defined.
    'oas3-operation-security-defined': 'off',

    // It does not follow the mappings of discriminators. document.test.mjs does, and looks that every schema is used.
    'oas3-unused-component': 'off',

    // Names, and what was said, have no pattern. That every text is bounded stays on (string-limit).
    'owasp:api4:2023-string-restricted': 'off',

    // Which origins may read answers is configuration: the header is sent to those that are named, and to no other.
    'owasp:api8:2023-define-cors-origin': 'off',

    // They ask a document for the stages and audiences of its servers. This one describes a product: whoever serves it is the
    // only server.
    'owasp:api9:2023-inventory-access': 'off',
    'owasp:api9:2023-inventory-environment': 'off',
  },
  overrides: [
    {
      // A bucket's notifications come from SNS, which sends no key: the address holds a secret of its own, and every message
      // is signed. The server takes it out of the path before anything logs or traces the request.
      files: ['../../openapi.yaml#/paths/~1v1~1connectors~1%7Bid%7D~1notifications~1%7Btoken%7D'],
      rules: {
        'owasp:api2:2023-no-credentials-in-url': 'off',
        'owasp:api2:2023-write-restricted': 'off',
      },
    },
  ],
};
