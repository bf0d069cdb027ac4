// Names and values as `docker run --env-file` reads them: the rest of the line as it is, quotes and all.
import { encodeLines } from './lines.ts';

/**
 * `values` as bare `NAME=value` lines (contracts/doppler.md 2.5). Docker takes everything after the first `=` literally
 * and has no way to write a line break, so a value with one is refused instead of being cut in two.
 * @throws AppError ERR_REQUEST_INVALID naming every secret that Docker would read as something else
 */
export function encodeDocker(values: ReadonlyMap<string, string>): string {
  return encodeLines(values, 'docker');
}
