// Names and values as `NAME="value"` lines, as Doppler writes them: backslash and quote escaped, newlines literal.
import { AppError } from '#core/errors.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * `values` as one line each, sorted by name, without a final newline (contracts/doppler.md 2.5).
 * @throws AppError ERR_REQUEST_INVALID when a name could break out of its line
 */
export function encodeEnv(values: ReadonlyMap<string, string>): string {
  const names = [...values.keys()].sort();
  const lines = names.map((name) => {
    if (!NAME.test(name)) throw new AppError('ERR_REQUEST_INVALID', `'${name}' cannot be a variable name.`);
    return `${name}="${(values.get(name) ?? '').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return lines.join('\n');
}

/**
 * Reads what `encodeEnv` writes; empty lines between entries are allowed.
 * @throws AppError ERR_CONTRACT for anything else, with the line and never with its text
 */
export function parseEnv(text: string): Map<string, string> {
  const values = new Map<string, string>();
  // Sticky: each match starts where the last one ended, so that nothing between entries is skipped.
  const entry = /([A-Za-z_][A-Za-z0-9_]*)="([^"\\]*(?:\\[^][^"\\]*)*)"(?:\r?\n|$)|\r?\n/y;
  while (entry.lastIndex < text.length) {
    const at = entry.lastIndex;
    const match = entry.exec(text);
    if (!match) {
      const line = text.slice(0, at).split('\n').length;
      throw new AppError('ERR_CONTRACT', `The env text is not understood from line ${line} on.`);
    }
    const [, name, value] = match;
    if (name !== undefined && value !== undefined) values.set(name, value.replace(/\\([^])/g, '$1'));
  }
  return values;
}
