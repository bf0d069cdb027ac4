// Sending: what is tried again, how long it waits, and when it gives up.
import { Http, type HttpOptions, retryAfterSec } from '#client/http.js';
import { failureError } from '#client/problem.js';
import type { Outcome, SendFailure, SendRequest } from '#client/send.js';
import { FakeClock } from '../support/memory-runner.ts';

const REQUEST = { method: 'GET', target: '/v3/me', headers: {} };
const ok: Outcome = { answer: { status: 200, headers: {}, text: '{}' } };
const failed = (kind: SendFailure['kind'], mayHaveArrived = true): Outcome => ({
  failure: { kind, mayHaveArrived, code: 'X' },
});
const status = (code: number, headers: Record<string, string> = {}): Outcome => ({
  answer: { status: code, headers, text: '' },
});

function http(outcomes: Outcome[], options: Partial<HttpOptions> = {}) {
  const clock = new FakeClock();
  const sent: SendRequest[] = [];
  const send = async (request: SendRequest) => {
    sent.push(request);
    return outcomes.shift() ?? ok;
  };
  const client = new Http({ send, clock, random: () => 0.5, baseUrl: 'https://api', budgetMs: 60_000, ...options });
  return { client, sent, clock };
}

test.each([408, 429, 500, 502, 503])('tries a safe request again after %d', async (code) => {
  const { client, sent } = http([status(code), ok]);
  expect(await client.safe(REQUEST)).toBe(ok);
  expect(sent).toHaveLength(2);
});

test.each(['dns', 'connect', 'timeout', 'cut'] as const)('tries a safe request again after %s', async (kind) => {
  const { client, sent } = http([failed(kind), ok]);
  expect(await client.safe(REQUEST)).toBe(ok);
  expect(sent).toHaveLength(2);
});

test.each(['tls', 'client-certificate', 'aborted', 'too-large', 'not-utf8', 'not-allowed'] as const)(
  'lets %s stand',
  async (kind) => {
    const { client, sent } = http([failed(kind)]);
    await client.safe(REQUEST);
    expect(sent).toHaveLength(1);
  },
);

test.each([200, 301, 400, 401, 403, 404])('lets %d stand', async (code) => {
  const { client, sent } = http([status(code)]);
  await client.safe(REQUEST);
  expect(sent).toHaveLength(1);
});

test('backs off with full jitter and gives up after five attempts', async () => {
  const { client, sent, clock } = http(Array.from({ length: 9 }, () => status(503)));
  expect(await client.safe(REQUEST)).toEqual(status(503));
  expect(sent).toHaveLength(5);
  expect(clock.slept).toEqual([250, 500, 1000, 2000]);
});

test('waits as long as it is asked to, in seconds or until a date, and a little longer so as not to come with the others', async () => {
  const date = new Date(Date.UTC(2026, 0, 1, 0, 0, 10)).toUTCString();
  const { client, clock } = http([status(429, { 'retry-after': '3' }), status(503, { 'retry-after': date }), ok]);
  await client.safe(REQUEST);
  expect(clock.slept).toEqual([3250, 7250]);
});

test('does not wait past its deadline', async () => {
  const { client, sent, clock } = http([status(429, { 'retry-after': '30' })], { budgetMs: 10_000 });
  expect(await client.safe(REQUEST)).toMatchObject({ answer: { status: 429 } });
  expect([sent.length, clock.slept.length]).toEqual([1, 0]);
});

test('gives each request no more than what is left, and sends none when nothing is', async () => {
  const { client, sent, clock } = http([]);
  clock.time += 59_000;
  await client.safe(REQUEST);
  expect(sent[0]?.totalMs).toBe(1000);
  clock.time += 1000;
  expect(await client.safe(REQUEST)).toEqual({
    failure: { kind: 'timeout', mayHaveArrived: false, code: 'DEADLINE' },
  });
  expect(sent).toHaveLength(1);
});

test('stops waiting when it is cancelled', async () => {
  const stop = new AbortController();
  const { client, sent } = http([status(503)], { signal: stop.signal });
  stop.abort();
  await client.safe(REQUEST);
  expect(sent).toHaveLength(1);
});

test('believes at most a minute of Retry-After and nothing that is neither number nor date', () => {
  const answer = (text: string) => ({ status: 429, headers: { 'retry-after': text }, text: '' });
  expect(retryAfterSec(answer('9999'), 0)).toBe(60);
  expect(retryAfterSec(answer('Thu, 01 Jan 1970 00:00:00 GMT'), 5000)).toBe(0);
  expect(retryAfterSec(answer('soon'), 0)).toBeUndefined();
  expect(retryAfterSec(answer('-1'), Date.now())).not.toBe(-1);
});

test('names host, cause and remedy of a failure', () => {
  const error = failureError({ kind: 'dns', mayHaveArrived: false, code: 'ENOTFOUND' }, 'api.example');
  expect(error.line).toBe(
    'api.example could not be found by name (ENOTFOUND). Check api-url and the name resolution of this runner.',
  );
});

test.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'connect', 'does not speak TLS at this port'],
  ['NOT_HTTP', 'cut', 'does not speak HTTP at this port'],
] as const)('%s says what is wrong, and does not send anybody to try again', (code, kind, text) => {
  const error = failureError({ kind, mayHaveArrived: true, code }, 'api.example');
  expect(error.line).toBe(`api.example ${text} (${code}). Check scheme and port of api-url.`);
});
