// Reads a flat JSON object of an upload entry by entry, so that depth cannot grow and a repeated name is seen.
import type { UploadReader } from './reader.ts';

const STRING = String.raw`"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"`;
const BARE = String.raw`true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const ENTRY = new RegExp(
  String.raw`[ \t\r\n]*(${STRING})[ \t\r\n]*:[ \t\r\n]*(?:(${STRING})|(${BARE}))[ \t\r\n]*([,}])`,
  'y',
);
const OPEN = /[ \t\r\n]*\{/y;
const EMPTY = /^[ \t\r\n]*\{[ \t\r\n]*\}[ \t\r\n]*$/;

/**
 * Strings are decoded; numbers and booleans are kept as they are written, so that no digit is lost.
 * @throws AppError ERR_REQUEST_INVALID for null, a nested value, a repeated name or a broken text
 */
export function readFlatJson(reader: UploadReader): Map<string, string> {
  const { text, values } = reader;
  if (EMPTY.test(text)) return values;
  OPEN.lastIndex = 0;
  OPEN.test(text);
  let at = OPEN.lastIndex;
  let end = ',';
  while (end === ',') {
    const start = at;
    const line = () => reader.lineAt(start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0));
    ENTRY.lastIndex = at;
    const match = ENTRY.exec(text);
    if (!match) throw reader.refusal(line(), 'The JSON is broken here, or a value is null or nested');
    const [, name = '""', quoted, bare = '', next = '}'] = match;
    reader.add(unquote(name), quoted === undefined ? bare : unquote(quoted), line);
    at = ENTRY.lastIndex;
    end = next;
  }
  if (text.slice(at).trim() !== '') throw reader.refusal(reader.lineAt(at), 'Something follows the JSON object');
  return values;
}

/** The token has matched the JSON grammar: this cannot throw, so no parser message that quotes it can arise. */
function unquote(token: string): string {
  return String(JSON.parse(token));
}
