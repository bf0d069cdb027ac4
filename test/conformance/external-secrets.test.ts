// External Secrets' Doppler provider, replayed: its probe, reads with tags, pushes and deletions (contracts/doppler.md 2.5, 8.3).
import { anything, flag, instant, map, object, text } from './decode.ts';
import { basic, ReplayedClient, type Service, startService } from './service.ts';

const HEADERS = {
  'User-Agent': 'doppler-external-secrets',
  'Content-Type': 'application/json',
  Accept: 'application/json',
};
const DOWNLOAD = '/v3/configs/config/secrets/download';
const PLACE = { project: 'app', config: 'dev' };

let service: Service;
const as = (token: string) => new ReplayedClient(service.url, { ...HEADERS, ...basic(token) });
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.close());

test('the probe of authentication succeeds for every token that may read secrets, and fails for none', async () => {
  const { read, write, owner, collab, nobody } = service.tokens;
  for (const token of [read, write, owner, collab, nobody]) {
    expect((await as(token).send('GET /v3/projects')).status).toBe(200);
  }
  expect((await as('dp.st.dev.nothing').send('GET /v3/projects')).status).toBe(401);
});

test('push sets, overwrites and deletes, with project and config in the body', async () => {
  const client = as(service.tokens.write);
  const push = (secrets: object) => client.ask(anything, 'POST /v3/configs/config/secrets', { ...PLACE, secrets });
  await push({ PUSHED: 'one', KEPT: 'k' });
  await push({ PUSHED: '{"json": "two"}\n' });
  const get = async () => {
    const query = `format=json&project=app&config=dev&secrets=PUSHED`;
    return (await client.ask(map(text), `GET ${DOWNLOAD}?${query}`)).get('PUSHED');
  };
  expect(await get()).toBe('{"json": "two"}\n');
  const gone = { name: 'PUSHED', originalName: 'PUSHED', value: null, shouldDelete: true };
  await client.ask(anything, 'POST /v3/configs/config/secrets', { ...PLACE, change_requests: [gone] });
  // A name that is missing from a 200 is what the provider calls "not found".
  expect(await get()).toBeUndefined();
});

test('one secret is read with its own tag, which another secret\u2019s change leaves as it may', async () => {
  const client = as(service.tokens.read);
  const read = (headers = {}) => client.send(`GET ${DOWNLOAD}?format=json&secrets=KEPT`, undefined, headers);
  const first = await read();
  const tag = { 'If-None-Match': first.headers.get('etag') ?? '' };
  expect([first.status, (await read(tag)).status]).toEqual([200, 304]);
  const all = await client.send(`GET ${DOWNLOAD}?format=json`, undefined, tag);
  expect([all.status, map(text)(JSON.parse(all.body), '').size > 1]).toEqual([200, true]);
  await service.ok(service.tokens.write, 'POST /configs/config/secrets', { secrets: { KEPT: 'changed' } });
  const changed = await read(tag);
  expect([changed.status, changed.body]).toEqual([200, '{"KEPT":"changed"}']);
});

test('a service account\u2019s identity is exchanged: success, a token, and an RFC 3339 end', async () => {
  const identity = await service.identity(service.slugs.owner);
  const open = new ReplayedClient(service.url, HEADERS);
  const answer = object({ success: flag, token: text, expires_at: instant });
  const jwt = service.issuer.token({ jti: 'eso' });
  const { success, token } = await open.ask(answer, 'POST /v3/auth/oidc', { identity, token: jwt });
  const read = await as(token).send(`GET ${DOWNLOAD}?format=json&project=app&config=dev`);
  expect([success, read.status]).toEqual([true, 200]);
});
