// The schema to read: one type at a time.
const docs = document.getElementById('docs');
const element = (name, ...content) => { const made = document.createElement(name); made.append(...content); return made; };

function link(type) {
  const name = namedOf(type), text = written(type), at = text.indexOf(name);
  const anchor = element('a', name);
  anchor.href = `#${name}`;
  return [text.slice(0, at), anchor, text.slice(at + name.length)];
}

function entry(item) {
  const title = element('dt', element('span', item.name));
  if (item.isDeprecated) title.firstChild.className = 'old';
  if (item.args?.length) title.append('(', ...item.args.flatMap((a, n) => [n ? ', ' : '', `${a.name}: `, ...link(a.type)]), ')');
  if (item.type) title.append(': ', ...link(item.type));
  if (item.defaultValue != null) title.append(` = ${item.defaultValue}`);
  const described = item.args?.filter(a => a.description).map(a => element('dd', `${a.name}: ${a.description}`)) ?? [];
  return [title, element('dd', item.description ?? '', item.isDeprecated ? ` Deprecated: ${item.deprecationReason}` : ''), ...described];
}

function showType() {
  if (schema.types.size === 0) {
    docs.replaceChildren(element('h2', 'Schema'), element('p', 'Enter an API key to read the schema.'));
    return;
  }
  const type = schema.types.get(decodeURIComponent(location.hash.slice(1))) ?? schema.types.get(schema.query);
  const home = element('a', schema.query);
  home.href = `#${schema.query}`;
  const parts = [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])];
  const others = (type.possibleTypes ?? []).map(t => ({ name: t.name, type: { kind: 'OBJECT', name: t.name }, description: '' }));
  docs.replaceChildren(
    element('nav', home), element('h2', type.name), element('p', type.description ?? ''),
    element('dl', ...[...parts, ...others].flatMap(entry)));
  docs.scrollTop = 0;
}

addEventListener('hashchange', showType);
