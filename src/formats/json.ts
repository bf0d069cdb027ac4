// Names and values as one flat JSON object of strings: compact, sorted by name (contracts/doppler.md 2.5).
import { AppError } from '#core/errors.js';

/** `values` as compact JSON, sorted by name; written pair by pair so that no name can be a prototype. */
export function encodeJson(values: ReadonlyMap<string, string>): string {
  const names = [...values.keys()].sort();
  const pairs = names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(values.get(name))}`);
  return `{${pairs.join(',')}}`;
}

/**
 * Reads a flat object of strings; `__proto__` is left out.
 * @throws AppError ERR_CONTRACT when it is anything else; no part of the text is in the message
 */
export function parseJson(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(parseObject(text))) {
    if (name === '__proto__') continue;
    if (typeof value !== 'string') throw new AppError('ERR_CONTRACT', 'A value of the JSON text is not a string.');
    values.set(name, value);
  }
  return values;
}

function parseObject(text: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text is secret: it goes no further, not even as a cause.
    throw new AppError('ERR_CONTRACT', 'The text is not JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AppError('ERR_CONTRACT', 'The JSON text is not an object.');
  }
  return parsed;
}
