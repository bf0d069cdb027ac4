// Lengths of time as Phase writes them: `01:00:00`, `1 00:00:00`, `-1 23:59:00`, with up to six digits of a second.

/** contracts/phase.md 3.3. Whole days are signed, the clock after them never is. */
const DURATION = /^(-?\d{1,9} )?([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6}))?$/;
const DAY_SEC = 24 * 3600;

/** Seconds, with a fraction where there is one; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, days = '0', hours, minutes, seconds, fraction = ''] = match;
  const whole = Number(days) * DAY_SEC + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole + Number(fraction.padEnd(6, '0')) / 1e6;
}

/** `seconds` in the same form; days and fraction only where there are any. */
export function formatDuration(seconds: number): string {
  const days = Math.floor(seconds / DAY_SEC);
  const rest = Math.floor(seconds) - days * DAY_SEC;
  const micros = Math.round((seconds - Math.floor(seconds)) * 1e6);
  if (micros === 1e6) return formatDuration(Math.floor(seconds) + 1);
  const clock = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60]
    .map((part) => pad(part, 2))
    .join(':');
  return `${days === 0 ? '' : `${days} `}${clock}${micros === 0 ? '' : `.${pad(micros, 6)}`}`;
}

/** An instant with six digits of a second, none when they are zero (contracts/phase.md 3.3). */
export function formatInstant(epochMs: number): string {
  const text = new Date(epochMs).toISOString();
  return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text.replace('Z', '000Z');
}

/** An instant as Python prints it, which is how a renewal tells its new expiry (contracts/phase.md 3.6). */
export function formatSpokenInstant(epochMs: number): string {
  return formatInstant(epochMs).replace('T', ' ').replace('Z', '+00:00');
}

function pad(part: number, width: number): string {
  return String(part).padStart(width, '0');
}
