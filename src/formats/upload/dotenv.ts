// Reads an uploaded env file: `NAME=value` lines as people write them, and everything that our own download writes.
import { bareValue, type UploadReader } from './reader.ts';

const BLANK = /[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r?$)/y;
const NAME = /[ \t]*(?:export[ \t]+)?([^\s=#'"]+)[ \t]*=[ \t]*/y;
const DOUBLE = /"([^"\\]*(?:\\[^][^"\\]*)*)"[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r?$)/y;
const SINGLE = /'([^']*)'[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r?$)/y;
const BARE = /([^\r\n]*)(?:\r?\n|\r?$)/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

/**
 * Double quotes may span lines and know `\n \r \t \" \\ \$`; another backslash stays as it is. Single quotes are
 * literal. A bare value ends with its line, or before ` #`; blanks around it are not part of it. One that starts with
 * `#` is a colour to some readers and a comment to others: refused, as is `\'` between single quotes.
 * @throws AppError ERR_REQUEST_INVALID for a line that is no entry, an open quote, or text after a closing quote
 */
export function readDotenv(reader: UploadReader): Map<string, string> {
  const { text, values } = reader;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const line = () => reader.lineAt(start);
    const blank = matchAt(BLANK, text, at);
    if (blank) {
      at = BLANK.lastIndex;
      continue;
    }
    const name = matchAt(NAME, text, at);
    if (!name) throw reader.refusal(line(), 'The line is not NAME=value');
    const [value, end] = readValue(text, NAME.lastIndex) ?? [];
    if (value === undefined || end === undefined) {
      throw reader.refusal(
        line(),
        'A quote is not closed, something follows it, or a value in no quotes starts with # or `',
      );
    }
    reader.add(name[1] ?? '', value, line);
    at = end;
  }
  return values;
}

function readValue(text: string, at: number): [value: string, end: number] | undefined {
  const double = matchAt(DOUBLE, text, at);
  if (double) return [unescape(double[1] ?? ''), DOUBLE.lastIndex];
  const single = matchAt(SINGLE, text, at);
  if (single) return [single[1] ?? '', SINGLE.lastIndex];
  if (/["'`#]/.test(text.charAt(at))) return undefined;
  const bare = matchAt(BARE, text, at);
  return bare ? [bareValue(bare[1] ?? ''), BARE.lastIndex] : undefined;
}

function unescape(text: string): string {
  return text.replace(/\\([^])/g, (whole, c: string) => ESCAPES[c] ?? whole);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
