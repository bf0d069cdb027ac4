// Phase's golang SDK and those that follow it, replayed: header, addresses, decoding and errors (contracts/phase.md 1.1, 5).
import { restForm } from '../support/phase/engine.ts';
import { anything, list, object, text } from './decode.ts';
import { AGENTS, type PhaseService, readSealed, SealedClient, startPhaseService } from './phase-service.ts';
import { ReplayedClient } from './service.ts';

let service: PhaseService;
beforeAll(async () => {
  service = await startPhaseService();
}, 60_000);
afterAll(() => service.close());

test.each(Object.entries(AGENTS))('%s reads and opens every secret with a token of either kind', async (_, agent) => {
  for (const token of Object.values(service.tokens)) {
    const open = await new SealedClient(service.url, token, agent).open('app', 'development');
    const found = await readSealed(open, { Path: '/' });
    expect(found.map(({ key }) => key).sort()).toEqual(['API_KEY', 'EMPTY', 'HOST', 'URL']);
  }
});

test('the token is taken with doubled blanks, which some clients write, and its type as it is spelt', async () => {
  const bearer = restForm(service.tokens.account).replace('ServiceAccount ', '');
  const status = async (authorization: string) => {
    const client = new ReplayedClient(service.url, { Authorization: authorization, 'User-Agent': AGENTS.golang });
    return (await client.send('GET /service/secrets/tokens/')).status;
  };
  for (const good of [`Bearer ServiceAccount ${bearer}`, `Bearer  ServiceAccount ${bearer}`]) {
    expect(await status(good)).toBe(200);
  }
  expect(await status(`bearer ServiceAccount  ${bearer}`)).toBe(200);
  for (const bad of [`Bearer serviceaccount ${bearer}`, `Bearer Service ${bearer}`, `Bearer User ${bearer}`]) {
    expect(await status(bad)).toBe(401);
  }
});

test.each(['', '/public', '/service', '/service/public'])(
  'below %p, slashed or not, the lists decode',
  async (mount) => {
    const client = new SealedClient(service.url, service.tokens.account, AGENTS.golang);
    const at = `app_id=${service.app}&env=development`;
    const dynamic = list(object({ id: text, name: text, type: text }));
    for (const path of [`${mount}/v1/secrets/dynamic/`, `${mount}/v1/secrets/dynamic`]) {
      const found = await client.ask(dynamic, `GET ${path}?${at}`);
      expect(found.map(({ name }) => name)).toEqual(['CACHE', 'DB']);
      const leases = `${path.replace(/\/$/, '')}/leases${path.endsWith('/') ? '/' : ''}`;
      expect(await client.ask(list(anything), `GET ${leases}?${at}&secret_id=${found[0]?.id ?? ''}`)).toEqual([]);
    }
  },
);

test('what it leases in one request it gets of all or of none', async () => {
  const open = await new SealedClient(service.url, service.tokens.account, AGENTS.golang).open('app', 'dev');
  const before = service.real.target.credentials.size;
  const tooLong = readSealed(open, { dynamic: 'true', lease: 'true', 'lease-ttl': '999999' });
  await expect(tooLong).rejects.toThrow(/^status 400: /);
  expect(service.real.target.credentials.size).toBe(before);
});

test('that it is throttled it learns from the status, the seconds and the words', async () => {
  const slow = await startPhaseService({ plan: 'team' });
  const headers = { Authorization: `Bearer ${restForm(slow.tokens.account)}`, 'User-Agent': AGENTS.golang };
  const client = new ReplayedClient(slow.url, headers);
  const lease = `GET /service/public/v1/secrets/dynamic/?app_id=${slow.app}&env=development&name=NONE&lease=true`;
  let last = await client.send(lease);
  for (let n = 0; n < 200 && last.status === 404; n++) last = await client.send(lease);
  expect([last.status, JSON.parse(last.body)]).toEqual([429, { error: expect.any(String) }]);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  // What is only read is counted apart, and goes on.
  expect((await client.send(lease.replace('&lease=true', ''))).status).toBe(404);
  await slow.close();
});

test('an answer that it could not read is not made: nothing is leased for another kind of content', async () => {
  const headers = { Authorization: `Bearer ${restForm(service.tokens.account)}`, 'User-Agent': AGENTS.golang };
  const client = new ReplayedClient(service.url, headers);
  const path = `GET /service/public/v1/secrets/dynamic/?app_id=${service.app}&env=development&lease=true`;
  const before = service.real.target.made.length;
  for (const Accept of ['text/html', 'application/xml;q=0.9, text/plain', 'application/json;q=0']) {
    const { status, body } = await client.send(path, undefined, { Accept });
    expect([Accept, status, JSON.parse(body)]).toEqual([Accept, 406, { error: expect.any(String) }]);
  }
  expect(service.real.target.made.length).toBe(before);
  for (const Accept of ['*/*', 'application/*', 'text/html, application/json;q=0.5', '']) {
    expect((await client.send(path.replace('&lease=true', ''), undefined, { Accept })).status).toBe(200);
  }
});
