// Two engines on one PostgreSQL store, one of them killed: the other ends what it left, and the credentials are the live leases.
import { startAwsShop } from '../../support/aws/shop.ts';
import { AWS_CASES, opensAws } from '../../support/killpoints/aws-cases.ts';
import type { Operation } from '../../support/killpoints/round.ts';
import { killAtAnswers, killAtCalls, oneIn } from '../../support/killpoints/series.ts';
import { type SharedLane, sharedLane } from '../../support/killpoints/shared-lane.ts';
import { opensDatabase, type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const LANES = 2;
const EVERY = oneIn(5, 'AWS and of answers on a shared store');
const TIMEOUT_MS = 300_000;

type Series = [operation: Operation, floor: number, every: number];

/** Of the AWS kinds; aws_sts is revoked by a deny on its session (hard_revoke). */
const AWS_SERIES: Record<keyof typeof AWS_CASES, Series[]> = {
  aws_iam_user: [
    ['issue', 16, EVERY],
    ['renew', 10, EVERY],
    ['revoke', 24, EVERY],
  ],
  aws_sts: [
    ['issue', 10, EVERY],
    ['revoke', 16, EVERY],
  ],
};

let db: RoleDatabase;
let closing: (() => Promise<void>)[];
let lanes: SharedLane[];
let made = 0;
beforeAll(async () => {
  db = await startRoleDatabase();
});
afterAll(() => db?.stop());
beforeEach(() => {
  closing = [];
  lanes = [];
});
afterEach(async () => {
  for (const lane of lanes) await lane.close();
  for (const close of closing) await close();
});

/** A database for the store, and the way to it of the engine that is killed. */
async function freshStore() {
  const name = `store_${(made += 1)}`;
  await db.query(`create database ${name}`, 'postgres');
  const proxy = await startTcpProxy({ host: db.server.host, port: db.server.port });
  closing.push(() => proxy.close());
  return { url: db.server.url(name), proxy, engineId: `s${made.toString(36).padStart(7, '0')}` };
}

describe('postgres', () => {
  beforeEach(async () => {
    for (let lane = 0; lane < LANES; lane += 1) {
      const store = await freshStore();
      const data = { ...db.data, port: store.proxy.port };
      const declaration = {
        integration: { type: 'postgres', data, ceiling: { group_roles: ['app_read'] } },
        dynamicSecret: { kind: 'postgres', parameters: { group_role: 'app_read' } },
      };
      const external = (engineId: string) => db.roles(`lease_${engineId}_`);
      const works = opensDatabase(db, 'DB');
      lanes.push(await sharedLane({ ...store, declaration, external, works }));
    }
  });

  test.each<Series>([
    ['issue', 24, 1],
    ['renew', 18, 1],
    ['revoke', 38, 1],
  ])(
    'of %s: killed before and after every call',
    async (operation, floor, every) => {
      await killAtCalls(operation, { lanes, floor, every });
    },
    TIMEOUT_MS,
  );

  test.each<Series>([
    ['issue', 24, EVERY],
    // 13 when the machine is busy: two words of the server then come one by one.
    ['renew', 12, EVERY],
    ['revoke', 22, EVERY],
  ])(
    `of %s: killed while an answer of the store or of the target is on its way, one in ${EVERY}`,
    async (operation, floor, every) => {
      await killAtAnswers(operation, { lanes, floor, every });
    },
    TIMEOUT_MS,
  );
});

describe.each(['aws_iam_user', 'aws_sts'] as const)('%s', (kind) => {
  const { dynamicSecret, ceiling, external } = AWS_CASES[kind];
  beforeEach(async () => {
    for (let lane = 0; lane < LANES; lane += 1) {
      let aheadMs = 0;
      const shop = await startAwsShop({ now: () => Date.now() + aheadMs });
      closing.push(() => shop.close());
      const declaration = { integration: { type: 'aws', data: shop.data, ceiling }, dynamicSecret };
      lanes.push(
        await sharedLane({
          ...(await freshStore()),
          declaration,
          external: async (engineId) => external(shop.model, engineId).sort(),
          works: async (values) => opensAws(shop.model, values),
          ahead: (ms) => {
            aheadMs = ms;
          },
        }),
      );
    }
  });

  test.each(AWS_SERIES[kind])(
    `of %s: killed at calls of the store and of AWS, one in ${EVERY}`,
    async (operation, floor, every) => {
      await killAtCalls(operation, { lanes, floor, every });
    },
    TIMEOUT_MS,
  );
});
