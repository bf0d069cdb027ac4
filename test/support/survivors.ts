// What is left of a value after the runner has masked a text: its fragments, decoded in every way that a reader would try.
import { Masker } from './runner/index.ts';

const WINDOW = 4;

/** The log lines of `text` as the runner shows them, given these masks. */
export function shownBy(masks: readonly string[], text: string): string[] {
  const masker = new Masker();
  for (const mask of masks) masker.addMask(mask);
  return text.split(/\r\n|\r|\n/).map((line) => masker.mask(line));
}

/**
 * Every four consecutive characters of `value` (white space apart) that can be read in the shown lines: as they stand,
 * or after decoding what stands between two `***`.
 */
export function survivors(value: string, lines: readonly string[]): string[] {
  const readable = lines.flatMap((line) => line.split('***')).flatMap(readings);
  const windows = [...Array(Math.max(0, value.length - WINDOW + 1)).keys()]
    .map((at) => value.slice(at, at + WINDOW))
    .filter((window) => window.trim().length === WINDOW && !/\s/.test(window));
  return [...new Set(windows)].filter((window) => readable.some((text) => text.includes(window)));
}

function readings(fragment: string): string[] {
  return [fragment, ...fromPercent(fragment), ...fromBase64(fragment), ...fromHex(fragment), ...fromJson(fragment)];
}

function fromPercent(fragment: string): string[] {
  const bytes = fragment
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString());
  return [bytes];
}

function fromBase64(fragment: string): string[] {
  const runs = fragment.match(/[A-Za-z0-9+/_-]{2,}/g) ?? [];
  return runs.flatMap((run) => [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString()));
}

function fromHex(fragment: string): string[] {
  const runs = fragment.match(/[0-9a-f]{2,}/gi) ?? [];
  return runs.flatMap((run) => [0, 1].map((skip) => Buffer.from(run.slice(skip), 'hex').toString()));
}

function fromJson(fragment: string): string[] {
  return [fragment.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))];
}
