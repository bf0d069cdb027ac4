// TLS and proxies of the network adapter, against real servers: whom it believes, what it shows, what a proxy sees.
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { didNothing, mayPass } from '#client/http.js';
import { DIRECT, type Network } from '#client/network.js';
import { nodeSend } from '#client/node-send.js';
import type { Send, SendRequest } from '#client/send.js';
import { Sensitive } from '#core/sensitive.js';
import { type TestCertificate, testCertificate } from '../support/certificate.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';

const NAME = 'api.example';
let server: Server;
let proxy: ConnectProxy;
let made: TestCertificate;
const seen: { authorization: string | undefined; peer: string | undefined; remotePort: number | undefined }[] = [];
let behaviour: 'answer' | 'silent' | 'cut' = 'answer';

beforeAll(async () => {
  const certificate = testCertificate(NAME);
  if (!certificate) throw new Error('these tests need openssl');
  made = certificate;
  const options = { cert: made.pem, key: made.keyPem, ca: made.pem, requestCert: true, rejectUnauthorized: false };
  server = createServer(options, (request, response) => {
    const socket = request.socket as TLSSocket;
    const { CN } = socket.authorized ? socket.getPeerCertificate().subject : {};
    seen.push({ authorization: request.headers.authorization, peer: String(CN), remotePort: socket.remotePort });
    if (behaviour === 'answer') response.end('{"ok":"é"}');
    if (behaviour === 'cut') socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy = await startConnectProxy({ [`${NAME}:443`]: (server.address() as AddressInfo).port });
});
beforeEach(() => {
  seen.length = proxy.asked.length = 0;
  behaviour = 'answer';
  proxy.refuse = undefined;
});
afterAll(async () => {
  await proxy.stop();
  server.closeAllConnections();
  server.close();
});

/** A Send that takes this way only. */
function over(network: Network): Send {
  const send = nodeSend();
  return (request) => send({ ...request, network });
}
const local = () => `https://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
const request = (more: Partial<SendRequest> = {}): SendRequest => ({
  method: 'GET',
  url: `https://${NAME}/x?y=1`,
  headers: { authorization: new Sensitive('Bearer secret') },
  connectMs: 2000,
  idleMs: 2000,
  totalMs: 5000,
  ...more,
});
const behind = (more: Partial<Network> = {}) =>
  over({ ...DIRECT, proxy: new Sensitive(proxy.url), ca: made.pem, ...more });

test('a certificate that nobody vouches for is refused, and one of the given CA is believed', async () => {
  expect(await nodeSend()(request({ url: local() }))).toMatchObject({
    failure: { kind: 'tls', mayHaveArrived: false },
  });
  expect(seen).toEqual([]);
  const send = over({ ...DIRECT, ca: made.pem });
  expect(await send(request({ url: local() }))).toMatchObject({ answer: { status: 200, text: '{"ok":"é"}' } });
});

