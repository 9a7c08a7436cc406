// Texts about what tokens are, and what lies between them.
// Whether one is a document is not written here: the reference implementation says.
const q = '"""';

export const tokens = {
  'numbers': [
    '00', '01', '-01', '0', '-0', '-', '- 1', '--1', '+1', '1.', '1.a', '.5', '-.5', '1.5.5', '1..2', '1...F', '1e', '1e+', '1e-', '1E', '1ea',
    '1e1.5',
    '1e1e1', '1.5e', '1.e5', '0.0', '0e0', '0E-0', '0xF', '0b1', '1a', '1_000', '1_', '1.5_', '1.5f', '1e5x', '1é', '1é', '1#comment\n', '1"b"',
    '1$x', '1[', '1-1',
    '9007199254740993', '123456789012345678901234567890', '1.7976931348623157e309', '1,2', '1;2', '1/2', '0 0', '-a', '-\n1', '1\u0000',
    '1.2.', '1.2e3.', '1.2e3.4', '0.', '0a', '0.0.0', '1e1', '1e01', '1.00',
  ].map(number => `{ a(x: ${number}) }`),
  'texts': [
    'plain', ' spaces ', '\\"', '\\\\', '\\/', '\\b\\f\\n\\r\\t', '\\u0041', '\\u00e9', '\\uD83D\\uDE00', '\\ud83d\\ude00', '\\u{41}', '\\u{1F600}',
    '\\u{0}',
    '\\u{000041}', '\\u{00000041}', '\\u{000000041}', '\\u{10FFFF}', '\\u{110000}', '\\u{FFFFFFFF}', '\\u{D800}', '\\u{DFFF}', '\\u{}', '\\u{',
    '\\u{41', '\\u{4G}',
    '\\u{ 41 }', '\\u', '\\u0', '\\u00', '\\u004', '\\u004G', '\\uXXXX', '\\uD83D', '\\uDE00', '\\uDE00\\uD83D', '\\uD83D\\uD83D', '\\uD83Dx',
    '\\uD83D\\n', '\\uD83D\\u0041',
    '\\uD83D\\u{DE00}', '\\u{D83D}\\u{DE00}', '\\uD83D\\uDE0', '\\x41', '\\0', '\\a', "\\'", '\\ ', '\\', '\\U0041', '\\é', 'é ü 漢', '😀', '\ud83d',
    '\ude00', 'a\ud83db',
    '\ude00\ud83d', 'line\nend', 'line\rend', 'line\r\nend', 'tab\there', 'nul\u0000', 'bell\u0007', 'del\u007f', '\u2028', '\ufeff', '# no comment',
    '{ } ( ) $ @ !', '\\u0000',
    '\\u{1F60', '\\uD83D\\uDE00\\uD83D\\uDE00', 'a"b', 'a""b',
  ].map(text => `{ a(x: "${text}") }`).concat(['{ a(x: "', '{ a(x: "b', '{ a(x: "b\n", y: 1) }', '{ a(x: "b" "c") }', '{ a(x: "b\\']),
  'blocks': [
    'plain', ' one line ', '\n  two\n  lines\n', '\n\n\n  between blanks  \n\n \n', '\n    deep\n  shallow\n      deeper\n',
    '  first\n    second\n  third', '\n\ttab\n\t\ttwo\n',
    '\n \tmixed\n\t mixed\n', 'a\rb\r\nc\nd', '\r\n  a\r\n  b\r\n', '\\"""', 'a \\""" b', '\\\\"""', '\\\\', '\\n \\u0041 \\x', 'a"b""c', '\n  """',
    '', '\n', '   ', '\n   \n \n',
    'a\n\n  b\n\n  c', '\n  a\n \n  b', '\u2028', 'nul\u0000', '\ud83d', '😀', ' \ufeff a', '\n\u00a0a', 'a ', 'a\n', '\na', 'x\n  y\nz', '\\""""',
    '"', '\\"', '# no', '\n  a\n  # b\n',
  ].map(text => `{ a(x: ${q}${text}${q}, y: 1) }`).concat([
    `{ a(x: ${q}`, `{ a(x: ${q}b`, `{ a(x: ${q}b"`, `{ a(x: ${q}b""`, `{ a(x: ${q}b\n\n c`, `{ a(x: ${q}\n\n${q}) } }`, `{ a(x: ${q}a\nb${q} !) }`,
    `{\r\n  a(x: ${q}\r\n a\r\n${q}) b !\r\n}`,
    `{ a(x: ${q}b${q}"c") }`, `{ a(x: "${q}) }`, `{ a(x: ""${q}) }`, `{ a(x: ${q}${q}${q}) }`, `{ a(x: ${q}\n b${q}y: 2) }`,
  ]),
  'ignored': [
    '\ufeff{ a }', '{\ufeffa\ufeff}', '\ufeff\ufeff{ a }', '\ufeff!', '{,a,,b,}', ',{ a }', '{\ta\t}', '{\na\n}', '{\ra\r}', '{\r\na\r\n}',
    '{ a # comment\n b }', '{ a # comment }', '{ a } # comment',
    '#\n{ a }', '{ a #\r b }', '{ a #\r\n b }', '# é 😀 漢\n{ a }', '# \u0000\u0007\n{ a }', '# \ud83d\n{ a }', '{ a # "\n }',
    '{ a(x: # comment\n 1) }', '{#\n#\n#\na}', '\v{ a }', '\f{ a }', '{ a\u00a0}',
    '{\u2028a }', '{\u2029a }', '{ a \u0000 }', '{ a \u0007 }', '{ a \u007f }', '{ a \ud83d }', '{ a 😀 }', '{ a \\ }', '{ a ; }', '{ a ? }',
    '{ a * b }', '{ a ^ }', '{ a % }', '{ a ~ }', '{ a < b }', '{ a ` }', "{ a ' }",
    '\r\r\n\n!', '{\n\n  a(x: 1,\n    y: !) }', '{\r\n\ta !', 'query(\n$a:Int\n){a}', '{a}\n\n\n!', '{a}\n\n\n', 'query#c\nQ#c\n{a}',
  ],
};
