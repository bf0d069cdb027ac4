// Pure: the spellings in which a text commonly reaches a log: escaped, percent-encoded, base64, hex.

/**
 * One way to write a text down; several strings where writers differ, none where it changes nothing. Every result stands
 * on one line.
 */
export type Encoder = (text: string) => readonly string[];

/** As a JSON string, as JavaScript writes it and as writers do that keep to ASCII. */
export const escaped: Encoder = (text) => {
  if (/^[ !#-[\]-~]*$/.test(text)) return [];
  const json = JSON.stringify(text).slice(1, -1);
  if (!/[\u007f-\uffff]/.test(json)) return [json];
  return [json, json.replace(/[\u007f-\uffff]/g, codePoint)];
};

/**
 * As JSON writers do that escape more than they must: Go's and Gson's for a page that a text may stand in, .NET's, PHP's.
 * What is around an escape would otherwise stay in the log.
 */
export const overEscaped: Encoder = (text) => {
  if (!/["&'+/<=>`\u007f-\uffff]/.test(text)) return [];
  const json = JSON.stringify(text).slice(1, -1);
  const go = json.replace(/[&<>\u2028\u2029]/g, codePoint);
  const gson = go.replace(/['=]/g, codePoint);
  const net = json
    .replace(/\\"|[&'+<>`\u007f-\uffff]/g, (c) => codePoint(c.slice(-1)))
    .replace(/\\u[\da-f]{4}/g, (c) => `\\u${c.slice(2).toUpperCase()}`);
  const php = json.replaceAll('/', '\\/');
  const all = [go, gson, net, php, php.replace(/[\u007f-\uffff]/g, codePoint)];
  return [...new Set(all)].filter((form) => form !== json);
};

function codePoint(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** As CSV writes a double quote and compose files a dollar: twice. A single one of YAML and SQL the runner knows. */
export const doubled: Encoder = (text) =>
  ['"', '$'].filter((one) => text.includes(one)).flatMap((one) => linesOf(text.replaceAll(one, () => one + one)));

/** As RFC 3986 has it, without exception. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Percent and form encodings: writers differ in what they leave alone, in the space, and in the case of the digits. */
export const inUrls: Encoder = (text) => {
  if (/^[\w.-]*$/.test(text)) return [];
  const strict = percentEncoded(text);
  const query = strict.replaceAll('%20', '+');
  const upper = new Set([
    strict,
    encodeURIComponent(text),
    encodeURI(text),
    strict.replaceAll('%2F', '/'),
    query,
    // As the URL standard serializes a form.
    query.replaceAll('%2A', '*').replaceAll('~', '%7E'),
  ]);
  return [...upper, ...[...upper].map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
};

/** Base64 in both alphabets, wherever in a longer text the bytes begin. */
export const base64: Encoder = (text) => {
  const bytes = behindTwo(text);
  const plain = [decidedBase64(bytes, 0), decidedBase64(bytes, 1), decidedBase64(bytes, 2)];
  const differ = plain.filter((form) => form.includes('+') || form.includes('/'));
  return differ.length === 0 ? plain : [...plain, ...differ.map(urlAlphabet)];
};

export const hex: Encoder = (text) => {
  const lower = Buffer.from(text).toString('hex');
  return [lower, lower.toUpperCase()];
};

/**
 * As shells print a word that needs quotes: `set -x` and `export -p` of bash and dash, `printf %q`, `${V@Q}`; line by
 * line, since the quotes do not change the lines.
 */
export const shellQuoted: Encoder = (text) => {
  if (/^[\w@%+=:,./-]*$/.test(text)) return [];
  const quoted = ["'\\''", `'"'"'`].flatMap((quote) => linesOf(text.replaceAll("'", quote)));
  const doubled = linesOf(text.replace(/[\\"$`]/g, '\\$&'));
  const ansi = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  const words = linesOf(text.replace(/[^\w@%+=:,./\-\u0080-\uffff\r\n]/g, '\\$&'));
  return [...quoted, ...doubled, ansi, ...words].filter((form) => form !== text);
};

/** In HTML and XML, whichever quotes the writer escapes and however it spells the single one. */
export const inMarkup: Encoder = (text) => {
  if (!/[&<>"']/.test(text)) return [];
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const double = plain.replaceAll('"', '&quot;');
  const single = ['&apos;', '&#39;', '&#x27;'].map((code) => double.replaceAll("'", code));
  return [...new Set([plain, double, ...single])].flatMap(linesOf);
};

/** Base64 as tools wrap it after 76 or 64 characters, when the text stands first: its full lines and the rest. */
export const wrappedBase64: Encoder = (text) => {
  if (Buffer.byteLength(text) <= SHORTEST_WRAPPED) return [];
  const decided = decidedBase64(behindTwo(text), 0);
  return WRAPS.flatMap(([length, line]) => (decided.length > length ? (decided.match(line) ?? []) : []));
};

/** 48 bytes are the 64 characters of one line. */
const SHORTEST_WRAPPED = 48;

/** `base64` and MIME; `openssl base64` and PEM. */
const WRAPS = [
  [76, /.{1,76}/g],
  [64, /.{1,64}/g],
] as const;

/**
 * Whether a text stands in every spelling as it is, but for its bytes in base64 or hex: letters, digits, `_`, `.`, `-`.
 * A loop, since most values of a job are such and compiling a pattern takes longer than all of them.
 */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code | 32) >= 97 && (code | 32) <= 122;
    if (!isLetter && !(code >= 48 && code <= 57) && code !== 95 && code !== 46 && code !== 45) return false;
  }
  return true;
}

/** The lines of a text, trimmed: what a log shows, and where the runner cuts. */
export function linesOf(text: string): string[] {
  if (!text.includes('\n') && !text.includes('\r')) return [text.trim()];
  return text.split(/[\r\n]+/).map((line) => line.trim());
}

/** The bytes of a text behind two of something else. */
function behindTwo(text: string): Buffer {
  return Buffer.from(`\0\0${text}`);
}

/**
 * The base64 characters that the bytes of a text alone decide when `before` bytes of something else (0 to 2) share their
 * first group and anything may follow. What stays visible beside them is less than a byte at either end (RFC 4648 §4).
 */
function decidedBase64(twoAndText: Buffer, before: 0 | 1 | 2): string {
  const from = 2 - before;
  const length = twoAndText.length - from;
  return twoAndText.toString('base64', from).slice(Math.ceil((before * 8) / 6), Math.floor((length * 8) / 6));
}

function urlAlphabet(base64Text: string): string {
  return base64Text.replaceAll('+', '-').replaceAll('/', '_');
}
