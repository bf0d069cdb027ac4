// Names and values as `export NAME='value'` lines, which every POSIX shell reads as exactly these values.
import { AppError } from '#core/errors.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * `values` sorted by name, without a final newline. Within single quotes a shell reads everything but the quote itself
 * as it stands (POSIX.1-2024, XCU 2.2.2).
 * @throws AppError ERR_REQUEST_INVALID naming what no shell variable can be or hold
 */
export function encodeShell(values: ReadonlyMap<string, string>): string {
  const names = [...values.keys()].sort();
  const odd = names.filter((name) => !NAME.test(name) || (values.get(name) ?? '').includes('\0'));
  if (odd.length > 0) {
    throw new AppError('ERR_REQUEST_INVALID', 'The shell format cannot carry these, for their name or for a NUL:', {
      details: odd.slice(0, 20).map((name) => `'${name}'`),
      hint: 'Rename them, leave them out, or use the format json.',
    });
  }
  return names.map((name) => `export ${name}='${(values.get(name) ?? '').replaceAll("'", "'\\''")}'`).join('\n');
}
