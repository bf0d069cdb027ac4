// SIGKILL at every call of the AWS kinds, then a restart: what AWS lets anybody use are the live leases, every time.
import type { Clock } from '#core/clock.js';
import { startAwsShop } from '../../support/aws/shop.ts';
import { AWS_CASES, opensAws } from '../../support/killpoints/aws-cases.ts';
import { folderLane } from '../../support/killpoints/folder-lane.ts';
import { type Operation, prepareFolder } from '../../support/killpoints/round.ts';
import { type Floor, killSeries, type Lane } from '../../support/killpoints/series.ts';
import { systemClock } from '../../support/leasing/clocks.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const LANES = 2;
/** Beyond the settle time of IAM: one "not found" then counts. */
const LATER_MS = 10 * 60_000;

const FLOORS: Record<keyof typeof AWS_CASES, Partial<Record<Operation, Floor>>> = {
  aws_iam_user: {
    issue: { points: 16, answers: 5 },
    renew: { points: 10, answers: 2 },
    revoke: { points: 24, answers: 8 },
    sweep: { points: 20, answers: 8 },
  },
  aws_sts: { issue: { points: 10, answers: 2 }, revoke: { points: 16, answers: 3 } },
};

describe.each(['aws_iam_user', 'aws_sts'] as const)('%s', (kind) => {
  const { dynamicSecret, ceiling, external } = AWS_CASES[kind];
  const lanes: Lane[] = [];
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    for (let lane = 0; lane < LANES; lane += 1) {
      let ahead = 0;
      const now = () => Date.now() + ahead;
      const shop = await startAwsShop({ now });
      const proxy = await startTcpProxy({ host: '127.0.0.1', port: shop.model.port });
      const endpoint = `http://127.0.0.1:${proxy.port}`;
      const data = { ...shop.data, endpoints: { sts: endpoint, iam: endpoint } };
      const template = await prepareFolder({ integration: { type: 'aws', data, ceiling }, dynamicSecret });
      const clock: Clock = { ...systemClock, now };
      lanes.push(
        folderLane({
          proxy,
          template,
          external: async (engineId) => external(shop.model, engineId).sort(),
          works: async (values) => opensAws(shop.model, values),
          restart: () => {
            ahead = LATER_MS;
            return { clock, over: () => void (ahead = 0) };
          },
        }),
      );
      closing.push(
        () => proxy.close(),
        () => shop.close(),
      );
    }
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  killSeries(FLOORS[kind], () => lanes);
});
