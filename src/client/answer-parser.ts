// One HTTP/1.1 answer out of the bytes of a connection (RFC 9112): strict about where it ends, bounded everywhere.

/** What is heard of an answer, in this order: `head` once, `data` any number of times, `end` once. */
export type AnswerEvents = {
  head(status: number, headers: Readonly<Record<string, string>>): void;
  data(bytes: Buffer): void;
  /** `keepMs`: how long the connection may wait for another request; 0 when it must not be used again. */
  end(keepMs: number): void;
};

type State = 'head' | 'body' | 'size' | 'chunk' | 'chunk end' | 'trailers' | 'until close' | 'done';

/** Of the head with its status line, and of trailers: as much as Node takes. */
const MAX_HEAD = 16 * 1024;
/** Of the line that tells a chunk's size, extensions included; all extensions together are no more than a head. */
const MAX_LINE = 1024;
/** Before the answer itself; none of them is asked for. */
const MAX_INTERIM = 10;
/** Servers hang up when they like; the least common limit is 5 s, and a request must not meet it on its way. */
const KEEP_MS = 4_000;
const KEEP_MOST_MS = 60_000;

/** Reads the answer to one request. Whatever is no answer of HTTP/1 throws an Error whose `code` says why. */
export class AnswerParser {
  readonly #isHead: boolean;
  readonly #events: AnswerEvents;
  #state: State = 'head';
  #rest: Buffer | undefined;
  /** Bytes to come of the body or of this chunk. */
  #left = 0;
  /** Interim answers seen, and bytes of extensions and of trailers. */
  #interim = 0;
  #extensions = 0;
  #trailers = 0;
  #keepMs = 0;

  constructor(method: string, events: AnswerEvents) {
    this.#isHead = method === 'HEAD';
    this.#events = events;
  }

  get #isDone(): boolean {
    return this.#state === 'done';
  }

  push(bytes: Buffer): void {
    let rest = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
    this.#rest = undefined;
    while (rest.length > 0 && !this.#isDone) {
      const taken = this.#take(rest);
      if (taken === 0) {
        this.#rest = rest;
        return;
      }
      rest = rest.subarray(taken);
      // What follows an answer was not asked for: nobody knows what it would answer.
      if (this.#isDone) this.#events.end(rest.length === 0 ? this.#keepMs : 0);
    }
  }

  /** The far side has said its last. @throws Error CLOSED_EARLY when the answer was not over */
  close(): void {
    if (this.#isDone) return;
    if (this.#state !== 'until close') throw odd('CLOSED_EARLY');
    this.#state = 'done';
    this.#events.end(0);
  }

  /** @returns how many bytes it used; 0 when it needs more to go on */
  #take(bytes: Buffer): number {
    switch (this.#state) {
      case 'head':
        return this.#takeHead(bytes);
      case 'body':
        return this.#takeData(bytes, 'done');
      case 'chunk':
        return this.#takeData(bytes, 'chunk end');
      case 'until close':
        this.#events.data(bytes);
        return bytes.length;
      default:
        return this.#takeLine(bytes);
    }
  }

  #takeHead(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end > MAX_HEAD || (end < 0 && bytes.length > MAX_HEAD + 3)) throw odd('HEAD_TOO_LARGE');
    // Whoever does not speak HTTP at all is not waited for until its limit.
    if (bytes.length >= 5 && bytes.toString('latin1', 0, 5) !== 'HTTP/') throw odd('NOT_HTTP');
    if (end < 0) return 0;
    const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
    const [, minor, digits] = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/.exec(first) ?? [];
    if (digits === undefined) throw odd('NOT_HTTP');
    const status = Number(digits);
    const headers = headersOf(lines);
    if (status < 200) this.#passOver(status);
    else this.#begin(status, headers, minor === '1');
    return end + 4;
  }

  /** 100 and its kind precede the answer; 101 would end HTTP, and nobody asked for that. */
  #passOver(status: number): void {
    this.#interim += 1;
    if (status === 101 || this.#interim > MAX_INTERIM) throw odd('INTERIM_ANSWER');
  }

  /** Where the body ends: RFC 9112, 6.3. What two readers could understand in two ways is refused. */
  #begin(status: number, headers: Record<string, string>, isLasting: boolean): void {
    const { connection, 'content-length': length, 'transfer-encoding': coding } = headers;
    const isKept = isLasting && !(connection !== undefined && /\bclose\b/i.test(connection));
    this.#keepMs = isKept ? keepMsOf(headers['keep-alive']) : 0;
    if (coding !== undefined && (length !== undefined || !isLasting || coding.toLowerCase() !== 'chunked')) {
      throw odd('BODY_CODING');
    }
    if (length !== undefined && !/^\d{1,15}$/.test(length)) throw odd('BODY_LENGTH');
    this.#left = Number(length ?? 0);
    if (this.#isHead || status === 204 || status === 304) this.#state = 'done';
    else if (coding !== undefined) this.#state = 'size';
    else if (length === undefined) this.#state = 'until close';
    else this.#state = this.#left === 0 ? 'done' : 'body';
    this.#events.head(status, headers);
  }

  #takeData(bytes: Buffer, next: State): number {
    const part = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    this.#left -= part.length;
    if (this.#left === 0) this.#state = next;
    this.#events.data(part);
    return part.length;
  }

  #takeLine(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n');
    if (end > MAX_LINE || (end < 0 && bytes.length > MAX_LINE)) throw odd('CHUNK');
    if (end < 0) return 0;
    const line = bytes.toString('latin1', 0, end);
    if (this.#state === 'size') this.#beginChunk(line);
    else if (this.#state === 'trailers') this.#passTrailer(line);
    else if (line === '') this.#state = 'size';
    else throw odd('CHUNK');
    return end + 2;
  }

  #beginChunk(line: string): void {
    const [, digits] = /^([\da-f]{1,8})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i.exec(line) ?? [];
    if (digits === undefined) throw odd('CHUNK');
    this.#extensions += line.length - digits.length;
    if (this.#extensions > MAX_HEAD) throw odd('CHUNK');
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'chunk';
  }

  #passTrailer(line: string): void {
    this.#trailers += line.length;
    if (this.#trailers > MAX_HEAD) throw odd('HEAD_TOO_LARGE');
    if (line === '') this.#state = 'done';
    else headersOf([line]);
  }
}

/** Names in lower case; what stands several times is joined as RFC 9110, 5.3 has it. */
function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw odd('HEADER');
    const key = name.toLowerCase();
    const known = headers[key];
    const text = value.trimEnd();
    headers[key] = known === undefined ? text : `${known}, ${text}`;
  }
  return headers;
}

function keepMsOf(hint: string | undefined): number {
  const seconds = hint === undefined ? undefined : /\btimeout=(\d{1,6})\b/i.exec(hint)?.[1];
  return seconds === undefined ? KEEP_MS : Math.min(Math.max(0, Number(seconds) * 1000 - 1000), KEEP_MOST_MS);
}

function odd(why: string): NodeJS.ErrnoException {
  return Object.assign(new Error('The far side did not answer as HTTP/1.1 has it.'), { code: why });
}
