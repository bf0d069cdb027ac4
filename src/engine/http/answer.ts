// An answer as a handler gives it, before the headers that every answer carries.

export type Answer = {
  status: number;
  /** Undefined: no body. */
  text: string | undefined;
  /** Instead of a text. */
  stream?: ReadableStream<Uint8Array>;
  contentType: string;
  headers: [name: string, value: string][];
};

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