test('a certificate must be for the host that was asked for, and the far side is told its name', async () => {
  const named: unknown[] = [];
  const other = createServer({ cert: made.pem, key: made.keyPem, ALPNProtocols: ['http/1.1'] }, (asked, response) => {
    const { servername, alpnProtocol } = asked.socket as TLSSocket;
    named.push([servername, alpnProtocol, asked.headers.host]);
    response.end('{}');
  });
  // The certificate is for localhost and 127.0.0.1: every other address of this machine is somebody else.
  await new Promise<void>((done) => other.listen(0, '0.0.0.0', done));
  const { port } = other.address() as AddressInfo;
  const send = over({ ...DIRECT, ca: made.pem });
  const wrong = await send(request({ url: `https://127.0.0.2:${port}/x` }));
  const right = await send(request({ url: `https://localhost:${port}/x` }));
  other.closeAllConnections();
  other.close();
  expect(wrong).toEqual({ failure: { kind: 'tls', mayHaveArrived: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  expect(right).toMatchObject({ answer: { text: '{}' } });
  expect(named).toEqual([['localhost', 'http/1.1', `localhost:${port}`]]);
});

test.each([
  ['an alert', Buffer.from('15030300020250', 'hex')],
  ['no TLS at all', Buffer.from('HTTP/1.1 503 Service Unavailable\r\n\r\n')],
  ['nothing', Buffer.alloc(0)],
])('a handshake that breaks off with %s is no verdict on a certificate, and may be tried again', async (_, bytes) => {
  const front = createPlainServer((socket) => void socket.on('error', () => {}).once('data', () => socket.end(bytes)));
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const url = `https://127.0.0.1:${(front.address() as AddressInfo).port}/x`;
  const outcome = await nodeSend()(request({ url }));
  front.close();
  expect([mayPass(outcome), didNothing(outcome)]).toEqual([true, true]);
  expect(outcome).not.toMatchObject({ failure: { kind: 'tls' } });
});

test('the client certificate is shown to a server that asks', async () => {
  const client = { certificate: made.pem, key: new Sensitive(made.keyPem) };
  await over({ ...DIRECT, ca: made.pem, client })(request({ url: local() }));
  await behind({ client })(request());
  expect(seen.map(({ peer }) => peer)).toEqual([NAME, NAME]);
});

test('through a proxy the far side gets the request and the proxy sees a name and nothing else', async () => {
  const withLogin = new Sensitive(proxy.url.replace('//', '//us%40er:pa%3Ass@'));
  const outcome = await behind({ proxy: withLogin })(request({ method: 'POST', body: '{"a":"é"}' }));
  expect(outcome).toMatchObject({ answer: { status: 200, text: '{"ok":"é"}' } });
  expect(seen).toMatchObject([{ authorization: 'Bearer secret' }]);
  const login = `Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`;
  expect(proxy.asked).toEqual([{ target: `${NAME}:443`, authorization: login }]);
});

test('requests in a row share a tunnel, requests at once have one each', async () => {
  const send = behind();
  for (let count = 0; count < 3; count += 1) await send(request());
  expect(proxy.asked).toHaveLength(1);
  await Promise.all([send(request()), send(request())]);
  expect(proxy.asked).toHaveLength(2);
});

test.each([407, 403, 502])('a proxy that answers %d is named as the cause, and nothing was sent', async (status) => {
  proxy.refuse = status;
  expect(await behind()(request())).toEqual({
    failure: { kind: 'proxy', mayHaveArrived: false, code: `HTTP_${status}` },
  });
});

test('a proxy that is not there is named as the cause', async () => {
  const send = behind({ proxy: new Sensitive('http://127.0.0.1:9') });
  expect(await send(request())).toEqual({ failure: { kind: 'proxy', mayHaveArrived: false, code: 'ECONNREFUSED' } });
});

test('behind a proxy too the certificate must be the name`s', async () => {
  expect(await behind({ ca: undefined })(request())).toMatchObject({ failure: { kind: 'tls', mayHaveArrived: false } });
  expect(seen).toEqual([]);
});

test('behind a proxy too a far side that hangs or cuts is left, and its neighbour goes on', async () => {
  const send = behind();
  behaviour = 'silent';
  const hung = await send(request({ idleMs: 100 }));
  expect(hung).toEqual({ failure: { kind: 'timeout', mayHaveArrived: true, code: 'IDLE_TIMEOUT' } });
  behaviour = 'cut';
  expect(await send(request())).toMatchObject({ failure: { kind: 'cut', mayHaveArrived: true } });
  behaviour = 'answer';
  expect(await send(request())).toMatchObject({ answer: { status: 200 } });
});

test('a request that was called off goes nowhere', async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await behind()(request({ signal: stop.signal }))).toMatchObject({ failure: { kind: 'aborted' } });
  expect(proxy.asked).toEqual([]);
});
