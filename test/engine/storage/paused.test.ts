// A process that the machine pauses (SIGSTOP) while it holds a lease: others sweep on, and when it wakes it changes nothing.
import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';
import type { FromPaused, ToPaused } from '../../support/paused-engine-roof.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const MINUTE_MS = 60_000;
const ROOF = resolve('test/support/paused-engine-roof.ts');

let database: StoreDatabase;
let url: string;
let clock: FakeClock;
let target: FakeTarget;
let awake: Engine;
let dynamicSecretId: string;
let sleeper: Sleeper;

/** The other engine. What its target is asked waits for the test's answer. */
class Sleeper {
  readonly #child: ChildProcess;
  readonly #heard: FromPaused[] = [];
  #listener: (() => void) | undefined;

  constructor() {
    this.#child = fork(ROOF, [JSON.stringify({ url, dynamicSecretId, now: clock.now() })], {
      execArgv: ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.#child.on('message', (message: FromPaused) => {
      this.#heard.push(message);
      this.#listener?.();
    });
  }

  tell(message: ToPaused): void {
    this.#child.send(message);
  }

  async hear<Kind extends FromPaused['kind']>(kind: Kind): Promise<FromPaused & { kind: Kind }> {
    for (;;) {
      const message = this.#heard.shift();
      if (message?.kind === kind) return message as FromPaused & { kind: Kind };
      if (message) throw new Error(`It says ${message.kind} instead of ${kind}.`);
      await new Promise<void>((heard) => {
        this.#listener = heard;
      });
    }
  }

  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  wake(): void {
    this.#child.kill('SIGCONT');
    this.tell({ kind: 'now', at: clock.now() });
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  url = await database.fresh();
  clock = new FakeClock();
  target = new FakeTarget();
  awake = await openEngine({ url, clock, integrations: () => [target.integration()] });
  await awake.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const declared = { ...PLACE, name: 'DB', kind: 'postgres' as const, integration: 'db' };
  dynamicSecretId = (await awake.definitions.createDynamicSecret(declared, BY)).slug;
  sleeper = new Sleeper();
  await sleeper.hear('ready');
});
afterEach(async () => {
  sleeper?.end();
  await awake?.close();
});

const rows = () => database.query(url, 'select * from leases order by id');
const events = () => database.query(url, 'select lease_id, seq, to_state from lease_events order by lease_id, seq');
const live = () => database.query(url, 'select live from dynamic_secrets');

test('paused while it ends a lease: another engine ends it, and the one that wakes has a stale fence', async () => {
  await awake.leases.issue({ dynamicSecretId, ttlSec: 600, actor: token() });
  const { id: other } = await awake.leases.issue({ dynamicSecretId, ttlSec: 3600, actor: token() });
  clock.advance(20 * MINUTE_MS);
  sleeper.tell({ kind: 'now', at: clock.now() });
  sleeper.tell({ kind: 'go', work: 'sweep' });
  const { call } = await sleeper.hear('call');
  sleeper.pause();
  clock.advance(2 * MINUTE_MS);
  await awake.leases.settle();
  expect((await rows()).map(({ state }) => state).sort()).toEqual(['active', 'expired']);
  const before = [await rows(), await events(), await live()];
  sleeper.wake();
  sleeper.tell({ kind: 'answer', call, outcome: 'not_found' });
  expect(await sleeper.hear('over')).toMatchObject({ error: '' });
  expect([await rows(), await events(), await live()]).toEqual(before);
  expect([...target.credentials]).toEqual([other]);
});

test.each([
  ['before its credential is made', false, 'ERR_TIMEOUT'],
  ['after its credential is made', true, 'ERR_CONFLICT'],
])(
  'paused while it issues, %s: another engine rolls it back, and the one that wakes shows nothing',
  async (_, isMade, code) => {
    sleeper.tell({ kind: 'go', work: 'issue' });
    const { call, name, deadlineAt } = await sleeper.hear('call');
    if (isMade) target.credentials.add(name);
    sleeper.pause();
    clock.advance(2 * MINUTE_MS);
    await awake.leases.settle();
    expect([...target.credentials]).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'aborted' }]);
    const before = [await rows(), await events(), await live()];
    sleeper.wake();
    // The target looks at its own clock, as PostgreSQL does in the transaction that makes the login.
    expect(deadlineAt).toBeLessThan(clock.now());
    sleeper.tell({ kind: 'answer', call, outcome: isMade ? 'made' : 'late' });
    expect(await sleeper.hear('over')).toEqual({ kind: 'over', shown: [], error: code });
    expect([await rows(), await events(), await live()]).toEqual(before);
    expect([...target.credentials]).toEqual([]);
  },
);
