// Pure: from a value to every string that the runner must hide so that the value shows nowhere in the log.
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';

export type Maskable = { readonly value: Sensitive; readonly visibility: Visibility };

/** Every string to hide for these values, each once. Unmasked values are public by their owner's word. */
export function masksFor(values: readonly Maskable[], minLength: number): string[] {
  const masks = new Set<string>();
  for (const { value, visibility } of values) {
    if (visibility === 'unmasked') continue;
    for (const form of maskForms(value.reveal(), minLength)) masks.add(form);
  }
  return [...masks];
}

/**
 * The forms of one value. A form shorter than `minLength` is left out: the runner would hide it wherever those
 * characters occur. The runner itself adds base64, JSON, URL and XML forms of what it is given, but splits at line
 * ends first, so a value of several lines gets the forms of the whole here (contracts/runner.md 2.2).
 */
export function maskForms(value: string, minLength: number): string[] {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  const forms = /[\r\n]/.test(value) ? [...lines, ...wholeForms(value)] : [value];
  return [...new Set(forms.filter((form) => form.trim().length >= minLength))];
}

function wholeForms(value: string): string[] {
  return [JSON.stringify(value).slice(1, -1), ...base64Forms(Buffer.from(value))];
}

/**
 * Base64 of the bytes as they stand and as the tail of something longer: with the first one or two bytes in a group
 * that belongs to what came before. Whole groups only for the tail, since its last characters depend on what follows.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((skipped) => {
    const rest = bytes.subarray(skipped);
    const padded = rest.toString('base64');
    const groups = rest.subarray(0, rest.length - (rest.length % 3)).toString('base64');
    const forms = [padded, padded.replace(/=+$/, ''), groups];
    return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
  });
}
