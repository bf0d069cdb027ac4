// Scalars of the YAML that people upload, kept as they are written: plain ones, quoted ones, and literal blocks.
import { bareValue } from './reader.ts';
import { decodeDoubleQuoted } from './yaml-escapes.ts';

const DOUBLE = /^"([^"\\]*(?:\\.[^"\\]*)*)" *(?: #.*)?$/;
const SINGLE = /^'([^']*(?:''[^']*)*)' *(?: #.*)?$/;
/** What would open a list, a flow, an anchor, a tag, a folded block or a quote; and tabs, about which readers differ. */
const NOT_PLAIN = /^(?:[[\]{},&*!|>'"%@`#]|[-?:](?: |$))|:(?: |$)|\t/;
const NULL = /^(?:~|null)?$/i;
/** Controls, and what only some YAML readers take for a line break. */
const UNREADABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** The first character that no YAML text has; undefined where there is none. */
export function findUnreadable(text: string): number | undefined {
  return UNREADABLE.exec(text.replaceAll('\r\n', ' \n'))?.index;
}

/** `8080`, `yes` and `0x1F` are those characters. Undefined for null, and for what is no scalar on this line. */
export function readScalar(text: string): string | undefined {
  const double = DOUBLE.exec(text);
  if (double) return decodeDoubleQuoted(double[1] ?? '');
  const single = SINGLE.exec(text);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  if (NOT_PLAIN.test(text)) return undefined;
  const plain = bareValue(text);
  return NULL.test(plain) ? undefined : plain;
}

/** How a literal block keeps its last breaks, where `text` opens one. */
export function blockOf(text: string): string | undefined {
  return /^\|([+-]?) *(?: #.*)?$/.exec(text)?.[1];
}

/**
 * The block whose first line is `lines[from]` (YAML 1.2 §8.1.2): its first line with text sets the indentation, which is
 * more than `outer`; what is indented less ends it.
 */
export function readBlock(
  lines: readonly string[],
  from: number,
  { chomp, outer = 0 }: { chomp: string; outer?: number },
): { value: string | undefined; next: number } {
  const body: string[] = [];
  let indent = 0;
  let next = from;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    const width = /^ */.exec(line)?.[0].length ?? 0;
    const isEmpty = /^ *$/.test(line) && (indent === 0 || width < indent);
    if (isEmpty && indent === 0 && width > outer) return { value: undefined, next };
    if (!isEmpty && indent === 0) indent = width > outer ? width : 0;
    if (!isEmpty && (indent === 0 || width < indent)) break;
    body.push(isEmpty ? '' : line.slice(indent));
  }
  // The last piece of the text has no line break of its own: YAML keeps the break that is there, and adds none.
  const raw = body.join('\n') + (next < lines.length && body.length > 0 ? '\n' : '');
  return { value: chomped(raw, chomp), next };
}

function chomped(raw: string, chomp: string): string {
  if (chomp === '+') return raw;
  let end = raw.length;
  while (end > 0 && raw[end - 1] === '\n') end -= 1;
  const stripped = raw.slice(0, end);
  return chomp === '' && stripped !== '' && raw !== stripped ? `${stripped}\n` : stripped;
}
