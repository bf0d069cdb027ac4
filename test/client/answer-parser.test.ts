// Answers out of bytes: the same as Node's own client hears, however they are cut; what could end in two ways is refused.
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { AnswerParser } from '#client/answer-parser.js';

type Heard = { status: number; headers: Record<string, string>; body: string; keepMs: number };

/** What the parser hears of these parts; the code of its refusal when it refuses, undefined when it waits for more. */
function hear(parts: readonly Buffer[], { method = 'GET', closes = true } = {}): Heard | string | undefined {
  const heard: Heard = { status: 0, headers: {}, body: '', keepMs: 0 };
  let isOver = false;
  const parser = new AnswerParser(method, {
    head: (status, headers) => Object.assign(heard, { status, headers: { ...headers } }),
    data: (part) => (heard.body += part.toString('latin1')),
    end: (keepMs) => {
      if (isOver) throw new Error('an answer ended twice');
      isOver = true;
      heard.keepMs = keepMs;
    },
  });
  try {
    for (const part of parts) parser.push(part);
    if (closes) parser.close();
  } catch (error) {
    return isOver ? heard : ((error as NodeJS.ErrnoException).code ?? String(error));
  }
  return isOver ? heard : undefined;
}

const whole = (text: string, options?: Parameters<typeof hear>[1]) => hear([Buffer.from(text, 'latin1')], options);
const answered = (text: string) => whole(text, { closes: false });
const HEAD = 'HTTP/1.1 200 OK\r\n';

