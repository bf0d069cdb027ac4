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
  return [json, json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)];
};

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
  const bytes = Buffer.from(text);
  const plain = [0, 1, 2].map((before) => decidedBase64(bytes, before));
  return [...plain, ...plain.map(urlAlphabet)];
};

export const hex: Encoder = (text) => {
  const lower = Buffer.from(text).toString('hex');
  return [lower, lower.toUpperCase()];
};

/** Inside single quotes of a shell, as `set -x` prints it; line by line, since the quotes do not change the lines. */
export const shellQuoted: Encoder = (text) => (text.includes("'") ? linesOf(text.replaceAll("'", "'\\''")) : []);

/** Base64 as `base64` and others wrap it after 76 characters, when the text stands first: its full lines and the rest. */
export const wrappedBase64: Encoder = (text) => {
  const decided = decidedBase64(Buffer.from(text), 0);
  return decided.length > WRAP ? (decided.match(/.{1,76}/g) ?? []) : [];
};

const WRAP = 76;

/** The lines of a text, trimmed: what a log shows, and where the runner cuts. */
export function linesOf(text: string): string[] {
  return text.split(/[\r\n]+/).map((line) => line.trim());
}

/**
 * The base64 characters that `bytes` alone decide when `before` bytes of something else (0 to 2) share their first
 * group and anything may follow. What stays visible beside them is less than a byte at either end (RFC 4648 §4).
 */
function decidedBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}

function urlAlphabet(base64Text: string): string {
  return base64Text.replaceAll('+', '-').replaceAll('/', '_');
}
