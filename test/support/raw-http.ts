// HTTP as bytes: what a client writes that fetch would not, and the answers taken apart as they came.
import { connect, type Socket } from 'node:net';

export type RawAnswer = { status: number; headers: Map<string, string>; body: string };

/** Longer than every limit of the server: only a hang lasts until then. */
const HANG_MS = 60_000;

/** Writes the pieces one after the other and reads until the server closes, or `enough` answers have come whole. */
export async function rawExchange(
  url: string,
  pieces: readonly (string | Buffer)[],
  { enough = 1, halfClose = false } = {},
): Promise<RawAnswer[]> {
  const socket = openSocket(url);
  const late = setTimeout(() => socket.destroy(new Error('the server hangs')), HANG_MS);
  try {
    const heard = hear(socket, { enough, bodiless: String(pieces[0]).startsWith('HEAD ') });
    for (const piece of pieces) await write(socket, piece);
    if (halfClose) socket.end();
    return await heard;
  } finally {
    clearTimeout(late);
    socket.destroy();
  }
}

export function openSocket(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
}

/** A server that has answered may refuse the rest; that is its right. */
function write(socket: Socket, piece: string | Buffer): Promise<void> {
  return new Promise((done) => socket.write(piece, () => done()));
}

type Expected = { enough: number; bodiless: boolean };

function hear(socket: Socket, { enough, bodiless }: Expected): Promise<RawAnswer[]> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const heard = () => readAnswers(Buffer.concat(chunks), bodiless);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const { answers } = heard();
      if (answers.length >= enough) resolve(answers);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const { answers } = heard();
      if (answers.length > 0 || error.code === 'EPIPE' || error.code === 'ECONNRESET') resolve(answers);
      else reject(error);
    });
    socket.once('end', () => resolve(heard().answers));
    socket.once('close', () => resolve(heard().answers));
  });
}

/** The whole answers at the front of `bytes`, and what is left. @throws Error where they are no HTTP/1.1 answers */
export function readAnswers(bytes: Buffer, bodiless = false): { answers: RawAnswer[]; rest: Buffer } {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  for (;;) {
    const next = readAnswer(rest, bodiless);
    if (!next) return { answers, rest };
    answers.push(next.answer);
    rest = next.rest;
  }
}

function readAnswer(bytes: Buffer, bodiless: boolean): { answer: RawAnswer; rest: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no status line: ${first.slice(0, 80)}`);
  const headers = new Map(
    lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
  );
  const left = bytes.subarray(end + 4);
  const body = bodiless || status === 204 || status === 304 ? { text: '', rest: left } : readBody(left, headers);
  return body && { answer: { status, headers, body: body.text }, rest: body.rest };
}

function readBody(bytes: Buffer, headers: ReadonlyMap<string, string>): { text: string; rest: Buffer } | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(bytes);
  const length = Number(headers.get('content-length') ?? 0);
  if (bytes.length < length) return undefined;
  return { text: bytes.subarray(0, length).toString(), rest: bytes.subarray(length) };
}

function readChunks(bytes: Buffer): { text: string; rest: Buffer } | undefined {
  const parts: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const line = rest.indexOf('\r\n');
    if (line < 0) return undefined;
    const size = Number.parseInt(rest.subarray(0, line).toString(), 16);
    if (rest.length < line + 2 + size + 2) return undefined;
    parts.push(rest.subarray(line + 2, line + 2 + size));
    rest = rest.subarray(line + 2 + size + 2);
    if (size === 0) return { text: Buffer.concat(parts).toString(), rest };
  }
}

export type RawRequest = {
  method: string;
  /** Path and query, written as they are. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
};

/** One request as these bytes on a connection of its own. @throws Error when no answer comes */
export async function rawRequest(url: string, { method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const all = { Host: new URL(url).host, ...headers, ...length, Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const start = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  const [answer] = await rawExchange(url, [start + (body ?? '')]);
  if (!answer) throw new Error(`no answer to ${method} ${target}`);
  return answer;
}
