// What AWS and the line to it may do wrong: every failure is one printable line whose code says whether to try again.
import { randomUUID } from 'node:crypto';
import { classify, type Integration, type Verdict } from '#engine/integrations/integration.js';
import type { AppError } from '#core/errors.js';
import { type AwsShop, localIntegration, startAwsShop } from '../../../support/aws/shop.ts';
import type { Trouble } from '../../../support/aws/model.ts';

let shop: AwsShop;
let integration: Integration;
let slept: number[];
beforeEach(async () => {
  slept = [];
  shop = await startAwsShop();
  integration = localIntegration({ now: Date.now, slept: (ms) => slept.push(ms) });
});
afterEach(() => shop.close());

async function create(data: Record<string, unknown> = shop.data, signal = new AbortController().signal) {
  const planned = integration.plan({
    leaseId: randomUUID(),
    engineId: 'test0001',
    kind: 'aws_sts',
    data,
    parameters: { method: 'assume_role', role_arn: shop.roleArn },
  });
  const at = Date.now();
  const times = { expiresAt: at + 3600_000, hardExpiresAt: at + 3600_000, deadlineAt: at + 20_000 };
  return integration
    .create({ plan: planned.plan, data, ...times }, signal)
    .catch((error: unknown) => error as AppError);
}

const TROUBLES: [string, Trouble['what'], Verdict, { hadNoEffect: boolean }][] = [
  ['throttled for ever', 'throttle', 'throttled', { hadNoEffect: true }],
  ['denied', 'deny', 'permanent', { hadNoEffect: true }],
  ['500', 'fail', 'retryable', { hadNoEffect: false }],
  ['409', 'conflict', 'retryable', { hadNoEffect: true }],
  ['lost before the effect', { lost: 'before' }, 'ambiguous', { hadNoEffect: false }],
  ['lost after the effect', { lost: 'after' }, 'ambiguous', { hadNoEffect: false }],
];

test.each(TROUBLES)('%s', async (_name, what, verdict, effect) => {
  shop.model.trouble({ call: 'sts:AssumeRole', what });
  const error = await create();
  expect(error).toMatchObject({ name: 'AppError', ...effect });
  expect(classify(error)).toBe(verdict);
  expect((error as AppError).line).toMatch(/^[\x20-\x7e]+$/);
  for (const secret of [shop.engine.accessKeyId, shop.engine.secretAccessKey]) {
    expect((error as AppError).line).not.toContain(secret);
  }
});

test('what was throttled is asked for again, with growing pauses', async () => {
  const throttled = [1, 2, 3].map((nth) => ({ call: 'sts:AssumeRole', nth, what: 'throttle' as const }));
  shop.model.trouble(...throttled);
  expect(await create()).toBeInstanceOf(Map);
  expect(slept).toEqual([...slept].sort((a, b) => a - b));
  expect(slept).toHaveLength(3);
});

test('a session is asked for once, when nobody knows whether it was made', async () => {
  shop.model.trouble({ call: 'sts:AssumeRole', nth: 1, what: { lost: 'after' } });
  await create();
  expect(shop.model.calls.filter((call) => call === 'sts:AssumeRole')).toHaveLength(1);
});

test('an answer that is no XML of AWS is no credential', async () => {
  shop.model.trouble({ call: 'sts:AssumeRole', what: 'malformed' });
  expect(await create()).toMatchObject({ name: 'AppError', hadNoEffect: false });
});

test('keys that AWS does not know, or a wrong secret, are told apart from everything else', async () => {
  for (const wrong of [{ access_key_id: 'AKIAAAAAAAAAAAAAAAAA' }, { secret_access_key: 'wrong' }]) {
    const error = await create({ ...shop.data, ...wrong });
    expect(error).toMatchObject({ code: 'ERR_INTEGRATION_FAILED', hadNoEffect: true });
    expect((error as AppError).hint).toContain("integration's keys");
  }
});

test('an endpoint where nobody listens leaves nothing behind', async () => {
  await shop.close();
  expect(await create()).toMatchObject({ code: 'ERR_UNAVAILABLE', hadNoEffect: true });
  shop = await startAwsShop();
});

test('an abort cuts a call that hangs', async () => {
  let release = () => {};
  const hold = new Promise<void>((resolve) => (release = resolve));
  shop.model.trouble({ call: 'sts:AssumeRole', what: { hold } });
  const cut = new AbortController();
  const failing = create(shop.data, cut.signal);
  while (!shop.model.calls.includes('sts:AssumeRole')) await new Promise((resolve) => setImmediate(resolve));
  cut.abort();
  expect(await failing).toMatchObject({ code: 'ERR_TIMEOUT', hadNoEffect: false });
  release();
});

test('an endpoint that is no public address is refused where it was not allowed', async () => {
  const data = { ...shop.data, endpoints: { sts: 'https://10.1.2.3', iam: 'https://169.254.169.254' } };
  expect(await create(data)).toMatchObject({ code: 'ERR_INTEGRATION_FAILED', hadNoEffect: true });
});
