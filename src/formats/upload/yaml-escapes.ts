// The escapes of a double-quoted YAML scalar (YAML 1.2 §5.7) back to the characters that they stand for.

const SINGLE: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;

/** The text between the quotes decoded, or undefined where it has an escape that YAML does not know. */
export function decodeDoubleQuoted(text: string): string | undefined {
  let isValid = true;
  const decoded = text.replace(ESCAPE, (_whole, x?: string, u?: string, long?: string, single?: string) => {
    const hex = x ?? u ?? long;
    const code = hex === undefined ? undefined : Number.parseInt(hex, 16);
    const known = code === undefined ? SINGLE[single ?? ''] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (known === undefined) isValid = false;
    return known ?? '';
  });
  return isValid ? decoded : undefined;
}
