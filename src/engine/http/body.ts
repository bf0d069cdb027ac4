// Reading a body within bounds of size, time and depth; it is JSON or it is refused.
import type { Clock } from '#core/clock.js';
import type { HttpProblem } from './problem.ts';
import type { HttpRequest } from './request.ts';

export const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BODY_MS = 10_000;
const MAX_DEPTH = 32;
const FIRST_BYTES = 16 * 1024;
/** Each costs as much as a small request; who sends in good faith sends far fewer. */
const MAX_PIECES = 100_000;

export type Fields = Readonly<Record<string, unknown>>;
type ReadBody = { fields: Fields } | { problem: HttpProblem };

/** The fields of a JSON object; an empty body has none. `isAnyType`: whatever the header says of it. */
export async function readBody(
  { method, header, body }: HttpRequest,
  clock: Clock,
  isAnyType = false,
): Promise<ReadBody> {
  if (method === 'GET' || !body) return { fields: {} };
  if (Number(header('content-length') ?? 0) > MAX_BODY_BYTES) return { problem: 'tooLarge' };
  const bytes = await collect(body, clock);
  if (!(bytes instanceof Uint8Array)) return bytes;
  if (bytes.length === 0) return { fields: {} };
  const type = header('content-type') ?? 'application/json';
  if (!isAnyType && !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) return { problem: 'notJson' };
  return parse(bytes);
}

async function collect(body: AsyncIterable<Uint8Array>, clock: Clock): Promise<Uint8Array | { problem: HttpProblem }> {
  const chunks = body[Symbol.asyncIterator]();
  const timer = new AbortController();
  const late = clock.sleep(MAX_BODY_MS, timer.signal).then(() => ({ problem: 'tooSlow' as const }));
  try {
    return await Promise.race([readAll(chunks), late]);
  } finally {
    timer.abort();
    // Not waited for: while the sender is silent it has not even begun.
    chunks.return?.().catch(() => undefined);
  }
}

/**
 * Never rejects. Copied piece by piece: a body that comes in pieces of one byte each would otherwise hold, with each of
 * them, the packet that it came in.
 */
async function readAll(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array | { problem: HttpProblem }> {
  let kept = Buffer.alloc(FIRST_BYTES);
  let size = 0;
  try {
    for (let pieces = 1; ; pieces++) {
      const next = await chunks.next();
      if (next.done) return new Uint8Array(kept.subarray(0, size));
      const { value } = next;
      if (size + value.length > MAX_BODY_BYTES || pieces > MAX_PIECES) return { problem: 'tooLarge' };
      if (size + value.length > kept.length) kept = Buffer.concat([kept, Buffer.alloc(kept.length + value.length)]);
      kept.set(value, size);
      size += value.length;
    }
  } catch {
    // The sender went away or broke its framing; there is nobody left to tell more.
    return { problem: 'badRequest' };
  }
}

function parse(bytes: Uint8Array): ReadBody {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (isTooDeep(text)) return { problem: 'badRequest' };
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { problem: 'badRequest' };
    return { fields: parsed as Fields };
  } catch {
    // The parser's message quotes the body, and the body may hold values: it goes no further.
    return { problem: 'badRequest' };
  }
}

/** Counts brackets outside of strings, before a parser or anything behind it could recurse into them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
