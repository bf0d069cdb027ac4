// The plugin's log: one JSON object per line of stderr, in the form that the host's logger reads.
import { oneLine } from '#core/errors.js';

export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error';
/** Writes one entry. Fields must not hold values of secrets; whoever calls it has scrubbed them. */
export type Log = (level: Level, message: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;

/** The host splits lines over 64 KiB. */
const MAX_TEXT = 8_000;

/** A log that writes lines by `write` with times from `now` (epoch milliseconds). */
export function newLog(write: (line: string) => void, now: () => number): Log {
  return (level, message, fields = {}) => write(`${entry(level, message, fields, now())}\n`);
}

/**
 * One entry. `@level`, `@message` and `@timestamp` are strings whatever comes in: the host casts them unchecked, and
 * anything else crashes Terraform itself (terraform.md A3).
 */
function entry(level: Level, message: string, fields: Readonly<Record<string, unknown>>, epochMs: number): string {
  const safe = Object.entries(fields)
    .filter(([name]) => !name.startsWith('@'))
    .map(([name, value]) => [name, typeof value === 'string' ? oneLine(value, MAX_TEXT) : value]);
  return JSON.stringify({
    '@level': level,
    '@message': oneLine(String(message), MAX_TEXT),
    '@timestamp': new Date(epochMs).toISOString().replace('Z', '000Z'),
    ...Object.fromEntries(safe),
  });
}
