// What is asked of AWS again: where a repetition is safe, with growing pauses that differ, and never once it is over.
import { AppError } from '#core/errors.js';
import { AwsError, type AwsSession, type CallName } from '#engine/integrations/aws/calls.js';
import { type Patience, persistent } from '#engine/integrations/aws/persistent.js';

const PAUSES = [200, 400, 800, 1600, 3200, 4000, 4000];
const NEW_CREDENTIAL: readonly CallName[] = [
  'iam:CreateAccessKey',
  'iam:CreateUser',
  'sts:AssumeRole',
  'sts:GetFederationToken',
];

let slept: number[];
beforeEach(() => {
  slept = [];
});

type Failure = { code?: string; status?: number; sent?: boolean; cause?: unknown };

/** Answers how often `name` was asked while it failed so `times` times, and whether it was answered in the end. */
async function ask(name: CallName, failure: Failure, more: Partial<Patience> & { times?: number } = {}) {
  const { times = 1, ...patience } = more;
  let asked = 0;
  const session = {
    call: async () => {
      asked += 1;
      if (asked <= times) throw new AwsError('planted', { call: name, sent: true, ...failure });
      return {};
    },
    end: () => undefined,
  } as unknown as AwsSession;
  const sleep = async (ms: number) => void slept.push(ms);
  const signal = new AbortController().signal;
  const answered = await persistent(session, { sleep, random: () => 0.5, signal, ...patience })
    .call(name, {} as never)
    .then(
      () => true,
      () => false,
    );
  return { asked, answered };
}

const AGAIN = { asked: 2, answered: true };
const ONCE = { asked: 1, answered: false };
const THROTTLED = { code: 'Throttling', status: 400 };

test.each<[string, Failure]>([
  ['a line that broke', { status: 0 }],
  ['a failure of AWS', { code: 'ServiceFailure', status: 500 }],
  ['a change by somebody else', { code: 'ConcurrentModification', status: 409 }],
  ['a thing that is being changed', { code: 'EntityTemporarilyUnmodifiable', status: 409 }],
])('%s: asked again, but for what makes a credential', async (_, failure) => {
  expect(await ask('iam:DeleteUser', failure)).toEqual(AGAIN);
  for (const name of NEW_CREDENTIAL) expect(await ask(name, failure)).toEqual(ONCE);
});

test('a throttled call has had no effect, and is asked again whatever it is', async () => {
  for (const name of ['iam:DeleteUser' as const, ...NEW_CREDENTIAL]) expect(await ask(name, THROTTLED)).toEqual(AGAIN);
  expect(await ask('iam:DeleteUser', { code: 'SlowDown', status: 429 })).toEqual(AGAIN);
});

test.each<[string, Failure]>([
  ['a refusal', { code: 'AccessDenied', status: 403 }],
  ['what is not there', { code: 'NoSuchEntity', status: 404 }],
  ['a conflict that others must solve', { code: 'DeleteConflict', status: 409 }],
  ['what was not sent, since we may not', { sent: false, cause: new AppError('ERR_UNAVAILABLE', 'Too late.') }],
])('%s: asked once', async (_, failure) => {
  expect(await ask('iam:DeleteUser', failure)).toEqual(ONCE);
});

test('what has just been made is worth another look', async () => {
  expect(await ask('iam:AttachUserPolicy', { code: 'NoSuchEntity', status: 404 }, { isFresh: true })).toEqual(AGAIN);
});

test('the pauses grow, and those who were throttled together come back apart', async () => {
  expect(await ask('iam:DeleteUser', THROTTLED, { times: 100, random: () => 0 })).toEqual({
    asked: 8,
    answered: false,
  });
  expect(slept).toEqual(PAUSES.map((ms) => ms / 2));
  slept = [];
  await ask('iam:DeleteUser', THROTTLED, { times: 100, random: () => 1 });
  expect(slept).toEqual(PAUSES.map((ms) => ms * 1.5));
});

test('nothing is asked again when its time is over', async () => {
  expect(await ask('iam:DeleteUser', THROTTLED, { signal: AbortSignal.abort() })).toEqual(ONCE);
  expect(slept).toEqual([]);
});
