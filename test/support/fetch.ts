// The engine in the words of the fetch standard, for tests and benchmarks that call it without a socket.
import type { Handle } from '../../src/engine/http/answer.ts';

/** What such a caller may say of the socket that it stands for. */
export type Bindings = { incoming?: { socket?: { remoteAddress?: string | undefined } } };
export type Fetch = (request: Request, bindings?: Bindings) => Promise<Response>;

/** Everything but the socket is as it is behind a listener. */
export function asFetch(handle: Handle): Fetch {
  return async (request, bindings) => {
    const { status, headers, text, stream } = await handle({
      method: request.method,
      url: new URL(request.url),
      header: (name) => request.headers.get(name) ?? undefined,
      body: request.body ? chunksOf(request.body) : undefined,
      peer: bindings?.incoming?.socket?.remoteAddress ?? '',
    });
    return new Response(stream ?? text ?? null, { status, headers });
  };
}

/** Left early, the rest is told that nobody wants it. */
function chunksOf(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => body.values() };
}
