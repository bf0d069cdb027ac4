// Reads the flat subset of YAML that an upload may be: one mapping of names to scalars, and literal blocks for long ones.
import type { UploadReader } from './reader.ts';
import { blockOf, findUnreadable, readBlock, readScalar } from './yaml-scalars.ts';

const NOTHING = /^ *(?:#.*)?$/;
const ENTRY = /^(?:([A-Za-z_][\w.-]*)|"([A-Za-z_][\w.-]*)"|'([A-Za-z_][\w.-]*)') *:(?: +(.*))?$/;

/**
 * Scalars are kept as written: `8080`, `yes` and `0x1F` are those characters. Quotes close on their line; `|`, `|-` and
 * `|+` blocks are read, nothing else that spans lines.
 * @throws AppError ERR_REQUEST_INVALID for null (write ""), nesting, lists, anchors, tags, flows and folded blocks
 */
export function readFlatYaml(reader: UploadReader): Map<string, string> {
  const odd = findUnreadable(reader.text);
  if (odd !== undefined) throw reader.refusal(reader.lineAt(odd), 'A control character stands bare in the YAML');
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
    const chomp = blockOf(rest);
    const read = chomp !== undefined ? readBlock(lines, at, { chomp }) : { value: readScalar(rest), next: at };
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
