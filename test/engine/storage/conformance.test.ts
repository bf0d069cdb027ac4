// One conformance suite for both stores: any sequence of operations has the same results, refusals and rows in each.
import fc from 'fast-check';
import { findAuditGap } from '#engine/storage/audit-chain.js';
import { WRITES } from '#engine/storage/operations.js';
import type { Store } from '#engine/storage/store.js';
import { openTestStore } from '../../support/store.ts';
import { openDatabaseStore, startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';
import { beginning, type Step, tour } from '../../support/store-operations/beginning.ts';
import { GENERATORS, perform, steps } from '../../support/store-operations/index.ts';
import { answersOf } from '../../support/store-operations/reads.ts';
import { temporaryFolder } from '../../support/temp.ts';

const CHAIN = 'chain';
const KEY = new Uint8Array(32).fill(7);

let database: StoreDatabase;
beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());

type Pair = { lite: Store; postgres: Store };

async function withPair(work: (pair: Pair) => Promise<void>): Promise<void> {
  const lite = await openTestStore(temporaryFolder(), Date.now(), CHAIN);
  const postgres = await openDatabaseStore(await database.fresh(), { chain: CHAIN });
  try {
    await work({ lite, postgres });
  } finally {
    await Promise.all([lite.close(), postgres.close()]);
  }
}

async function both({ lite, postgres }: Pair, step: Step): Promise<void> {
  const [one, other] = await Promise.all([perform(lite, step), perform(postgres, step)]);
  expect(other).toEqual(one);
}

test('every write operation is generated', () => {
  expect(Object.keys(GENERATORS).sort()).toEqual(Object.keys(WRITES).sort());
});

test('such sequences are more than refusals: every operation does something in one of them', async () => {
  const done = new Set<string>();
  for (const sequence of fc.sample(steps(150), { numRuns: 40, seed: 7 })) {
    const store = await openTestStore();
    for (const step of [...beginning(), ...tour(), ...sequence]) {
      const { name, code } = (await perform(store, step)) as { name: string; code?: string };
      if (code === undefined) done.add(name);
    }
    await store.close();
  }
  expect(Object.keys(WRITES).filter((name) => !done.has(name))).toEqual([]);
}, 240_000);

test('any sequence of operations: the same results, the same refusals, the same answers, the same audit log', async () => {
  await fc.assert(
    fc.asyncProperty(steps(150), (sequence) =>
      withPair(async (pair) => {
        for (const step of [...beginning(), ...tour(), ...sequence]) {
          await both(pair, step);
        }
        const answers = await answersOf(pair.lite);
        expect(await answersOf(pair.postgres)).toEqual(answers);
        const rows = await pair.postgres.read.readAuditChain({ chain: CHAIN, afterSeq: 0, limit: 1000 });
        expect(findAuditGap(KEY, rows)).toBeUndefined();
      }),
    ),
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);

test('operations asked for at once, one of them failing: it alone is undone, in both', async () => {
  await fc.assert(
    fc.asyncProperty(steps(20), (sequence) =>
      withPair(async ({ lite, postgres }) => {
        const bad = { at: 1, actor: 'x', action: 'x', target: 'x', outcome: null as unknown as 'ok' };
        const failing: Step = { name: 'recordAudit', args: { events: [{ ...bad, outcome: 'ok' }, bad] } };
        const all = [...beginning(), ...sequence.flatMap((step) => [step, failing])];
        const outcomes = (store: Store) => Promise.all(all.map((step) => perform(store, step)));
        const [one, other] = [await outcomes(lite), await outcomes(postgres)];
        expect(other).toEqual(one);
        expect(await answersOf(postgres)).toEqual(await answersOf(lite));
      }),
    ),
    { numRuns: 5, endOnFailure: true },
  );
}, 120_000);
