// What may stand at a place of a document: the lexer goes through what is before it and remembers which type it is in.
const tokenForm = /"""[^]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|#[^\n]*|\.\.\.|\$?[A-Za-z_]\w*|-?\d[\w.+-]*|[{}()[\]:=!@|&]/g;

function placeAt(text) {
  const frames = [];
  let field = null, condition = null, before = '', name = '';
  const top = () => frames[frames.length - 1];
  for (const [token] of text.matchAll(tokenForm)) {
    if (token[0] === '#') continue;
    const frame = top();
    switch (token) {
      case '{':
        if (frame?.kind === 'arguments' || frame?.kind === 'input') frames.push({ kind: 'input', type: frame.value });
        else frames.push({ kind: 'selection', type: condition ?? (frame ? field && namedOf(field.type) : schema.query) });
        field = condition = null;
        break;
      case '}': case ')': case ']': frames.pop(); break;
      case '(': frames.push(frame?.kind === 'selection' && field ? { kind: 'arguments', inputs: field.args, field } : { kind: 'other' }); break;
      case '[': frames.push({ ...frame }); break;
      default:
        if (!/^[A-Za-z_]/.test(token)) break;
        if (before === 'on') condition = token;
        else if (frame?.kind === 'selection' && before !== '...' && before !== '@') field = fieldOf(frame.type, token) ?? null;
        else if (frame?.kind === 'arguments' || frame?.kind === 'input') name = token;
    }
    if (token === ':' && top() && top().kind !== 'selection') {
      const inputs = top().inputs ?? schema.types.get(top().type)?.inputFields ?? [];
      const input = inputs.find(i => i.name === name);
      top().value = input && namedOf(input.type);
    }
    before = token;
  }
  return { frame: top(), before };
}

function choicesAt(text, cursor) {
  const head = text.slice(0, cursor);
  const prefix = /[A-Za-z_]\w*$/.exec(head)?.[0] ?? '';
  const { frame, before } = placeAt(head.slice(0, head.length - prefix.length));
  const offer = (items, type) => items
    .filter(item => !item.isDeprecated && item.name.toLowerCase().startsWith(prefix.toLowerCase()))
    .map(item => ({ name: item.name, type: type(item), title: item.description ?? '' }));
  if (!frame) return { prefix, items: [] };
  if (before === 'on') return { prefix, items: offer([...schema.types.values()].filter(t => t.kind === 'OBJECT'), () => '') };
  if (frame.kind === 'selection') {
    const fields = schema.types.get(frame.type)?.fields ?? [];
    return { prefix, items: offer([...fields, { name: '__typename', type: { name: 'String' } }], f => written(f.type)) };
  }
  if (before === ':' || (before === '[' && frame.value)) {
    const type = schema.types.get(frame.value);
    if (type?.name === 'Boolean') return { prefix, items: offer([{ name: 'true' }, { name: 'false' }], () => '') };
    return { prefix, items: offer(type?.enumValues ?? [], () => type.name) };
  }
  const inputs = frame.inputs ?? schema.types.get(frame.type)?.inputFields ?? [];
  return { prefix, items: offer(inputs, i => written(i.type)) };
}
