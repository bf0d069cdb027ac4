// SIGKILL at every call of the AWS kinds, then a restart: what AWS lets anybody use are the live leases, every time.
import type { Clock } from '#core/clock.js';
import { systemClock } from '../../support/leasing/clocks.ts';
import type { AwsModel, Credentials } from '../../support/aws/model.ts';
import { startAwsShop } from '../../support/aws/shop.ts';
import { type Declaration, prepareFolder, type Values } from '../../support/killpoints/round.ts';
import { type Floor, killSeries, type Lane } from '../../support/killpoints/series.ts';
import type { Operation } from '../../support/killpoints/round.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const LANES = 2;
/** Beyond the settle time of IAM: one "not found" then counts. */
const LATER_MS = 10 * 60_000;
const OBJECT = 'arn:aws:s3:::shop/x';

type Case = {
  dynamicSecret: Declaration['dynamicSecret'];
  ceiling: Record<string, unknown>;
  external(model: AwsModel, engineId: string): string[];
  floors: Partial<Record<Operation, Floor>>;
};

const CASES: Record<'aws_iam_user' | 'aws_sts', Case> = {
  aws_iam_user: {
    dynamicSecret: { kind: 'aws_iam_user', parameters: { policy_arns: ['arn:aws:iam::123456789012:policy/read'] } },
    ceiling: { policy_arns: ['arn:aws:iam::123456789012:policy/read'] },
    external: (model, engineId) =>
      [...model.account.users.values()].map(({ name }) => name).filter((name) => name.startsWith(`lease-${engineId}-`)),
    floors: {
      issue: { points: 16, answers: 5 },
      renew: { points: 10, answers: 2 },
      revoke: { points: 24, answers: 8 },
      sweep: { points: 20, answers: 8 },
    },
  },
  aws_sts: {
    dynamicSecret: {
      kind: 'aws_sts',
      parameters: { role_arn: 'arn:aws:iam::123456789012:role/deploy', hard_revoke: true },
    },
    ceiling: { role_arns: ['arn:aws:iam::123456789012:role/deploy'] },
    external: (model, engineId) =>
      [...model.account.sessions.values()]
        .filter(({ name }) => name.startsWith(`lease-${engineId}-`))
        .filter(({ keyId: accessKeyId, secret: secretAccessKey, token: sessionToken }) =>
          isUsable(model, { accessKeyId, secretAccessKey, sessionToken }),
        )
        .map(({ name }) => name),
    floors: { issue: { points: 10, answers: 2 }, revoke: { points: 16, answers: 3 } },
  },
};

describe.each(Object.entries(CASES))('%s', (_kind, { dynamicSecret, ceiling, external, floors }) => {
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
      lanes.push({
        proxy,
        template,
        external: async (engineId) => external(shop.model, engineId).sort(),
        works: async (values) => isUsable(shop.model, credentialsOf(values)),
        restart: () => {
          ahead = LATER_MS;
          return { clock, over: () => void (ahead = 0) };
        },
      });
      closing.push(
        () => proxy.close(),
        () => shop.close(),
      );
    }
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  killSeries(floors, () => lanes);
});

function isUsable(model: AwsModel, credentials: Credentials): boolean {
  return model.may(credentials, 's3:GetObject', OBJECT) === 'yes';
}

function credentialsOf(values: Values): Credentials {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = values;
  const keys = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return AWS_SESSION_TOKEN === undefined ? keys : { ...keys, sessionToken: AWS_SESSION_TOKEN };
}
