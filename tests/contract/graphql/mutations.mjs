import { random } from './random.mjs';

const pieces = [
  '{', '}', '(', ')', '[', ']', ':', '=', '!', '$', '@', '...', '|', '&', '"', '"""', '\\', '#', ',', '\n', '\r\n', ' ', '.', '-', '0', '1', '1.5',
  '1e3', 'a', 'on', 'true', 'null', 'query', 'fragment',
  '\ufeff', '\ud83d', '\ude00', '😀', '\u0000', "'", '\\u{41}', '\\uD83D',
];

/** Documents that a few changes have come over, the same ones for one seed: something is dropped, doubled, moved, put in or cut off. */
export function mutations(documents, count, seed) {
  const below = random(seed);
  const spot = text => below(text.length + 1);
  const changes = [
    text => { const [at, size] = [spot(text), 1 + below(3)]; return text.slice(0, at) + text.slice(at + size); },
    text => { const at = spot(text); return text.slice(0, at) + pieces[below(pieces.length)] + text.slice(at); },
    text => { const at = spot(text); return text.slice(0, at) + pieces[below(pieces.length)] + text.slice(at + 1); },
    text => { const [at, size, to] = [spot(text), below(20), spot(text)]; return text.slice(0, to) + text.slice(at, at + size) + text.slice(to); },
    text => { const at = spot(text); return text.slice(0, at) + text.slice(at, at + 2).split('').reverse().join('') + text.slice(at + 2); },
    text => (below(4) === 0 ? text.slice(0, spot(text)) : text),
  ];
  return Array.from({ length: count }, () => {
    let text = documents[below(documents.length)];
    for (let left = 1 + below(3); left > 0; left--) {
      text = changes[below(changes.length)](text);
    }
    return text;
  });
}
