// Asks the API that served this page. The key is kept for this tab and as long as it is open.
const key = document.getElementById('key'), variables = document.getElementById('variables'), run = document.getElementById('run');
const answer = document.getElementById('answer'), status = document.getElementById('status'), toggle = document.getElementById('docs-toggle');
let current = null, known = null;

const sample = `# Conversations, latest first, with their queue.
query Latest($first: Int = 5) {
  conversations(first: $first) {
    edges {
      node {
        id
        startedAt
        channel
        status
      }
    }
  }
}
`;

async function ask(body, signal) {
  return fetch(location.pathname, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...(key.value.trim() ? { authorization: `Bearer ${key.value.trim()}` } : {}),
    },
    body: JSON.stringify(body), signal, credentials: 'omit', cache: 'no-store',
  });
}

// Text nodes and spans alone: nothing of an answer is ever read as markup.
function paint(text) {
  const parts = [], form = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;
  let at = 0;
  for (const match of text.matchAll(form)) {
    parts.push(text.slice(at, match.index));
    const span = document.createElement('span');
    span.className = match[2] ? 'k' : match[1] ? 's' : /^[-\d]/.test(match[0]) ? 'n' : 'w';
    span.textContent = match[0];
    parts.push(span);
    at = match.index + match[0].length;
  }
  answer.replaceChildren(...parts, text.slice(at));
}

// Indents the text as it came: parsing it would change its numbers.
function indented(json) {
  let depth = 0;
  return json.replace(/("(?:\\.|[^"\\])*")|\s+|([[{])\s*(?=([\]}])?)|([\]}])|([,:])/g, (all, text, opens, empty, closes, mark, at) => {
    if (text) return text;
    if (opens) { depth++; return empty ? opens : `${opens}\n${'  '.repeat(depth)}`; }
    if (closes) { depth--; return /[[{]\s*$/.test(json.slice(Math.max(0, at - 20), at)) ? closes : `\n${'  '.repeat(depth)}${closes}`; }
    if (mark) return mark === ',' ? `,\n${'  '.repeat(depth)}` : ': ';
    return '';
  });
}

function say(text, bad) {
  status.textContent = text;
  status.className = bad ? 'bad' : '';
}

async function execute() {
  current?.abort();
  const mine = current = new AbortController();
  let values;
  try {
    values = variables.value.trim() ? JSON.parse(variables.value) : null;
  } catch (error) {
    return say(`The variables are not JSON: ${error.message}`, true);
  }
  sessionStorage.setItem('query', query.value);
  sessionStorage.setItem('variables', variables.value);
  run.setAttribute('aria-busy', 'true');
  say('Running …', false);
  const started = performance.now();
  try {
    const response = await ask({ query: query.value, variables: values }, mine.signal);
    const text = await response.text();
    paint(text.length < 2_000_000 ? indented(text) : text);
    const failed = !response.ok || text.startsWith('{"errors"');
    say(`${response.status} · ${Math.round(performance.now() - started)} ms · ${text.length.toLocaleString('en')} characters`, failed);
  } catch (error) {
    if (mine === current) say(String(error.message ?? error), true);
  } finally {
    if (mine === current) run.removeAttribute('aria-busy');
  }
}

async function learn() {
  const secret = key.value.trim();
  if (secret === known) return;
  known = secret;
  sessionStorage.setItem('key', secret);
  if (secret) {
    try {
      const response = await ask({ query: introspection });
      const { data, errors } = await response.json();
      if (data) readSchema(data);
      else say(errors?.[0]?.message ?? `The schema cannot be read: ${response.status}`, true);
    } catch (error) {
      say(`The schema cannot be read: ${error.message}`, true);
    }
  }
  showType();
}

run.addEventListener('click', execute);
addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') { event.preventDefault(); hide(); execute(); }
});
key.addEventListener('change', learn);
document.getElementById('access').addEventListener('submit', event => { event.preventDefault(); learn(); });
toggle.addEventListener('click', () => {
  const hidden = document.querySelector('main').classList.toggle('without-docs');
  toggle.setAttribute('aria-expanded', String(!hidden));
});
query.value = sessionStorage.getItem('query') ?? sample;
variables.value = sessionStorage.getItem('variables') ?? '';
key.value = sessionStorage.getItem('key') ?? '';
showType();
learn();
