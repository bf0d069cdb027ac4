// Reads the flat subset of YAML that an upload may be: one mapping of names to scalars, and literal blocks for long ones.
import { bareValue, type UploadReader } from './reader.ts';
import { decodeDoubleQuoted } from './yaml-escapes.ts';

const NOTHING = /^ *(?:#.*)?$/;
const ENTRY = /^(?:([A-Za-z_][\w.-]*)|"([A-Za-z_][\w.-]*)"|'([A-Za-z_][\w.-]*)') *:(?: +(.*))?$/;
const DOUBLE = /^"([^"\\]*(?:\\.[^"\\]*)*)" *(?: #.*)?$/;
const SINGLE = /^'([^']*(?:''[^']*)*)' *(?: #.*)?$/;
const BLOCK = /^\|([+-]?) *(?: #.*)?$/;
/** What would open a list, a flow, an anchor, a tag, a folded block or a quote; and tabs, about which readers differ. */
const NOT_PLAIN = /^(?:[[\]{},&*!|>'"%@`#]|[-?:](?: |$))|:(?: |$)|\t/;
/** Controls, and what only some YAML readers take for a line break. */
const UNREADABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const NULL = /^(?:~|null)?$/i;

/**
 * Scalars are kept as written: `8080`, `yes` and `0x1F` are those characters. Quotes close on their line; `|`, `|-` and
 * `|+` blocks are read, nothing else that spans lines.
 * @throws AppError ERR_REQUEST_INVALID for null (write ""), nesting, lists, anchors, tags, flows and folded blocks
 */
export function readFlatYaml(reader: UploadReader): Map<string, string> {
  const odd = UNREADABLE.exec(reader.text.replaceAll('\r\n', ' \n'));
  if (odd) throw reader.refusal(reader.lineAt(odd.index), 'A control character stands bare in the YAML');
  const lines = reader.text.split(/\r?\n/);
  let at = start(lines);
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const number = at + 1;
    at += 1;
    if (NOTHING.test(line)) continue;
    if (/^\.\.\.\s*$/.test(line) && lines.slice(at).every((rest) => NOTHING.test(rest))) break;
    const entry = ENTRY.exec(line);
    if (!entry) throw reader.refusal(number, 'The line is no entry of a flat mapping');
    const [, plain, double, single, rest = ''] = entry;
    const block = BLOCK.exec(rest);
    const read = block ? readBlock(lines, at, block[1] ?? '') : { value: readScalar(rest), next: at };
    if (read.value === undefined) throw reader.refusal(number, 'The value is null, nested or no plain scalar');
    reader.add(plain ?? double ?? single ?? '', read.value, () => number);
    at = read.next;
  }
  return reader.values;
}

/** The index after comments and one `---`. */
function start(lines: readonly string[]): number {
  const first = lines.findIndex((line) => !NOTHING.test(line));
  return first >= 0 && /^---\s*$/.test(lines[first] ?? '') ? first + 1 : 0;
}

function readScalar(text: string): string | undefined {
  const double = DOUBLE.exec(text);
  if (double) return decodeDoubleQuoted(double[1] ?? '');
  const single = SINGLE.exec(text);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  if (NOT_PLAIN.test(text)) return undefined;
  const plain = bareValue(text);
  return NULL.test(plain) ? undefined : plain;
}

/** YAML 1.2 §8.1.2: the first line with text sets the indentation; what is indented less ends the block. */
function readBlock(lines: readonly string[], from: number, chomp: string): { value: string | undefined; next: number } {
  const body: string[] = [];
  let indent = 0;
  let next = from;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    const width = /^ */.exec(line)?.[0].length ?? 0;
    const isEmpty = /^ *$/.test(line) && (indent === 0 || width < indent);
    if (isEmpty && indent === 0 && width > 0) return { value: undefined, next };
    if (!isEmpty && indent === 0) indent = width;
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
