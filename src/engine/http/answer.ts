// An answer as a handler gives it, and what becomes of it once it has the headers that every answer carries.
import type { HttpRequest } from './request.ts';

export type Answer = {
  status: number;
  /** Undefined: no body. */
  text: string | undefined;
  /** Instead of a text. */
  stream?: ReadableStream<Uint8Array>;
  contentType: string;
  headers: [name: string, value: string][];
};

/** All that is written to who asked, in this order. */
export type Reply = Pick<Answer, 'status' | 'text' | 'stream' | 'headers'>;
/** The application: a request in, its answer out; never rejects. */
export type Handle = (request: HttpRequest) => Promise<Reply>;

/** With the type of its body, where it has one. */
export function withType({ status, text, stream, contentType, headers }: Answer): Reply {
  const isEmpty = text === undefined && !stream;
  return {
    status,
    text,
    ...(stream && { stream }),
    headers: isEmpty ? headers : [['content-type', contentType], ...headers],
  };
}

type Extras = { status?: number; headers?: Answer['headers'] };

export function json(body: unknown, { status = 200, headers = [] }: Extras = {}): Answer {
  return { status, text: JSON.stringify(body), contentType: 'application/json', headers };
}

export function text(body: string, contentType: string, headers: Answer['headers'] = []): Answer {
  return { status: 200, text: body, contentType, headers };
}

export function noContent(): Answer {
  return { status: 204, text: undefined, contentType: '', headers: [] };
}

/** An answer with values: no cache on the way may keep it. */
export function secret(answer: Answer): Answer {
  return { ...answer, headers: [...answer.headers, ['cache-control', 'no-store']] };
}
