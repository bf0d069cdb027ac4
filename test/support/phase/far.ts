// The Phase client before a Phase that keeps to the contract but for the faults that a test wants.
import type { ConnectOptions } from '#client/client.js';
import { nodeSend } from '#client/node-send.js';
import { PhaseClient } from '#client/phase.js';
import { Sensitive } from '#core/sensitive.js';
import type { Answer } from '../fake-api.ts';
import { APP, FakePhase, TOKEN } from '../fake-phase.ts';
import { FakeClock } from '../memory-runner.ts';

export const SCOPE = { project: APP, environment: 'production' };
export const AWS = { AWS_IAM_USERNAME: 'q1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x/y' };
export const cut: Answer = (_, response) => response.socket?.destroy();
export type Fault = NonNullable<ConstructorParameters<typeof FakePhase>[1]>;

const started: FakePhase[] = [];
/** For `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const { api } of started.splice(0)) await api.stop();
}

/** A client before a fake Phase, and a way to lease. */
export async function far(fault?: Fault, more: Partial<ConnectOptions> = {}) {
  const clock = new FakeClock();
  const phase = new FakePhase(() => clock.now(), fault);
  started.push(phase);
  await phase.api.start();
  const machine = { send: nodeSend(), clock, random: () => 0, budgetMs: 60_000 };
  const client = new PhaseClient({ ...machine, baseUrl: phase.api.url, token: new Sensitive(TOKEN), ...more });
  const minted: string[] = [];
  const mint = async (dynamic: string, setId?: string) =>
    client.issueLease({
      scope: SCOPE,
      dynamic,
      ttlSec: 900,
      onIssued: ({ id }) => void minted.push(id),
      ...(setId === undefined ? {} : { setId }),
    });
  return { phase, client, clock, minted, mint };
}

/** What a rejection says to a user. */
export const line = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { line: string }) => error.line,
  );
/** A fault for minting requests alone; `earlier` counts those before. */
export const minting: (answer: (phase: FakePhase, earlier: number) => Answer | undefined) => Fault = (answer) => {
  let earlier = 0;
  return (phase, { query }) => (query['lease'] === undefined ? undefined : answer(phase, earlier++));
};
