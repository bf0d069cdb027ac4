// Taking away what ended leases left at their targets: not before the credentials are over, and until it is done.
import type { Integration } from '#engine/integrations/integration.js';
import type { AppError } from '#core/errors.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';

const TTL_SEC = 900;
/** How much longer than it says a credential may live at the target, and the second by which targets name instants. */
const OVERRUN_MS = 61_000;

let clock: FakeClock;
let engine: Engine;
let dynamicSecretId: string;
/** What tidying says, by the lease whose place it is. */
let failing: Map<string, AppError>;
/** Every lease whose place was asked to be tidied, as often as it was. */
let asked: string[];

beforeEach(async () => {
  clock = new FakeClock();
  failing = new Map();
  asked = [];
  engine = await openEngine({ clock, integrations: () => [leaving()] });
  await engine.definitions.createIntegration({ name: 'aws', type: 'aws', data: {}, allowed: ['shop'] }, BY);
  const wanted = { ...PLACE, name: 'ROLE', kind: 'aws_sts', integration: 'aws' };
  dynamicSecretId = (await engine.definitions.createDynamicSecret(wanted, BY)).slug;
});
afterEach(() => engine.close());

/** Each lease leaves something at a place of its own. */
function leaving(): Integration {
  return {
    ...new FakeTarget().integration(),
    type: 'aws',
    kinds: ['aws_sts'],
    leavesAt: ({ name }) => String(name),
    tidy: async ({ plan }) => {
      const name = String(plan['name']);
      asked.push(name);
      const error = failing.get(name);
      if (error) throw error;
    },
  };
}

async function ended(): Promise<string> {
  const { id } = await engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: TTL_SEC });
  await engine.leases.revoke({ id, actor: token() });
  return id;
}

/** What one round asked for. */
async function tidied(): Promise<string[]> {
  asked = [];
  await engine.leases.tidy();
  return asked;
}

test('what ends a credential stays as long as the target might still take it, and is then taken away once', async () => {
  const id = await ended();
  clock.advance(TTL_SEC * 1000 + OVERRUN_MS - 1);
  expect(await tidied()).toEqual([]);
  clock.advance(1);
  expect([await tidied(), await tidied()]).toEqual([[id], []]);
});

test.each(['first', 'last'])(
  'a place that cannot be tidied now is asked again, be it the %s of its round',
  async (which) => {
    const ids = [await ended(), await ended(), await ended()];
    const late = ids[which === 'first' ? 0 : 2] ?? '';
    failing.set(late, AWAY);
    clock.advance(TTL_SEC * 1000 + OVERRUN_MS);
    expect(new Set(await tidied())).toEqual(new Set(ids));
    failing.clear();
    expect(await tidied()).toContain(late);
    expect(await tidied()).toEqual([]);
  },
);

test('a place that is refused for good is told, and keeps neither the others nor the credential of a deleted integration', async () => {
  const id = await ended();
  failing.set(id, REFUSES);
  await engine.definitions.deleteDynamicSecret(PLACE.configId, 'ROLE', BY);
  await engine.definitions.deleteIntegration('aws', BY);
  const kept = () => engine.query('select length(data_sealed) > 0 as is_kept from integrations');
  expect(await kept()).toEqual([{ is_kept: 1 }]);
  clock.advance(TTL_SEC * 1000 + OVERRUN_MS);
  expect([await tidied(), await tidied()]).toEqual([[id], []]);
  expect(await kept()).toEqual([{ is_kept: 0 }]);
  expect(engine.log.filter((line) => line.includes(id) && line.includes(REFUSES.line))).toHaveLength(1);
});
