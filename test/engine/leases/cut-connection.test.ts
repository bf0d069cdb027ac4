// The connection to the store cut at every answer of issue, renew and revoke: afterwards the credentials are the live leases.
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

/** Answers of the server, of reads and writes: they may grow, never shrink. */
const FEWEST = { issue: 7, renew: 5, revoke: 7 };
const HOUR = 3_600_000;

let database: StoreDatabase;
let proxy: TcpProxy;
let clock: FakeClock;
let target: FakeTarget;
let engine: Engine;
let dynamicSecretId: string;

beforeAll(async () => {
  database = await startStoreDatabase();
  proxy = await startTcpProxy({ host: database.server.host, port: database.server.port });
  clock = new FakeClock();
  target = new FakeTarget();
  const url = new URL(await database.fresh());
  url.port = String(proxy.port);
  engine = await openEngine({ url: url.href, clock, integrations: () => [target.integration()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const wanted = { name: 'DB', kind: 'postgres' as const, integration: 'db', maxLiveLeases: 50 };
  dynamicSecretId = (await engine.definitions.createDynamicSecret({ ...PLACE, ...wanted, maxTtlSec: 7200 }, BY)).slug;
});
afterAll(async () => {
  proxy?.pass();
  await engine?.close();
  await proxy?.close();
  await database?.stop();
});

const issue = () => engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600 });
const OPERATIONS = {
  issue: async () => issue(),
  renew: async (id: string) => engine.leases.renew({ id, ttlSec: 900, actor: token() }),
  revoke: async (id: string) => engine.leases.revoke({ id, actor: token() }),
};
type Operation = keyof typeof OPERATIONS;
const prepare = async (operation: Operation) => (operation === 'issue' ? '' : (await issue()).id);

/** The id that the operation answered with, if it did; the connection is cut at the `turn`th answer or, at 0, not at all. */
async function attempt(operation: Operation, id: string, turn: number): Promise<string | undefined> {
  if (turn > 0) proxy.holdAnswers(proxy.stats().answers + turn);
  const asked = OPERATIONS[operation](id).then(
    (answer) => answer.id,
    () => undefined,
  );
  if (turn > 0) {
    // How many answers there are differs a little with what the sessions have been through.
    await Promise.race([proxy.whenHeld(), asked]);
    proxy.cut();
    proxy.pass();
  }
  return asked;
}

async function answersOf(operation: Operation): Promise<number> {
  const id = await prepare(operation);
  const before = proxy.stats().answers;
  expect(await attempt(operation, id, 0)).toBeDefined();
  return proxy.stats().answers - before;
}

async function agree(): Promise<void> {
  const live = await engine.query(`select id, state from leases where closed_at is null order by id`);
  expect(live.map(({ id }) => id)).toEqual([...target.credentials].sort());
  expect(live.every(({ state }) => state === 'active')).toBe(true);
  expect(await engine.query('select live from dynamic_secrets')).toEqual([{ live: live.length }]);
}

test.each(['issue', 'renew', 'revoke'] as const)(
  'of %s: what was answered holds, and nothing is left over',
  async (operation) => {
    const answers = await answersOf(operation);
    expect(answers).toBeGreaterThanOrEqual(FEWEST[operation]);
    for (let turn = 1; turn <= answers; turn += 1) {
      const answered = await attempt(operation, await prepare(operation), turn);
      // The claims of what was cut off run out; nothing has expired by then.
      for (let minutes = 0; minutes < 3; minutes += 1) {
        clock.advance(61_000);
        await engine.leases.settle();
      }
      await agree();
      if (answered !== undefined) expect(target.credentials.has(answered)).toBe(operation !== 'revoke');
    }
    clock.advance(3 * HOUR);
    await engine.leases.settle();
    await agree();
    expect(target.credentials.size).toBe(0);
  },
  120_000,
);
