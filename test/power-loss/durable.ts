// What of a process's files a power cut would leave, from the trace of its system calls: what it had synced, and no more.
import { basename } from 'node:path';

/** One write that is not synced yet. */
type Pending = { at: number; bytes: Buffer } | { length: number };

/** The contents of one file, as the disk has it and as the process sees it. */
class TracedFile {
  #durable = Buffer.alloc(0);
  /** Of `#durable`; what is behind it is room to grow into. */
  #length = 0;
  #isThere = false;
  #pending: Pending[] = [];

  change(pending: Pending): void {
    this.#pending.push(pending);
  }

  sync(): void {
    for (const pending of this.#pending.splice(0)) this.#apply(pending);
    this.#isThere = true;
  }

  /** `keep` says which of the writes that were not synced the system had written back by itself. */
  afterCut(keep: () => boolean): Buffer | undefined {
    const kept = this.#pending.filter(keep);
    if (!this.#isThere && kept.length === 0) return undefined;
    for (const pending of kept) this.#apply(pending);
    return this.#durable.subarray(0, this.#length);
  }

  #apply(pending: Pending): void {
    if ('length' in pending) return this.#resize(pending.length);
    const { at, bytes } = pending;
    if (at + bytes.length > this.#length) this.#resize(at + bytes.length);
    bytes.copy(this.#durable, at);
  }

  #resize(length: number): void {
    if (length > this.#durable.length) {
      this.#durable = Buffer.concat([this.#durable.subarray(0, this.#length), Buffer.alloc(2 * length - this.#length)]);
    }
    this.#durable.fill(0, Math.min(length, this.#length), Math.max(length, this.#length));
    this.#length = length;
  }
}

const WRITE = /^\d+ +pwrite64\(\d+<([^>]+)>, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)\) = (\d+)/;
const TRUNCATE = /^\d+ +ftruncate\(\d+<([^>]+)>, (\d+)\) = 0/;
const SYNC = /^\d+ +(?:fsync|fdatasync)\(\d+<([^>]+)>\) += 0/;
const KNOWN = /^\d+ +(?:pwrite64|ftruncate|fsync|fdatasync)\(/;

/**
 * Reads the trace that `strace -f -y -xx` wrote. A call without an answer did not happen before the cut.
 * @throws Error for a call that it cannot read: a model that overlooks writes would prove nothing
 */
export function filesAfterCut(trace: string, keep: () => boolean): ReadonlyMap<string, Buffer> {
  const files = new Map<string, TracedFile>();
  const file = (path: string) => {
    const name = basename(bytesOf(path).toString('utf8'));
    const known = files.get(name) ?? new TracedFile();
    files.set(name, known);
    return known;
  };
  for (const line of joined(trace)) {
    const [write, truncate, sync] = [WRITE.exec(line), TRUNCATE.exec(line), SYNC.exec(line)];
    if (write) {
      const bytes = bytesOf(write[2] ?? '').subarray(0, Number(write[4]));
      file(write[1] ?? '').change({ at: Number(write[3]), bytes });
    } else if (truncate) file(truncate[1] ?? '').change({ length: Number(truncate[2]) });
    else if (sync) file(sync[1] ?? '').sync();
    // `= ?`: the process was killed within the call, which then counts as not made.
    else if (KNOWN.test(line) && !line.includes('<unfinished') && /\) +=(?! +\?)/.test(line)) {
      throw new Error(`a call that the model does not know: ${line.slice(0, 200)}`);
    }
  }
  const left = [...files].map(([name, each]) => [name, each.afterCut(keep)] as const);
  return new Map(left.flatMap(([name, content]) => (content ? [[name, content] as const] : [])));
}

/** `\x2f\x74…`, which is how strace tells paths and contents. */
function bytesOf(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}

/** A call that another thread interrupted is told in two lines: put together, where it ended. */
function* joined(trace: string): Generator<string, void, void> {
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, thread = ''] = /^(\d+) /.exec(line) ?? [];
    const resumed = /<\.\.\. \w+ resumed>(.*)$/.exec(line);
    if (line.endsWith('<unfinished ...>')) begun.set(thread, line.slice(0, -' <unfinished ...>'.length));
    else if (resumed) yield `${begun.get(thread) ?? ''}${resumed[1] ?? ''}`;
    else yield line;
  }
}
