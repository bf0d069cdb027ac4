// The gRPC server: unary calls over HTTP/2, for one client only.
import { randomBytes } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { newCertificate } from '#provider/plugin/certificate.js';
import { encodeMessage } from '#provider/plugin/grpc-frame.js';
import { type Handler, newGrpcServer } from '#provider/plugin/grpc-server.js';
import { listenOnSocket } from '#provider/plugin/listen.js';
import { GrpcClient } from '../support/grpc-client.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

type Tls = { own: ReturnType<typeof newCertificate>; client: string };

async function serve(handlers: Record<string, Handler>, tls?: Tls) {
  const server = newGrpcServer({ handlers: new Map(Object.entries(handlers)), tls });
  const listening = await listenOnSocket(server.http);
  const path = listening.address.network === 'unix' ? listening.address.path : '';
  endings.push(listening.forget, () => server.close());
  return {
    server,
    path,
    client: (options?: ConstructorParameters<typeof GrpcClient>[1]) => {
      const client = new GrpcClient(path, options);
      endings.push(() => client.close());
      return client;
    },
  };
}

const echo: Handler = async (body) => body;

test('a message comes back whole however it was cut, 40 MB too', async () => {
  const { client } = await serve({ '/x/Echo': echo });
  const caller = client();
  expect((await caller.call('/x/Echo', Buffer.from('hello'), { pieces: 1 })).body.toString()).toBe('hello');
  expect(await caller.call('/x/Echo', Buffer.alloc(0))).toEqual({ status: 0, message: '', body: Buffer.alloc(0) });
  const huge = randomBytes(40_000_000);
  expect((await caller.call('/x/Echo', huge)).body.equals(huge)).toBe(true);
});

test('an unknown method is refused at once, while its body is still open', async () => {
  const { client } = await serve({});
  const reply = await client().call('/plugin.GRPCBroker/StartStream', Buffer.alloc(0), { open: true });
  expect(reply.status).toBe(12);
});

test.each([
  ['a compressed message', Buffer.from([1, 0, 0, 0, 0])],
  ['a cut message', Buffer.from([0, 0, 0, 0, 9, 1])],
  ['no message', Buffer.alloc(0)],
])('%s is an invalid argument', async (_, raw) => {
  const { client } = await serve({ '/x/Echo': echo });
  expect((await client().call('/x/Echo', raw, { raw: true })).status).toBe(3);
});

test('an error becomes a status with its public text, a foreign one with a fixed text', async () => {
  const { client } = await serve({
    '/x/Known': async () => Promise.reject(new AppError('ERR_UNAVAILABLE', 'Nicht erreichbar – 100 %')),
    '/x/Foreign': async () => Promise.reject(new Error('hunter2')),
  });
  const caller = client();
  const known = await caller.call('/x/Known', Buffer.alloc(0));
  expect([known.status, decodeURIComponent(known.message)]).toEqual([14, 'Nicht erreichbar – 100 %']);
  const foreign = await caller.call('/x/Foreign', Buffer.alloc(0));
  expect(foreign.status).toBe(13);
  expect(foreign.message).not.toContain('hunter2');
  expect(encodeMessage('a%\n')).toBe('a%25%0A');
});

test('a reset stream and a lost connection abort the handler', async () => {
  let aborts = 0;
  const wait: Handler = (_, signal) =>
    new Promise((done) =>
      signal.addEventListener('abort', () => {
        aborts += 1;
        done(new Uint8Array());
      }),
    );
  const { client, server } = await serve({ '/x/Wait': wait, '/x/Echo': echo });
  const caller = client();
  await caller.abort('/x/Wait', 20);
  await server.settled();
  expect(aborts).toBe(1);
  const lost = caller.call('/x/Wait', Buffer.alloc(0)).catch(() => 'lost');
  await caller.call('/x/Echo', Buffer.alloc(0));
  caller.close();
  expect(await lost).toBe('lost');
  await server.settled();
  expect(aborts).toBe(2);
});

test('an answered call does not abort', async () => {
  let aborted = false;
  const { client } = await serve({
    '/x/Echo': async (body, signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return body;
    },
  });
  const caller = client();
  await caller.call('/x/Echo', Buffer.alloc(0));
  await caller.call('/x/Echo', Buffer.alloc(0));
  expect(aborted).toBe(false);
});

describe('mutual TLS', () => {
  const now = Date.now();
  const [host, stranger, own] = [newCertificate(now), newCertificate(now), newCertificate(now)];
  const tls = { own, client: host.certPem };

  test('the host gets through, verifying us by our own certificate', async () => {
    const { client } = await serve({ '/x/Echo': echo }, tls);
    const caller = client({ key: host.keyPem, cert: host.certPem, ca: own.certPem });
    expect((await caller.call('/x/Echo', Buffer.from('hi'))).body.toString()).toBe('hi');
  });

  test.each([
    ['another certificate', { key: stranger.keyPem, cert: stranger.certPem, ca: own.certPem }],
    ['no certificate', { ca: own.certPem }],
  ])('a caller with %s reaches no handler, and the server lives on', async (_, options) => {
    let reached = false;
    const handlers = { '/x/Echo': async (body: Buffer) => ((reached = true), body) };
    const { client } = await serve(handlers, tls);
    await expect(client(options).call('/x/Echo', Buffer.alloc(0))).rejects.toThrow();
    expect(reached).toBe(false);
    const caller = client({ key: host.keyPem, cert: host.certPem, ca: own.certPem });
    expect((await caller.call('/x/Echo', Buffer.alloc(0))).status).toBe(0);
  });

  test('a caller without TLS reaches no handler', async () => {
    const { client } = await serve({ '/x/Echo': echo }, tls);
    await expect(client().call('/x/Echo', Buffer.alloc(0))).rejects.toThrow();
  });
});
