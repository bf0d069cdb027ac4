// The runner's secret masker: what one add-mask hides, through which encodings, and how hits become `***`.

/** What .NET calls white space; JavaScript's own trim differs at U+0085 and U+FEFF. */
const WHITE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const WHITE_START = new RegExp(`^${WHITE}+`);
const WHITE_END = new RegExp(`${WHITE}+$`);
const SHORTHAND: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** `text` without leading white space. */
export function trimStart(text: string): string {
  return text.replace(WHITE_START, '');
}

/** `text` without white space at either end. */
export function trim(text: string): string {
  return trimStart(text).replace(WHITE_END, '');
}

/** The masks of one job: they come from `secrets`, from add-mask and from stop-commands, and last to its end. */
export class Masker {
  readonly #originals = new Set<string>();
  readonly #forms = new Set<string>();

  /** Every string that is searched for. */
  get forms(): ReadonlySet<string> {
    return this.#forms;
  }

  /**
   * What `::add-mask::data` does: the whole value, then each trimmed non-empty line of it, however short.
   * @returns false when `data` is blank: the runner warns and masks nothing
   */
  addMask(data: string): boolean {
    if (trim(data) === '') return false;
    this.addValue(data);
    for (const line of data.split(/[\r\n]/)) this.addValue(trim(line));
    return true;
  }

  /** What a value of the `secrets` context gets before the job starts: trimmed, then as add-mask. */
  addSecret(value: string): void {
    this.addMask(trim(value));
  }

  /**
   * Registers one value with all its encodings.
   * @throws RangeError when the first `&+` of the value ends it: the runner's encoder throws there and registers nothing
   */
  addValue(value: string): void {
    if (value === '' || this.#originals.has(value)) return;
    const forms = encodings(value);
    this.#originals.add(value);
    for (const form of forms) this.#forms.add(form);
  }

  /** `text` with every hit replaced; hits that overlap or touch become one `***`. */
  mask(text: string): string {
    const hits = [...this.#forms].flatMap((form) => positions(text, form)).sort((a, b) => a.start - b.start);
    let masked = '';
    let from = 0;
    for (let index = 0; index < hits.length; ) {
      const { start, end: firstEnd } = hits[index] ?? { start: 0, end: 0 };
      let end = firstEnd;
      for (index++; index < hits.length; index++) {
        const next = hits[index];
        if (!next || next.start > end) break;
        end = Math.max(end, next.end);
      }
      masked += `${text.slice(from, start)}***`;
      from = end;
    }
    return masked + text.slice(from);
  }
}

/** All positions of `form`, those that overlap themselves included. */
function positions(text: string, form: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    found.push({ start: at, end: at + form.length });
  }
  return found;
}

/** The value itself and the forms that the runner's eleven encoders add. */
export function encodings(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value, 'utf8');
  const forms = [
    value,
    shiftedBase64(bytes, 0),
    shiftedBase64(bytes, 1),
    shiftedBase64(bytes, 2),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    jsonEscape(value),
    uriEscape(value),
    xmlEscape(value),
    value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '',
    ...ampersandHalves(value),
  ];
  return new Set(forms.filter((form) => form !== ''));
}

/** With padding; a value not longer than the shift is encoded whole. */
function shiftedBase64(bytes: Buffer, shift: number): string {
  return (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64');
}

function jsonEscape(value: string): string {
  return value.replace(
    /["\\\u0000-\u001f\u0085\u2028\u2029]/g,
    (char) => SHORTHAND[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function uriEscape(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function xmlEscape(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** The two pieces PowerShell prints of a value with `&`, each only when it has six characters or more. */
function ampersandHalves(value: string): string[] {
  if (!value.includes('&')) return [];
  const plus = value.indexOf('&+');
  const end = plus >= 0 ? plus + 2 : value.lastIndexOf('&') + 1;
  const rest = plus >= 0 ? end + 1 : end;
  if (rest > value.length) throw new RangeError('startIndex cannot be larger than length of string.');
  return [value.slice(0, end), value.slice(rest)].filter((half) => half.length >= 6);
}
