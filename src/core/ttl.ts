// Lifetimes: "15m" and its kin to seconds, bounds, and the instants that follow from them.
import { AppError } from './errors.ts';

/** Seconds a lease lives when nobody says otherwise (docs/doppler-dynamic-secrets.txt). */
export const DEFAULT_TTL_SEC = 1800;

const UNIT_SEC = { h: 3600, m: 60, s: 1 } as const;
const WORD = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/;

/**
 * Parses `30s`, `15m`, `1h30m` or bare seconds (`900`) into whole seconds.
 * @param what how the error calls it
 * @throws AppError ERR_REQUEST_INVALID when the text is anything else, zero, or over 365 days
 */
export function parseTtl(text: string, what = 'ttl'): number {
  const trimmed = text.trim();
  const seconds = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : parseWord(trimmed);
  if (seconds === undefined || seconds < 1 || seconds > 365 * 24 * 3600) {
    throw new AppError('ERR_REQUEST_INVALID', `The ${what} '${trimmed.slice(0, 40)}' is not a length of time.`, {
      hint: 'Write it like 30s, 15m, 1h30m or 900 (seconds).',
    });
  }
  return seconds;
}

function parseWord(text: string): number | undefined {
  const match = WORD.exec(text);
  if (!match || text === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * UNIT_SEC.h + Number(minutes) * UNIT_SEC.m + Number(seconds);
}

/** Seconds as the shortest word: 5400 → `1h30m`. */
export function formatTtl(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const text = `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
  return text === '' ? '0s' : text;
}
