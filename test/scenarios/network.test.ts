// Ways to the API that networks ask for: proxies, private CAs, paths; main and post take the same one, and name what fails.
import { testCertificate, type TestCertificate } from '../support/certificate.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { FakeApi, listAnswer, listed, SECRETS } from '../support/fake-api.ts';
import { type FarSide, faultProxy } from '../support/far-side.ts';
import { otherNode } from '../support/nodes.ts';
import { annotationsOf, World } from '../support/scenario.ts';

const NAME = 'secrets.example';
const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB', 'api-url': `https://${NAME}` };

let world: World;
let certificate: TestCertificate;
let tls: FarSide;
let proxy: ConnectProxy;
beforeAll(async () => {
  const made = testCertificate(NAME);
  if (!made) throw new Error('these scenarios need openssl');
  certificate = made;
  world = await World.start();
  tls = await faultProxy(world.engine.url, [], { tls: { key: made.keyPem, cert: made.pem } });
  proxy = await startConnectProxy({ [`${NAME}:443`]: tls.port });
});
afterAll(async () => {
  await proxy?.stop();
  await tls?.close();
  await world?.stop();
});
beforeEach(() => {
  proxy.asked.length = 0;
  proxy.refuse = undefined;
});

const login = () => proxy.url.replace('//', '//robot:pr0xy-passw0rd@');

describe.each([...new Set([process.execPath, otherNode()])])('on %s', (node) => {
  test.each([
    ['the proxy input', () => ({ inputs: { proxy: login() }, env: {} })],
    ['HTTPS_PROXY', () => ({ inputs: {}, env: { HTTPS_PROXY: login(), NO_PROXY: 'localhost,.internal' } })],
    ['https_proxy without a scheme', () => ({ inputs: {}, env: { https_proxy: login().replace('http://', '') } })],
  ])('by %s, main and post go through the proxy, whose password is masked', async (_, way) => {
    const { inputs: more, env } = way();
    const given = { ...inputs, 'ca-certificate': certificate.pem, ...more };
    const { main, report } = await world.runOnce(given, { node, env });
    expect([annotationsOf(main, 'error'), report.status]).toEqual([[], 'success']);
    expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
    const auth = `Basic ${Buffer.from('robot:pr0xy-passw0rd').toString('base64')}`;
    expect(new Set(proxy.asked.map(({ target, authorization }) => `${target} ${authorization}`))).toEqual(
      new Set([`${NAME}:443 ${auth}`]),
    );
    expect(main.rawStdout).toContain('::add-mask::pr0xy-passw0rd\n');
    expect(JSON.stringify(main.state)).not.toContain('pr0xy-passw0rd');
    expect([main.rawStderr, main.durationMs < 30_000]).toEqual(['', true]);
  });
});

test('a proxy that wants a login is named in one line, and nothing was sent', async () => {
  proxy.refuse = 407;
  const given = { ...inputs, proxy: proxy.url, 'ca-certificate': certificate.pem, timeout: '4s' };
  const before = tls.requests.length;
  const { main, report } = await world.runOnce(given);
  expect(report.status).toBe('failure');
  expect(annotationsOf(main, 'error')).toEqual([
    expect.stringMatching(
      /secrets\.example could not be reached through the proxy \(HTTP_407\)\. Check the proxy input/,
    ),
  ]);
  expect(tls.requests.length).toBe(before);
});

test('without the private CA nothing is sent, and one line says why', async () => {
  const { main, report } = await world.runOnce({ ...inputs, 'api-url': tls.url });
  expect(report.status).toBe('failure');
  expect(annotationsOf(main, 'error')).toEqual([expect.stringMatching(/certificate that this runner does not trust/)]);
});

test('with the private CA it works, by input and by NODE_EXTRA_CA_CERTS', async () => {
  const byInput = await world.runOnce({ ...inputs, 'api-url': tls.url, 'ca-certificate': certificate.pem });
  const byFile = { env: { NODE_EXTRA_CA_CERTS: certificate.cert } };
  const byVariable = await world.runOnce({ ...inputs, 'api-url': tls.url }, byFile);
  for (const { report } of [byInput, byVariable]) {
    expect([report.status, report.log.join('\n').includes('1 leased, 1 revoked, 0 left')]).toEqual(['success', true]);
  }
});

test('a server that wants a client certificate gets it from main and from post, and its key is in no log or state', async () => {
  const mine = testCertificate('robot');
  if (!mine) throw new Error('these scenarios need openssl');
  const server = { key: certificate.keyPem, cert: certificate.pem, clientCa: mine.pem };
  const strict = await faultProxy(world.engine.url, [], { tls: server });
  try {
    const given = { ...inputs, 'api-url': strict.url, 'ca-certificate': certificate.pem, timeout: '20s' };
    const refused = await world.runOnce(given);
    expect(annotationsOf(refused.main, 'error')).toEqual([
      expect.stringMatching(/wants a client certificate.*\. Set client-certificate and client-key/),
    ]);
    expect(strict.requests).toEqual([]);
    const more = { 'client-certificate': mine.pem, 'client-key': mine.keyPem };
    const { main, report } = await world.runOnce({ ...given, ...more });
    expect([annotationsOf(main, 'error'), report.status]).toEqual([[], 'success']);
    expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
    expect(strict.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'DELETE']);
    const body = mine.keyPem.split('\n')[1] ?? '';
    for (const text of [JSON.stringify(main.state), main.rawStdout, main.rawStderr]) expect(text).not.toContain(body);
  } finally {
    await strict.close();
  }
});

test.each([
  [
    'ca-certificate',
    { 'ca-certificate': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    /ca-certificate is not/,
  ],
  ['HTTPS_PROXY', {}, /HTTPS_PROXY is not the address/],
])('a %s that cannot be used is an error before anything is sent', async (name, more, text) => {
  const env: Record<string, string> = name === 'HTTPS_PROXY' ? { HTTPS_PROXY: 'socks5://127.0.0.1:1' } : {};
  const { main } = await world.runOnce({ ...inputs, 'api-url': tls.url, ...more }, { env });
  expect(annotationsOf(main, 'error')).toEqual([expect.stringMatching(text)]);
});

test('an address with a path in front of the API is asked below that path', async () => {
  const api = await new FakeApi(({ path }) =>
    path === `/tools/secrets${SECRETS}` ? listAnswer({ KEY: listed('value-one') }) : undefined,
  ).start();
  const { main } = await world.runOnce({ 'api-url': `${api.url}/tools/secrets/v3/` });
  await api.stop();
  expect(main.outputs['KEY']).toBe('value-one');
});

test('plain http to another machine is refused before a token leaves, and goes where it is allowed', async () => {
  const refused = await world.runOnce({ 'api-url': 'http://secrets.invalid' });
  expect(annotationsOf(refused.main, 'error')).toEqual([expect.stringMatching(/https:\/\//)]);
  const allowed = await world.runOnce({
    'api-url': 'http://secrets.invalid',
    'allow-insecure-http': 'true',
    timeout: '3s',
  });
  expect(annotationsOf(allowed.main, 'error')).toEqual([expect.stringMatching(/could not be found by name/)]);
});
