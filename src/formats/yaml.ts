// Names and values as a flat YAML mapping of double-quoted scalars, which no YAML reader takes for anything but strings.

/** What YAML 1.1 or 1.2 would read as a boolean, null or number when it stands bare. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|inf|nan)$/i;
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/**
 * Beside what JSON escapes: DEL and the C1 set (not printable in YAML), the line breaks of YAML 1.1 (NEL, LS, PS: a
 * reader would fold them), the byte order mark, and the two noncharacters that YAML forbids.
 */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * `values` as `NAME: "value"` lines, sorted by name, without a final newline; nothing at all is `{}`
 * (contracts/doppler.md 2.5; that scalars are quoted is a guess there). JSON's escapes are a subset of YAML's.
 */
export function encodeYaml(values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return '{}';
  const names = [...values.keys()].sort();
  return names.map((name) => `${key(name)}: ${scalar(values.get(name) ?? '')}`).join('\n');
}

function key(name: string): string {
  return PLAIN_NAME.test(name) && !RESERVED.test(name) ? name : scalar(name);
}

function scalar(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
