import { oas } from '@stoplight/spectral-rulesets';
import owasp from '@stoplight/spectral-owasp-ruleset';

export default { extends: [[oas, 'all'], [owasp, 'all']], rules: {} };
