// Reading documents of others: over TLS to the address that was checked, bounded, without redirects, one error for all.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createEgress } from '#engine/egress.js';
import { createFetchJson } from '#engine/outgoing.js';
import { CERTIFIED_NAME as NAME, ISSUER_CERTIFICATE, ISSUER_KEY } from '../support/issuer-certificate.ts';
import { systemClock } from '../support/leasing/clocks.ts';

let server: Server;
let port: number;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer({ key: ISSUER_KEY, cert: ISSUER_CERTIFICATE }, (request, response) => {
    asked.push(request.headers.host);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"issuer":"x"}');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const names: string[] = [];
const reader = ({ allow = ['127.0.0.0/8'], ca = ISSUER_CERTIFICATE }: { allow?: string[]; ca?: string } = {}) => {
  const lookup = async (host: string) => {
    names.push(host);
    return [{ address: '127.0.0.1' }];
  };
  const egress = createEgress({ clock: systemClock, lookup, allow: { outgoing: allow, integration: [] } });
  const fetchJson = createFetchJson(ca === '' ? { egress } : { egress, ca });
  return (host = NAME, scheme = 'https') =>
    fetchJson(`${scheme}://${host}:${port}/doc?x=1`, new AbortController().signal);
};
const failure = (host = NAME) => ({ code: 'ERR_UNAVAILABLE', message: `${host} cannot be reached.`, hint: undefined });

test('a document is read from the pinned address under the name of its issuer', async () => {
  names.length = 0;
  expect(await reader()()).toEqual({ issuer: 'x' });
  expect(asked.at(-1)).toBe(`${NAME}:${port}`);
  expect(names).toEqual([NAME]);
});

test('a certificate of another name, of nobody, or none at all is refused like anything else', async () => {
  await expect(reader()('other.example')).rejects.toMatchObject(failure('other.example'));
  await expect(reader({ ca: '' })()).rejects.toMatchObject(failure());
  await expect(reader()(NAME, 'http')).rejects.toMatchObject(failure());
  await expect(reader()('127.0.0.1')).rejects.toMatchObject(failure('127.0.0.1'));
});

test('an address that egress refuses looks like one that does not answer', async () => {
  await expect(reader({ allow: [] })()).rejects.toMatchObject(failure());
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ['a redirect', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['an error', (response) => response.writeHead(500).end('{}')],
  ['no JSON', (response) => response.writeHead(200).end('<html>')],
  ['more than 256 KiB', (response) => response.writeHead(200).end(`"${'x'.repeat(256 * 1024)}"`)],
  [
    'half an answer',
    (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":');
      response.socket?.destroy();
    },
  ],
])('%s is not a document', async (_, send) => {
  const before = asked.length;
  answer = (_request, response) => void send(response);
  await expect(reader()()).rejects.toMatchObject(failure());
  expect(asked.length).toBe(before + 1);
});

test('who no longer waits is not waited for', async () => {
  answer = () => undefined;
  const egress = createEgress({
    clock: systemClock,
    lookup: async () => [{ address: '127.0.0.1' }],
    allow: { outgoing: ['127.0.0.0/8'], integration: [] },
  });
  const gone = new AbortController();
  const reading = createFetchJson({ egress, ca: ISSUER_CERTIFICATE })(`https://${NAME}:${port}/`, gone.signal);
  gone.abort();
  await expect(reading).rejects.toMatchObject(failure());
});
