// Which dialect is spoken, and where: told from token and address, or said outright.
import fc from 'fast-check';
import { detectBackend } from '#client/backend.js';
import { connectWith } from '#client/connect.js';
import { nodeSend } from '#client/node-send.js';
import { engineBase, restBase } from '#client/phase-address.js';
import { Sensitive } from '#core/sensitive.js';
import { APP, BEARER, FakePhase, TOKEN } from '../support/fake-phase.ts';
import { FakeClock } from '../support/memory-runner.ts';

test.each([
  ['https://api.doppler.com', 'dp.st.dev.abc', 'doppler'],
  ['https://api.phase.dev', 'dp.st.dev.abc', 'doppler'],
  ['https://engine.example', TOKEN, 'phase'],
  ['https://engine.example', 'pss_user:v1:cut', 'phase'],
  ['https://engine.example', `ServiceAccount ${BEARER}`, 'phase'],
  ['https://engine.example', `Bearer User ${BEARER}`, 'phase'],
  ['https://api.phase.dev', undefined, 'phase'],
  ['https://console.phase.dev', undefined, 'phase'],
  ['https://notphase.dev', undefined, 'doppler'],
  ['https://engine.example', undefined, 'doppler'],
])('%s with %s speaks %s', (apiUrl, token, backend) => {
  expect(detectBackend(apiUrl, token === undefined ? undefined : new Sensitive(token))).toBe(backend);
});

test.each([
  ['https://api.phase.dev', 'https://api.phase.dev', 'https://api.phase.dev'],
  ['https://api.phase.dev/v1/', 'https://api.phase.dev', 'https://api.phase.dev'],
  ['https://console.phase.dev', 'https://console.phase.dev/service/public', 'https://console.phase.dev'],
  ['https://host/service/public', 'https://host/service/public', 'https://host'],
  ['https://host/behind/public/v1', 'https://host/behind/public', 'https://host/behind'],
  ['http://127.0.0.1:8090', 'http://127.0.0.1:8090/service/public', 'http://127.0.0.1:8090'],
])('the REST API behind %s is at %s, an engine’s own routes at %s', (apiUrl, rest, engine) => {
  expect([restBase(apiUrl), engineBase(apiUrl)]).toEqual([rest, engine]);
});

test('an address that is one already stays as it is', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: false }), (url) => {
      const once = restBase(url);
      expect(restBase(once)).toBe(once);
    }),
  );
});

test('the code of the other dialect is loaded when it is first asked, and says then whose token it has', async () => {
  const clock = new FakeClock();
  const phase = new FakePhase(() => clock.now());
  await phase.api.start();
  try {
    phase.secrets.push({ key: 'A', value: 'x' });
    const connect = connectWith({ send: nodeSend(), clock, random: () => 0 });
    const client = connect({ apiUrl: phase.api.url, token: new Sensitive(TOKEN), budgetMs: 60_000 });
    expect(client.tokenKind).toBe('Phase token');
    const scope = { project: APP, environment: 'production' };
    expect((await client.fetchSecrets(scope, [])).secrets).toHaveLength(1);
    expect(client.tokenKind).toBe('Phase service account token');
    expect((await client.downloadSecrets(scope, 'json')).get('A')?.reveal()).toBe('x');
    expect((await client.fetchSecret(scope, 'A')).name).toBe('A');
    expect((await client.me()).type).toBe('Phase service account token');
  } finally {
    await phase.api.stop();
  }
});

test('what is said outright decides', async () => {
  const connect = connectWith({ send: nodeSend(), clock: new FakeClock(), random: () => 0 });
  const client = connect({ apiUrl: 'https://engine.example', backend: 'phase', budgetMs: 60_000 });
  await expect(client.fetchSecrets({ project: APP, environment: 'dev' }, [])).rejects.toMatchObject({
    code: 'ERR_UNAUTHENTICATED',
  });
});
