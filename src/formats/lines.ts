// The ground of the formats that write one bare `NAME=value` per line: what such a line can carry, and what it cannot.
import { AppError } from '#core/errors.js';

/** Wider than a shell's names: dotted, dashed and colon names come from the name transformers. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.:-]*$/;
/** A line break would start a new entry, a carriage return is dropped at a line's end by Docker, NUL ends a C string. */
const UNCARRIED = /[\n\r\0]/;
const SHOWN_NAMES = 20;

/**
 * `values` as bare lines, sorted by name, without a final newline and without any escaping.
 * @throws AppError ERR_REQUEST_INVALID naming every secret that a line cannot carry: nothing is cut or rewritten
 */
export function encodeLines(values: ReadonlyMap<string, string>, format: string): string {
  const names = [...values.keys()].sort();
  const badNames = names.filter((name) => !NAME.test(name));
  if (badNames.length > 0) {
    throw refusal(`The ${format} format cannot carry these names:`, badNames);
  }
  const badValues = names.filter((name) => UNCARRIED.test(values.get(name) ?? ''));
  if (badValues.length > 0) {
    throw refusal(`The ${format} format cannot carry a line break or NUL, as in the value of:`, badValues);
  }
  return names.map((name) => `${name}=${values.get(name) ?? ''}`).join('\n');
}

function refusal(message: string, names: readonly string[]): AppError {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => `'${name}'`);
  const rest = names.length - shown.length;
  return new AppError('ERR_REQUEST_INVALID', message, {
    details: rest > 0 ? [...shown, `and ${rest} more`] : shown,
    hint: 'Ask for the format env, json or yaml, or leave these secrets out.',
  });
}
