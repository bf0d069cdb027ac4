// Targets that never answer: how long they are waited for, and that nobody else takes the lease in the meantime.
import type { Integration } from '#engine/integrations/integration.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget } from '../../support/leasing/fake-integration.ts';

let clock: FakeClock;
let engine: Engine;
let dynamicSecretId: string;
/** What answers only when it is given up. */
let hangs: 'create' | 'revoke' | undefined;
/** The calls that hang. */
let hanging: string[];

beforeEach(async () => {
  clock = new FakeClock();
  hanging = [];
  hangs = undefined;
  engine = await openEngine({ clock, integrations: () => [silent()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const wanted = { ...PLACE, name: 'DB', kind: 'postgres', integration: 'db', maxTtlSec: 3600 };
  dynamicSecretId = (await engine.definitions.createDynamicSecret(wanted, BY)).slug;
});
afterEach(() => engine.close());

function silent(): Integration {
  const fake = new FakeTarget().integration();
  const untilGivenUp = (call: string, signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      hanging.push(call);
      signal.addEventListener('abort', () => reject(AWAY));
    });
  return {
    ...fake,
    create: (asked, signal) => (hangs === 'create' ? untilGivenUp('create', signal) : fake.create(asked, signal)),
    revoke: (asked, signal) => (hangs === 'revoke' ? untilGivenUp('revoke', signal) : fake.revoke(asked, signal)),
  };
}

const issue = () => engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600 });
const turn = () => new Promise((next) => setImmediate(next));
async function hung(): Promise<void> {
  while (hanging.length === 0) await turn();
}
async function some(turns: number): Promise<void> {
  for (let n = 0; n < turns; n += 1) await turn();
}

test('a create that does not answer is given up after twenty seconds, and is undone', async () => {
  hangs = 'create';
  const outcomes: unknown[] = [];
  const issuing = issue().then(
    () => outcomes.push('issued'),
    (error: unknown) => outcomes.push(error),
  );
  await hung();
  clock.advance(19_999);
  await some(20);
  const early = [...outcomes];
  clock.advance(1);
  await issuing;
  expect([early, outcomes]).toEqual([[], [AWAY]]);
  await engine.leases.settle();
  expect(await engine.query('select state from leases')).toEqual([{ state: 'aborted' }]);
});

test('a revoke that does not answer is given up after thirty seconds, and until then is nobody else\u2019s to make', async () => {
  const { id } = await issue();
  hangs = 'revoke';
  const revoking = engine.leases.revoke({ id, actor: token() });
  await hung();
  clock.advance(29_999);
  expect((await revoking).state).toBe('revoking');
  const at = clock.now();
  const another = { at, claimedBy: 'another engine', claimUntil: at + 1000, cause: BY };
  const [{ id: integrationId = '' } = {}] = await engine.store.read.listIntegrations({});
  expect(await engine.store.read.integrationsDue({ at })).toEqual([]);
  expect(await engine.store.write.claimDueLeases({ ...another, integrationId, from: 0, limit: 10 })).toEqual([]);
  const asked = await engine.store.write.endLeases({ ...another, selector: { by: 'lease', id } });
  expect(asked).toEqual({ claimed: [], others: [id] });
  clock.advance(1);
  await engine.leases.settle();
  expect([(await engine.leases.find({ id }))?.state, hanging.length]).toEqual(['revoke_failed', 1]);
});
