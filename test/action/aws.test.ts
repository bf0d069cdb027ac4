// Leases of AWS credentials: whose they are and whether they work, before anything is handed over; and what they replace.
import { type AwsTerms, blankedBy, checkAws } from '#action/aws.js';
import { DIRECT } from '#client/network.js';
import { nodeSend } from '#client/node-send.js';
import { asAppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { type Answer, FakeApi } from '../support/fake-api.ts';
import { FakeClock, MemoryRunner } from '../support/memory-runner.ts';

const USER = {
  AWS_ACCESS_KEY_ID: 'AKIAABCDEFGHIJKLMNOP',
  AWS_SECRET_ACCESS_KEY: 'leased-secret-key',
  AWS_REGION: 'eu-west-1',
};
const SESSION = {
  AccessKeyId: 'ASIAABCDEFGHIJKLMNOP',
  SecretAccessKey: 'leased-secret-key',
  SessionToken: 'leased-token',
};
const ACCOUNT = '123456789012';
const known: Answer = (_, response) => response.end(`<X><Account>${ACCOUNT}</Account></X>`);
const unknown: Answer = { status: 403 };

async function check(
  fields: Record<string, string>,
  answers: (nth: number) => Answer,
  { stop = new AbortController().signal, sts, ...terms }: Partial<AwsTerms> & { stop?: AbortSignal; sts?: string } = {},
) {
  const api = await new FakeApi((_, earlier) => answers(earlier)).start();
  const runner = new MemoryRunner({}, { AWS_ENDPOINT_URL_STS: sts ?? api.url });
  const clock = new FakeClock();
  const wire = { send: nodeSend(), clock, random: () => 0 };
  const boxed = new Map(Object.entries(fields).map(([name, value]) => [name, new Sensitive(value)]));
  const all = { allowedAccountIds: [], waitUsable: true, network: DIRECT, ...terms };
  const tools = { runner, wire, stop };
  const line = await checkAws(tools, [{ dynamic: 'AWS', fields: boxed }], all).then(
    () => '',
    (error: unknown) => asAppError(error).line,
  );
  await api.stop();
  const said = JSON.stringify([line, runner.calls]);
  for (const secret of Object.values(fields).filter((one) => one.startsWith('leased-')))
    expect(said).not.toContain(secret);
  return { line, asked: api.seen.length, warnings: runner.said('warning'), slept: clock.slept.length };
}

test('the key of a new user is handed over after three successes in a row', async () => {
  const order = [unknown, known, unknown, known, known, known];
  expect(await check(USER, (nth) => order[nth] ?? unknown)).toMatchObject({ line: '', asked: 6, warnings: [] });
});

test('a key that does not work in half a minute is handed over with a warning', async () => {
  const { line, warnings, asked } = await check(USER, () => unknown);
  expect([line, warnings]).toEqual(['', [expect.stringMatching(/key of AWS does not work everywhere yet/)]]);
  expect(asked).toBeGreaterThan(10);
});

test('a session works at once, and nobody is asked; nor where waiting is off, nor for what is not AWS', async () => {
  expect((await check(SESSION, () => known)).asked).toBe(0);
  expect((await check(USER, () => known, { waitUsable: false })).asked).toBe(0);
  expect((await check({ DB_PASSWORD: 'leased-password' }, () => known, { allowedAccountIds: [ACCOUNT] })).asked).toBe(
    0,
  );
});

test('an allowed account passes, after one question for a session', async () => {
  expect(await check(SESSION, () => known, { allowedAccountIds: ['999999999999', ACCOUNT] })).toMatchObject({
    line: '',
    asked: 1,
  });
});

test.each([
  ['another account', SESSION, known, /is of AWS account 123456789012\. List that account/],
  ['an account that cannot be told', SESSION, unknown, /cannot be told/],
  ['an STS that answers something else', SESSION, { status: 200, body: {} }, /did not say whose/],
  [
    'credentials under names that nobody knows',
    { MY_KEY: 'AKIAABCDEFGHIJKLMNOP', MY_SECRET: 'leased-x' },
    known,
    /cannot be told/,
  ],
] as const)('%s is refused where accounts are restricted', async (_, fields, answer, text) => {
  expect((await check(fields, () => answer, { allowedAccountIds: ['999999999999'] })).line).toMatch(text);
});

test('an STS that cannot be asked is a warning where nothing depends on it', async () => {
  const { line, warnings } = await check(USER, () => ({ status: 200, body: {} }));
  expect([line, warnings]).toEqual([
    '',
    [expect.stringMatching(/^Whether a new AWS key works already could not be checked/)],
  ]);
});

test.each(['nowhere', 'http://sts.example'])('an address of STS like %s is named, and not asked', async (sts) => {
  const { line, asked } = await check(SESSION, () => known, { allowedAccountIds: [ACCOUNT], sts });
  expect([line, asked]).toEqual(['AWS_ENDPOINT_URL_STS is not an https address: correct it, or unset it.', 0]);
});

test('a job that is cancelled meanwhile hears nothing of an STS that was not waited for', async () => {
  for (const allowedAccountIds of [[], [ACCOUNT]]) {
    const cancelled = new AbortController();
    const { line, warnings } = await check(USER, () => () => cancelled.abort(), {
      ...{ allowedAccountIds, stop: cancelled.signal },
    });
    expect([line, warnings]).toEqual(['', []]);
  }
});

test('a leased key blanks what would stand over it, and only where it is set', () => {
  const runner = new MemoryRunner({}, { AWS_PROFILE: 'old', AWS_SESSION_TOKEN: 'old', AWS_SECURITY_TOKEN: '' });
  expect(blankedBy(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], runner)).toEqual([
    'AWS_SESSION_TOKEN',
    'AWS_PROFILE',
  ]);
  expect(blankedBy(['AWS_ACCESS_KEY_ID', 'AWS_SESSION_TOKEN'], runner)).toEqual(['AWS_PROFILE']);
  expect(blankedBy(['DB_URL'], runner)).toEqual([]);
});
