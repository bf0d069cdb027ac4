// What the command line writes to: a reader that has gone ends nothing, and whatever else cannot be written is a failure.

type Stream = {
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
};

/** The process, as far as what is written is concerned. */
export type Written = {
  readonly stdout: Stream;
  readonly stderr: Stream;
  exitCode?: number | string | null | undefined;
  once(event: 'exit', listener: () => void): unknown;
};

/** `out` and `err` of a host. `… | head` is no failure, and neither is an engine whose log nobody reads any more. */
export function outputsOf(host: Written): { out(text: string): void; err(text: string): void } {
  let isTold = false;
  const fail = ({ code }: NodeJS.ErrnoException): void => {
    if (code === 'EPIPE' || isTold) return;
    isTold = true;
    host.once('exit', () => {
      host.exitCode = 1;
    });
    try {
      host.stderr.write(`secrets-action: The output could not be written (${code ?? 'unknown'}).\n`);
    } catch {
      // There is nowhere left to say it; the exit code does.
    }
  };
  for (const stream of [host.stdout, host.stderr]) stream.on('error', fail);
  const to = (stream: Stream) => (text: string) => {
    try {
      stream.write(text);
    } catch (error) {
      // A file is written at once, and says so at once.
      fail(error as NodeJS.ErrnoException);
    }
  };
  return { out: to(host.stdout), err: to(host.stderr) };
}
