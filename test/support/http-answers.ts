// Answers of an HTTP server, proper and improper, and how each is put on the wire.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type Answer =
  | { kind: 'answer'; status: number; headers?: Readonly<Record<string, string>>; body?: string | Uint8Array }
  /** Claims this content-length and ends the connection after the body, whatever its size. */
  | { kind: 'lie'; contentLength: number; body: string }
  /** Resets the connection before any answer, or after so many bytes of the body. */
  | { kind: 'cut'; afterBytes?: number; body?: string }
  /** Reads the request and says nothing until the client gives up. */
  | { kind: 'silent' }
  /** Sends headers and then `chunkBytes` of the body every `everyMs`. */
  | { kind: 'drip'; body: string; everyMs: number; chunkBytes?: number }
  /** Sends `bytes` of the letter x as fast as they are taken. */
  | { kind: 'huge'; bytes: number; contentType?: string };

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const all = { 'content-type': 'application/json', ...headers };
  return { kind: 'answer', status, headers: all, body: JSON.stringify(value) };
}

export function tooManyRequests(retryAfter: string): Answer {
  return json(429, { messages: ['slow down'], success: false }, { 'retry-after': retryAfter });
}

export function unavailable(): Answer {
  return { kind: 'answer', status: 503, headers: { 'content-type': 'text/plain' }, body: 'unavailable' };
}

/** What a proxy or a log-in page in between answers. */
export function html(status = 200): Answer {
  const body = '<!doctype html><title>Sign in</title><p>Not the API.';
  return { kind: 'answer', status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function redirect(location: string, status = 302): Answer {
  return { kind: 'answer', status, headers: { location }, body: '' };
}

/** Each byte of the body in a packet of its own, so that every multi-byte character is split. */
export function splitUtf8(body: string): Answer {
  return { kind: 'drip', body, everyMs: 1, chunkBytes: 1 };
}

/** Puts it on the wire; resolves when it is sent or the client is gone. */
export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const { socket } = response;
  switch (answer.kind) {
    case 'answer':
      response.writeHead(answer.status, { ...answer.headers });
      response.end(answer.body);
      return;
    case 'lie': {
      const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.contentLength}\r\n\r\n`;
      socket?.end(head + answer.body);
      return;
    }
    case 'cut': {
      if (answer.afterBytes !== undefined) {
        const body = Buffer.from(answer.body ?? '{"cut":"here"}');
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
        await new Promise<void>((resolve) => response.write(body.subarray(0, answer.afterBytes), () => resolve()));
        // A reset may overtake bytes that were already sent; the client should see the half.
        await sleep(20);
      }
      socket?.resetAndDestroy();
      return;
    }
    case 'silent':
      return;
    case 'drip': {
      const body = Buffer.from(answer.body);
      const step = answer.chunkBytes ?? 1;
      socket?.setNoDelay(true);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
      response.flushHeaders();
      for (let at = 0; at < body.length && !response.destroyed; at += step) {
        response.write(body.subarray(at, at + step));
        await sleep(answer.everyMs);
      }
      response.end();
      return;
    }
    case 'huge':
      await sendHuge(response, answer);
  }
}

async function sendHuge(response: ServerResponse, answer: { bytes: number; contentType?: string }): Promise<void> {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  response.writeHead(200, { 'content-type': answer.contentType ?? 'application/json' });
  for (let left = answer.bytes; left > 0 && !response.destroyed; left -= chunk.length) {
    if (response.write(chunk.subarray(0, Math.min(left, chunk.length)))) continue;
    await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}
