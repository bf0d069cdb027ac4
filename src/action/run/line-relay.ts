// One stream of a child on its way to the log: bytes to text, masked, cut into whole lines, watched for commands.
import type { CommandGuard } from './command-guard.ts';
import { StreamMask } from './stream-mask.ts';

/** A longer line is cut in two: nobody reads it, and the child must not fill our memory. */
const MAX_LINE = 1_048_576;

/**
 * Gives out whole lines only: the runner shows nothing less, and two streams that share one pipe must not meet within a
 * line. Lines end where the runner ends them: at LF, CRLF or a lone CR.
 */
export class LineRelay {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #mask: StreamMask;
  readonly #guard: CommandGuard;
  #rest = '';

  constructor(needles: readonly string[], guard: CommandGuard) {
    this.#mask = new StreamMask(needles);
    this.#guard = guard;
  }

  /** The lines that `bytes` complete, each with its LF. */
  push(bytes: Uint8Array): string {
    return this.#lines(this.#mask.push(this.#decoder.decode(bytes, { stream: true })), false);
  }

  /** What is left, as a last line. */
  end(): string {
    return this.#lines(this.#mask.push(this.#decoder.decode()) + this.#mask.end(), true);
  }

  #lines(text: string, isLast: boolean): string {
    const all = this.#rest + text;
    const lines: string[] = [];
    let from = 0;
    for (const { 0: end, index } of all.matchAll(/\r\n|\r|\n/g)) {
      // The LF of a CRLF may be in the next piece.
      if (end === '\r' && index === all.length - 1 && !isLast) break;
      lines.push(all.slice(from, index));
      from = index + end.length;
    }
    for (; all.length - from > MAX_LINE; from += MAX_LINE) lines.push(all.slice(from, from + MAX_LINE));
    this.#rest = all.slice(from);
    if (isLast && this.#rest !== '') lines.push(this.#rest);
    return lines.map((line) => `${this.#guard.line(line)}\n`).join('');
  }
}
