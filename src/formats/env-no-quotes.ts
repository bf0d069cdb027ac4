// Names and values as `NAME=value` lines without quotes or escapes, for readers that take the rest of a line as it is.
import { encodeLines } from './lines.ts';

/**
 * `values` as bare lines, byte for byte what Doppler's own encoder writes (contracts/doppler.md 2.5), except that a
 * value with a line break is refused: there it would become an entry of its own. A reader that trims, unquotes or cuts
 * at `#` changes such values; the format has no word against that.
 * @throws AppError ERR_REQUEST_INVALID naming every secret that a line cannot carry
 */
export function encodeEnvNoQuotes(values: ReadonlyMap<string, string>): string {
  return encodeLines(values, 'env-no-quotes');
}
