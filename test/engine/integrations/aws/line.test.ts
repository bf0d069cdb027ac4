// The line to AWS: only to a server that is who it says, in clear on this machine only, and never more than fits.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createEgress } from '#engine/egress.js';
import { PinnedHandler } from '#engine/integrations/aws/pinned-handler.js';
import { testCertificate } from '../../../support/certificate.ts';
import { systemClock } from '../../../support/leasing/clocks.ts';

const certificate = testCertificate();
const withTls = certificate ? test : test.skip;
const MEBIBYTE = 1024 * 1024;

let server: Server | undefined;
let asked: number;
beforeEach(() => {
  asked = 0;
});
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function serve(make: (listener: RequestListener) => Server, answer: string): Promise<number> {
  server = make((_request, response) => {
    asked += 1;
    response.end(answer);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** One request to `localhost`, a name that leads to `address`. */
async function ask(protocol: 'http:' | 'https:', port: number, address = '127.0.0.1') {
  const allow = { outgoing: [], integration: ['127.0.0.0/8', '10.0.0.0/8'] };
  const egress = createEgress({ clock: systemClock, lookup: async () => [{ address }], allow });
  const handler = new PinnedHandler({ egress, signal: new AbortController().signal, gate: () => undefined });
  try {
    return await handler.handle({ method: 'POST', protocol, hostname: 'localhost', port, path: '/', headers: {} });
  } finally {
    handler.destroy();
  }
}

withTls('a server whose certificate nobody vouches for is told nothing', async () => {
  const port = await serve(
    (listener) => createTlsServer({ cert: certificate?.pem, key: certificate?.keyPem }, listener),
    'hello',
  );
  await expect(ask('https:', port)).rejects.toMatchObject({ name: 'LineError', sent: false });
  expect(asked).toBe(0);
});

test('a name of this machine that leads elsewhere is not spoken to in clear', async () => {
  await expect(ask('http:', 9, '10.1.2.3')).rejects.toMatchObject({
    code: 'ERR_INTEGRATION_FAILED',
    message: 'The AWS endpoint localhost is not on loopback.',
  });
});

test('an answer of a mebibyte is read, and a larger one is cut off', async () => {
  const port = await serve((listener) => createServer(listener), 'x'.repeat(MEBIBYTE));
  expect((await ask('http:', port)).response.body).toHaveLength(MEBIBYTE);
  server?.close();
  const larger = await serve((listener) => createServer(listener), 'x'.repeat(MEBIBYTE + 1));
  await expect(ask('http:', larger)).rejects.toMatchObject({ name: 'LineError', sent: true });
});
