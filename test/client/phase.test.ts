// The Phase client as a reader: what lies where, and errors that say what to do.
import { nodeSend } from '#client/node-send.js';
import { PhaseClient } from '#client/phase.js';
import { Sensitive } from '#core/sensitive.js';
import { APP, BEARER, TOKEN, refused } from '../support/fake-phase.ts';
import { FakeClock } from '../support/memory-runner.ts';
import { AWS, SCOPE, far, line, stopAll } from '../support/phase/far.ts';

afterEach(stopAll);

describe('reading', () => {
  test('reads what lies at the path, with types as visibilities, and never asks for a lease', async () => {
    const { phase, client } = await far();
    phase.secrets.push(
      { key: 'A', value: 'x' },
      { key: 'B', value: 'y', type: 'config' },
      { key: 'C', value: 'z', path: '/api' },
    );
    phase.dynamic('bot', AWS);
    const read = await client.fetchSecrets(SCOPE, []);
    expect(read.engine).toBeUndefined();
    expect(read.secrets.map(({ name, computedVisibility }) => [name, computedVisibility])).toEqual([
      ['A', 'masked'],
      ['B', 'unmasked'],
    ]);
    const below = await client.downloadSecrets({ ...SCOPE, path: 'api/' });
    expect([...below].map(([name, value]) => [name, value.reveal()])).toEqual([['C', 'z']]);
    expect(phase.leases).toEqual([]);
    const [first] = phase.api.seen;
    expect(first?.path).toBe('/service/public/v1/secrets/');
    expect(first?.headers.authorization).toBe(`Bearer ServiceAccount ${BEARER}`);
    expect(first?.query).toEqual({ app_id: APP, env: 'production', path: '/' });
  });

  test('asks for one secret by its key, and has no value for one that is not there', async () => {
    const { phase, client } = await far();
    phase.secrets.push({ key: 'A', value: 'x' });
    expect((await client.fetchSecret(SCOPE, 'A')).computed?.reveal()).toBe('x');
    expect((await client.fetchSecret({ project: APP, config: 'production' }, 'NONE')).computed).toBeNull();
    expect(phase.api.seen.map((one) => one.query['key'])).toEqual(['A', 'NONE']);
  });

  test('sees whether an engine answers', async () => {
    const { client } = await far(() => ({ status: 200, body: [], headers: { 'secrets-engine': '1.0.0; leases' } }));
    expect((await client.fetchSecrets(SCOPE, [])).engine?.version).toBe('1.0.0');
  });

  test('keeps to the address that it is given when that has a path', async () => {
    const { phase } = await far();
    const machine = { send: nodeSend(), clock: new FakeClock(), random: () => 0, budgetMs: 60_000 };
    const token = new Sensitive(`ServiceAccount ${BEARER}`);
    await new PhaseClient({ ...machine, baseUrl: `${phase.api.url}/public`, token }).fetchSecrets(SCOPE, []);
    expect(phase.api.seen[0]?.path).toBe('/public/v1/secrets/');
  });
});

describe('errors', () => {
  test.each([
    [401, 'ERR_UNAUTHENTICATED', /did not accept the Phase service account token \(401: why\)/],
    [
      403,
      'ERR_ACCESS_DENIED',
      /The Phase service account token may not read the secrets of production of app .*\(403: why\)/,
    ],
    [404, 'ERR_NOT_FOUND', /could not read .*there is no such thing \(404: why\)/],
    [409, 'ERR_CONFLICT', /present state \(409: why\)/],
    [500, 'ERR_UNAVAILABLE', /failed to read the secrets of production/],
  ])('explains %d', async (status, code, text) => {
    const { client } = await far(() => refused(status, 'why'));
    const read = client.fetchSecrets(SCOPE, []);
    await expect(read).rejects.toMatchObject({ code });
    expect(await line(read)).toMatch(text);
  });

  test('says what to do where an app decrypts for nobody', async () => {
    const { phase, client } = await far();
    phase.encrypted = true;
    expect(await line(client.fetchSecrets(SCOPE, []))).toMatch(
      /\(400: SSE is not enabled.*Turn on server-side encryption/,
    );
  });

  test('needs an app and an environment', async () => {
    const { phase, client } = await far();
    expect(await line(client.fetchSecrets({ project: APP }, []))).toContain('Phase needs an app and an environment.');
    expect(phase.api.seen).toEqual([]);
  });

  test.each([
    ['a token that is cut short', `pss_service:v2:${BEARER}`, 'The token is none of Phase, or not all of it.'],
    ['no token', undefined, 'There is no token to ask with.'],
  ])('sends nothing with %s', async (_, token, text) => {
    const { phase, client } = await far(undefined, { token: token === undefined ? undefined : new Sensitive(token) });
    expect(await line(client.fetchSecrets(SCOPE, []))).toContain(text);
    expect(phase.api.seen).toEqual([]);
  });

  test('shows what the far side says without any part of the token', async () => {
    const { client } = await far(() => refused(401, `bad ${TOKEN}\n::error::and ${BEARER}`));
    const text = await line(client.fetchSecrets(SCOPE, []));
    expect(text).toContain('bad [token] ::error::and [token]');
    expect(text).not.toMatch(/\n|b{16}|[123]{16}/);
  });
});
