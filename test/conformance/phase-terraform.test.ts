// Phase's Terraform provider, replayed: one read of a whole environment on the REST API, filtered on its side (contracts/phase.md 7).
import { restForm } from '../support/phase/engine.ts';
import { flag, list, object, text } from './decode.ts';
import { AGENTS, type PhaseService, startPhaseService } from './phase-service.ts';
import { ReplayedClient } from './service.ts';

let service: PhaseService;
beforeAll(async () => {
  service = await startPhaseService();
}, 60_000);
afterAll(() => service.close());

const override = object({ value: text, is_active: flag });
const secret = object({
  ...{ id: text, key: text, value: text, comment: text, path: text, createdAt: text, updatedAt: text },
  tags: list(text),
  override: (value, at) => (value === null || value === undefined ? null : override(value, at)),
});

/** Its host is the cloud's or has `/service/public` behind it; its query is not encoded. */
async function data({ path = '/', mount = '/service/public', authorization = '' }) {
  const headers = {
    Authorization: authorization || `Bearer ${restForm(service.tokens.account)}`,
    ...{ 'Content-Type': 'application/json', 'User-Agent': AGENTS.terraform },
  };
  const client = new ReplayedClient(service.url, headers);
  const answer = await client.send(`GET ${mount}/v1/secrets/?app_id=${service.app}&env=development`);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
  const all = list(secret)(JSON.parse(answer.body), 'secrets');
  const here = all.filter((one) => path === '' || one.path === path);
  return Object.fromEntries(here.map(({ key, value, override: own }) => [key, own?.is_active ? own.value : value]));
}
const VALUES = { API_KEY: 'sk-1', EMPTY: '', HOST: 'h.example', URL: 'https://h.example/' };

test.each(['/service/public', ''])('the data source reads every value, resolved, below %p', async (mount) => {
  expect(await data({ mount })).toEqual(VALUES);
  expect(await data({ mount, path: '' })).toEqual(VALUES);
  expect(await data({ mount, path: '/elsewhere' })).toEqual({});
});

test('a token without its keys, which it writes with two blanks, reads here', async () => {
  const rest = restForm(service.tokens.account);
  expect(await data({ authorization: `Bearer  ${rest}` })).toEqual(VALUES);
});

test('it leases nothing and is told so by no item of another type', async () => {
  const before = service.real.target.made.length;
  await data({});
  expect(service.real.target.made.length).toBe(before);
});

test('a refusal is JSON with one sentence', async () => {
  await expect(data({ authorization: `Bearer User ${'0'.repeat(64)}` })).rejects.toThrow(/^401 \{"error":"[^"]+"\}$/);
});
