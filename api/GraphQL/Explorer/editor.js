// The query's field: indents, closes what is opened, and offers what may stand at the cursor.
const query = document.getElementById('query'), list = document.getElementById('choices');
let offered = [], chosen = 0, leaving = false;

// Through the browser's own editing, so that undoing works.
function insert(text, back = 0, forward = 0) {
  query.setSelectionRange(query.selectionStart - back, query.selectionEnd + forward);
  if (!document.execCommand('insertText', false, text)) query.setRangeText(text, query.selectionStart, query.selectionEnd, 'end');
}

function hide() {
  list.hidden = true;
  query.setAttribute('aria-expanded', 'false');
  query.removeAttribute('aria-activedescendant');
}

function show(asked) {
  const { prefix, items } = choicesAt(query.value, query.selectionStart);
  const whole = items.length === 1 && items[0].name === prefix;
  if (items.length === 0 || whole || (prefix === '' && !asked)) return hide();
  [offered, chosen] = [items.slice(0, 100), 0];
  list.replaceChildren(...offered.map((item, n) => {
    const entry = document.createElement('li');
    Object.assign(entry, { id: `choice-${n}`, role: 'option', title: item.title });
    entry.append(Object.assign(document.createElement('span'), { textContent: item.name }));
    entry.append(Object.assign(document.createElement('small'), { textContent: item.type }));
    entry.addEventListener('mousedown', event => { event.preventDefault(); chosen = n; take(); });
    return entry;
  }));
  place();
  list.hidden = false;
  query.setAttribute('aria-expanded', 'true');
  mark();
}

function place() {
  const lines = query.value.slice(0, query.selectionStart).split('\n');
  const style = getComputedStyle(query), height = parseFloat(style.lineHeight), width = parseFloat(style.fontSize) * 0.6;
  list.style.top = `${Math.min(lines.length * height + 14 - query.scrollTop, query.clientHeight - 40)}px`;
  list.style.left = `${Math.min(lines.at(-1).length * width + 12 - query.scrollLeft, query.clientWidth - 230)}px`;
}

function mark() {
  [...list.children].forEach((entry, n) => entry.setAttribute('aria-selected', String(n === chosen)));
  query.setAttribute('aria-activedescendant', `choice-${chosen}`);
  list.children[chosen]?.scrollIntoView({ block: 'nearest' });
}

function take() {
  insert(offered[chosen].name, /[A-Za-z_]\w*$/.exec(query.value.slice(0, query.selectionStart))?.[0].length ?? 0);
  hide();
}

function newLine() {
  const before = query.value.slice(0, query.selectionStart), after = query.value[query.selectionEnd];
  const indent = /[ ]*(?=\S|$)/.exec(before.split('\n').at(-1))[0];
  if (!/[{([]\s*$/.test(before)) return insert(`\n${indent}`);
  insert(`\n${indent}  ${/[})\]]/.test(after ?? '') ? `\n${indent}` : ''}`);
  if (/[})\]]/.test(after ?? '')) query.setSelectionRange(query.selectionStart - indent.length - 1, query.selectionStart - indent.length - 1);
}

const closing = { '{': '}', '(': ')', '[': ']' };

query.addEventListener('keydown', event => {
  const open = !list.hidden;
  if (event.ctrlKey && event.key === ' ') { event.preventDefault(); return show(true); }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    chosen = (chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length;
    return mark();
  }
  if (open && (event.key === 'Enter' || event.key === 'Tab')) { event.preventDefault(); return take(); }
  if (event.key === 'Escape') { leaving = !open; return hide(); }
  if (event.key === 'Tab' && !event.shiftKey && !leaving) { event.preventDefault(); return insert('  '); }
  leaving = false;
  if (event.key === 'Enter') { event.preventDefault(); return newLine(); }
  if (closing[event.key] && query.selectionStart === query.selectionEnd && !/\S/.test(query.value[query.selectionStart] ?? ' ')) {
    event.preventDefault();
    insert(event.key + closing[event.key]);
    query.setSelectionRange(query.selectionStart - 1, query.selectionStart - 1);
  } else if (Object.values(closing).includes(event.key) && query.value[query.selectionStart] === event.key) {
    event.preventDefault();
    query.setSelectionRange(query.selectionStart + 1, query.selectionStart + 1);
  }
});
query.addEventListener('input', () => show(false));
query.addEventListener('blur', hide);
query.addEventListener('click', hide);
