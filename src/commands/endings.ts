// How a command that serves is told to end: once, however many tell it; and at once by whoever loses patience later.

const AGAIN_MS = 2_000;

/** The process, as far as its end is concerned. */
export type Ended = {
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
};

/**
 * Resolves with the signal that ends it. A terminal and npm both pass a Ctrl-C on, so a second one that comes along is
 * the same; after two seconds it is meant, and ends the process as it stands.
 */
export function endedBy(host: Ended, now: () => number): Promise<string> {
  return new Promise((resolve) => {
    let since: number | undefined;
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      host.on(signal, () => {
        since ??= now();
        resolve(signal);
        if (now() - since > AGAIN_MS) host.exit(code);
      });
    }
  });
}