/** Cut at some of its places, in order. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...[...places].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, n) => bytes.subarray(at[n], end));
}

const places = fc.array(fc.nat(), { maxLength: 12 });
const body = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const name = fc.stringMatching(/^x-[a-z0-9-]{1,12}$/);
const value = fc.stringMatching(/^(?:[!-~][ -~]{0,20})?[!-~]$/);
const extra = fc.dictionary(name, value, { maxKeys: 4 });
const status = fc.integer({ min: 200, max: 599 }).filter((one) => one !== 204 && one !== 304);

const chunked = fc
  .tuple(
    fc.array(
      body.filter((text) => text !== ''),
      { maxLength: 4 },
    ),
    fc.constantFrom('', ';a=b', ';q="x y"'),
    fc.constantFrom('', 'x-trailer: 1\r\n'),
  )
  .map(([chunks, extension, trailer]) => ({
    head: 'Transfer-Encoding: chunked\r\n',
    bytes: `${chunks.map((one) => `${one.length.toString(16)}${extension}\r\n${one}\r\n`).join('')}0\r\n${trailer}\r\n`,
  }));
const counted = body.map((text) => ({ head: `content-length: ${text.length}\r\n`, bytes: text }));
const open = body.map((text) => ({ head: '', bytes: text }));
const answer = fc
  .record({
    minor: fc.constantFrom('0', '1'),
    status,
    reason: fc.constantFrom(' OK', ' Not so good', ' ', ''),
    extra,
    connection: fc.constantFrom('', 'Connection: close\r\n', 'connection: keep-alive\r\nKeep-Alive: timeout=7\r\n'),
    body: fc.oneof(chunked, counted, open),
    interim: fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'),
  })
  .map((parts) => {
    const lines = Object.entries(parts.extra).map(([key, text]) => `${key}: ${text}\r\n`);
    // HTTP/1.0 has no chunks: Node reads them all the same.
    const minor = parts.body.head.startsWith('Transfer') ? '1' : parts.minor;
    const first = `HTTP/1.${minor} ${parts.status}${parts.reason}\r\n`;
    return `${parts.interim}${first}${lines.join('')}${parts.connection}${parts.body.head}\r\n${parts.body.bytes}`;
  });

describe('beside the client of Node', () => {
  let server: Server;
  let bytes = Buffer.alloc(0);
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      socket.once('data', () => socket.end(bytes));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  async function asNodeHears(text: string): Promise<Omit<Heard, 'keepMs'> | undefined> {
    bytes = Buffer.from(text, 'latin1');
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve) => {
      const asked = request({ host: '127.0.0.1', port, agent: false }, (response) => {
        let heard = '';
        response.on('data', (part: Buffer) => (heard += part.toString('latin1')));
        response.on('error', () => resolve(undefined));
        response.on('close', () => {
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([key, one]) => [key, [one].flat().join(', ')]),
          );
          resolve(response.complete ? { status: response.statusCode ?? 0, headers, body: heard } : undefined);
        });
      });
      asked.on('error', () => resolve(undefined)).end();
    });
  }

  test('an answer is the same, however its bytes are cut', async () => {
    const same = fc.asyncProperty(answer, places, async (text, at) => {
      const heard = hear(cut(Buffer.from(text, 'latin1'), at));
      const node = await asNodeHears(text);
      if (node === undefined) {
        expect(typeof heard).toBe('string');
        return;
      }
      expect(heard).toMatchObject(node);
    });
    await fc.assert(same, { numRuns: 400 });
  });

  test('what is taken of a spoilt answer, Node takes as the same', async () => {
    const spoilt = fc.tuple(
      answer,
      fc.nat(),
      fc.constantFrom('', '\r', '\n', '\0', ' ', ':', '0', 'x', ';', '\t', '\x80'),
    );
    const never = fc.asyncProperty(spoilt, async ([text, at, put]) => {
      const place = at % text.length;
      const bad = text.slice(0, place) + put + text.slice(place + 1);
      const heard = whole(bad);
      if (typeof heard === 'string' || heard === undefined) return;
      const node = await asNodeHears(bad);
      // Node refuses more than it must in what surrounds the body; where it understands, it understands the same.
      if (node) expect({ status: heard.status, body: heard.body }).toEqual({ status: node.status, body: node.body });
    });
    await fc.assert(never, { numRuns: 600 });
  });
});

test('however bytes are cut, the parser says the same of them, garbage too', () => {
  const anything = fc.oneof(
    answer,
    fc.string({
      unit: fc.constantFrom('H', 'T', 'P', '/', '1', '.', ' ', '0', '2', '\r', '\n', ':', 'a'),
      maxLength: 80,
    }),
  );
  fc.assert(
    fc.property(anything, places, (text, at) => {
      const bytes = Buffer.from(text, 'latin1');
      const one = hear([bytes]);
      const many = hear(cut(bytes, at));
      expect([many, typeof many === 'object' ? many.body : '']).toEqual([one, typeof one === 'object' ? one.body : '']);
    }),
    { numRuns: 500 },
  );
});

test('the connection is kept where both say so, a second less than the far side keeps it', () => {
  const keepMs = (head: string) => (answered(`${head}\r\n`) as Heard).keepMs;
  expect(keepMs(`${HEAD}content-length: 0\r\n`)).toBe(4000);
  expect(keepMs(`${HEAD}content-length: 0\r\nkeep-alive: timeout=20, max=9\r\n`)).toBe(19_000);
  expect(keepMs(`${HEAD}content-length: 0\r\nkeep-alive: timeout=99999\r\n`)).toBe(60_000);
  expect(keepMs(`${HEAD}content-length: 0\r\nkeep-alive: timeout=0\r\n`)).toBe(0);
  expect(keepMs(`${HEAD}content-length: 0\r\nconnection: Close\r\n`)).toBe(0);
  expect(keepMs('HTTP/1.0 200 OK\r\ncontent-length: 0\r\n')).toBe(0);
  expect((whole(`${HEAD}\r\nuntil the end`) as Heard).keepMs).toBe(0);
  // Something else would be taken for the next answer.
  expect((answered(`${HEAD}content-length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n`) as Heard).keepMs).toBe(0);
});

test.each([
  ['a length beside chunks', `${HEAD}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n`, 'BODY_CODING'],
  ['a coding that is not asked for', `${HEAD}transfer-encoding: gzip, chunked\r\n\r\n`, 'BODY_CODING'],
  ['chunks of HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 'BODY_CODING'],
  ['two lengths', `${HEAD}content-length: 3\r\ncontent-length: 3\r\n\r\nabc`, 'BODY_LENGTH'],
  ['a length with a sign', `${HEAD}content-length: +3\r\n\r\nabc`, 'BODY_LENGTH'],
  ['a length that no number holds', `${HEAD}content-length: ${'9'.repeat(16)}\r\n\r\n`, 'BODY_LENGTH'],
  ['a header that goes on in the next line', `${HEAD}x-a: 1\r\n 2\r\n\r\n`, 'HEADER'],
  ['a blank before the colon', `${HEAD}content-length : 3\r\n\r\n`, 'HEADER'],
  ['a lone line end in a header', `${HEAD}x-a: 1\ncontent-length: 3\r\n\r\nabc`, 'HEADER'],
  ['a NUL in a header', `${HEAD}x-a: \0\r\n\r\n`, 'HEADER'],
  ['another protocol', 'SSH-2.0-OpenSSH\r\n', 'NOT_HTTP'],
  ['another version', 'HTTP/2.0 200 OK\r\n\r\n', 'NOT_HTTP'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', 'NOT_HTTP'],
  ['a change of protocol', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n', 'INTERIM_ANSWER'],
  ['interim answers without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(20), 'INTERIM_ANSWER'],
  ['a head without end', `${HEAD}${'x-a: 1\r\n'.repeat(3000)}`, 'HEAD_TOO_LARGE'],
  ['a chunk without size', `${HEAD}transfer-encoding: chunked\r\n\r\n\r\n`, 'CHUNK'],
  ['a chunk of a negative size', `${HEAD}transfer-encoding: chunked\r\n\r\n-1\r\n`, 'CHUNK'],
  ['a chunk that is longer than it says', `${HEAD}transfer-encoding: chunked\r\n\r\n1\r\nxy\r\n`, 'CHUNK'],
  ['a line of a chunk without end', `${HEAD}transfer-encoding: chunked\r\n\r\n1;${'x'.repeat(2000)}`, 'CHUNK'],
  [
    'more about its chunks than a head may hold',
    `${HEAD}transfer-encoding: chunked\r\n\r\n${`1;${'x'.repeat(1000)}\r\na\r\n`.repeat(17)}`,
    'CHUNK',
  ],
  [
    'trailers without end',
    `${HEAD}transfer-encoding: chunked\r\n\r\n0\r\n${'x-a: 123456789\r\n'.repeat(3000)}`,
    'HEAD_TOO_LARGE',
  ],
])('%s is refused', (_, text, code) => {
  expect(answered(text)).toBe(code);
});

test('an answer that ends before it is over is none', () => {
  const text = `${HEAD}content-length: 3\r\n\r\nabc`;
  for (let end = 0; end < text.length; end++) expect(whole(text.slice(0, end))).toBe('CLOSED_EARLY');
  expect(whole(text)).toMatchObject({ body: 'abc' });
  const chunks = `${HEAD}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
  for (let end = 0; end < chunks.length; end++) expect(whole(chunks.slice(0, end))).toBe('CLOSED_EARLY');
  expect(whole(chunks)).toMatchObject({ body: 'abc' });
});

test('no body follows HEAD, 204 and 304, whatever their head says', () => {
  const head = { method: 'HEAD', closes: false };
  expect(whole(`${HEAD}content-length: 3\r\n\r\n`, head)).toMatchObject({ status: 200, body: '', keepMs: 4000 });
  for (const bare of ['204 No Content', '304 Not Modified'])
    expect(answered(`HTTP/1.1 ${bare}\r\ncontent-length: 3\r\n\r\n`)).toMatchObject({ body: '', keepMs: 4000 });
});

test('names of headers fold, and what stands twice is joined', () => {
  expect(answered(`${HEAD}X-A: 1 \r\nx-a:\t2\r\n__proto__: x\r\nContent-Length: 0\r\n\r\n`)).toMatchObject({
    headers: { 'x-a': '1, 2', 'content-length': '0' },
  });
});
