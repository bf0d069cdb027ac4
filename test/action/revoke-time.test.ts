// Post's time: a job that is over waits 25 seconds at most for the ends of its leases, and hears what was left.
import { type Handoff, saveHandoff } from '#action/handoff.js';
import { revoke } from '#action/revoke.js';
import { connectWith } from '#client/connect.js';
import { DIRECT } from '#client/network.js';
import type { Outcome, SendRequest } from '#client/send.js';
import { newLeaseHandle } from '#core/lease-handle.js';
import { FakeClock, MemoryRunner, noProcesses } from '../support/memory-runner.ts';

const HANDLE = newLeaseHandle();
const API = 'https://api.example';
const START = Date.UTC(2026, 0, 1);

type Far = (request: SendRequest, clock: FakeClock) => Outcome;

/** Takes a connection and never says a word, until whoever asks gives up. */
const silent: Far = ({ idleMs, totalMs }, clock) => {
  clock.time += Math.min(idleMs, totalMs);
  return { failure: { kind: 'timeout', mayHaveArrived: true, code: 'IDLE_TIMEOUT' } };
};

/** Says after a while that it is not done yet. */
const slow: Far = ({ totalMs }, clock) => {
  clock.time += Math.min(4_000, totalMs);
  const lease = { id: 'l1', dynamic_secret: 'DB', state: 'revoking', expires_at: '2026-01-01T00:30:00.000Z' };
  const text = JSON.stringify({ success: true, leases: [lease], revoked: 0, left: 1 });
  return { answer: { status: 202, headers: {}, text } };
};

const busy: Far = ({ totalMs }, clock) => {
  clock.time += Math.min(3_000, totalMs);
  return { answer: { status: 503, headers: { 'retry-after': '2' }, text: '' } };
};

const lease = { dynamic: 'DB', project: 'app', config: 'dev', id: 'l1', expiresAt: START + 1_800_000 };
const byHandle = { revokeKey: HANDLE.revokeKey, leases: [lease] };
const byId = { leases: [lease, { ...lease, id: 'l2' }] };
const doubtful = { ...byId, doubt: { since: START, asks: [lease, lease, lease] } };
const identity = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/?v=1',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
};

test.each<[string, Far, Partial<Handoff>, Record<string, string>]>([
  ['an engine that says nothing', silent, byHandle, {}],
  ['an engine that is still at it', slow, byHandle, {}],
  ['an engine that is busy', busy, byHandle, {}],
  ['a cloud that says nothing', silent, byId, { token: 'dp.st.dev.token' }],
  ['a cloud that is busy', busy, byId, { token: 'dp.st.dev.token' }],
  [
    'a Phase that says nothing',
    silent,
    { ...doubtful, backend: 'phase' },
    { token: `ServiceAccount ${'a'.repeat(64)}` },
  ],
  ['a token service that says nothing', silent, byId, { identity: '0f0c4e3a-6b0e-4a0e-9a51-0d6b1f5a8a11' }],
])('%s', async (_, far, handoff, who) => {
  const clock = new FakeClock();
  let asked = 0;
  const send = async (request: SendRequest) => {
    asked += 1;
    return far(request, clock);
  };
  const { backend = 'doppler' } = handoff;
  const runner = new MemoryRunner({ 'api-url': API, backend, ...who }, identity);
  const usual = { apiUrl: API, setId: HANDLE.setId, asked: ['DB'], until: START + 2_400_000, proxied: false };
  const none = { revokeKey: undefined, leases: [], doubt: null, renewedSec: null, keeper: null };
  saveHandoff(runner, { ...none, ...usual, backend, ...handoff }, DIRECT);
  const wire = { send, clock, random: () => 0.999 };
  await revoke({ runner, connect: connectWith(wire), wire, openProcesses: async () => noProcesses });
  expect(asked).toBeGreaterThan(0);
  expect(clock.now() - START).toBeLessThanOrEqual(25_000);
  expect([runner.failed, runner.said('warning').length]).toEqual([false, 1]);
  expect(runner.said('warning')[0]).toMatch(/expires 2026-01-01T00:30|did not answer in time/);
});
