// The engine's own log: one JSON object per line; ids, routes and codes, never a name of a secret, a value or a token.

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** Writes lines to `write`. */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`);
}
