// The life of both AWS kinds on one account, step by step: what the contracts only remember is looked at here.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import type { Kind } from '#core/kinds.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Declared, Integration, Planned } from '#engine/integrations/integration.js';

/** `yes`: sts:GetAccessKeyInfo is allowed; `no`: it is denied; `unknown`: AWS does not take the credentials at all. */
export type Probe = (fields: ReadonlyMap<string, Sensitive>) => Promise<'yes' | 'no' | 'unknown'>;

export type Live = {
  integration: Integration;
  data: Declared;
  /** A role of the account that may be assumed and allows sts:GetAccessKeyInfo; without one no session is leased. */
  roleArn: string | undefined;
  probe: Probe;
  clock: Clock;
  tell(line: string): void;
};

const ENGINE_ID = 'live0001';
const SECOND = 1000;
const PATIENCE_SEC = 120;
const RIGHTS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['sts:GetAccessKeyInfo', 'iam:ListUsers'], Resource: '*' }],
};

/** Tells a line for each step. Answers whether all went as promised; everything that was made is taken away. */
export async function lifecycle(live: Live): Promise<boolean> {
  const verdicts = [await user(live)];
  if (live.roleArn === undefined) live.tell('session NOT RUN: no role was given (AWS_LIVE_ROLE_ARN)');
  else verdicts.push(await session(live, live.roleArn));
  return verdicts.every(Boolean);
}

async function user(live: Live): Promise<boolean> {
  const { integration, data, clock } = live;
  const planned = plan(live, 'aws_iam_user', { policy: RIGHTS });
  const target = { plan: planned.plan, data };
  try {
    const fields = await create(live, planned, 30 * SECOND);
    const isUsable = await becomes(live, 'user usable', fields, 'yes');
    await integration.extend?.({ ...target, expiresAt: clock.now() + 90 * SECOND }, signal());
    live.tell('user renewed');
    // Beyond the end that it was made with, and what is given for clocks that differ.
    await clock.sleep(65 * SECOND);
    const outlived = await becomes(live, 'user still usable after its first end', fields, 'yes');
    const died = await becomes(live, 'user dead by itself', fields, 'no');
    await integration.revoke({ ...target, expiresAt: clock.now() }, signal());
    const isGone = await becomes(live, 'user unknown after revoke', fields, 'unknown');
    return isUsable && outlived && died && isGone;
  } finally {
    await integration.revoke({ ...target, expiresAt: clock.now() }, signal());
  }
}

async function session(live: Live, roleArn: string): Promise<boolean> {
  const { integration, data, clock } = live;
  const planned = plan(live, 'aws_sts', { role_arn: roleArn, hard_revoke: true });
  const expiresAt = clock.now() + 900 * SECOND;
  const fields = await create(live, planned, 900 * SECOND);
  const isUsable = await becomes(live, 'session usable', fields, 'yes');
  await integration.revoke({ plan: planned.plan, data, expiresAt }, signal());
  const isDenied = await becomes(live, 'session denied after hard revoke', fields, 'no');
  live.tell(`a deny is left on ${roleArn}: the next hard revoke after ${new Date(expiresAt).toISOString()} removes it`);
  return isUsable && isDenied;
}

function plan({ integration, data }: Live, kind: Kind, parameters: object): Planned {
  const checked = integration.checkParameters(kind, parameters);
  if (checked.problems.length > 0) throw new Error(checked.problems.join(' '));
  return integration.plan({ leaseId: randomUUID(), engineId: ENGINE_ID, kind, data, parameters: checked.value });
}

function create({ integration, data, clock }: Live, { plan: written }: Planned, ttlMs: number) {
  const now = clock.now();
  const times = { expiresAt: now + ttlMs, hardExpiresAt: now + ttlMs, deadlineAt: now + 60 * SECOND };
  return integration.create({ plan: written, data, ...times }, signal());
}

/** Asks every second until AWS says so three times in a row, since its places learn one after the other. */
async function becomes(
  { probe, clock, tell }: Live,
  what: string,
  fields: ReadonlyMap<string, Sensitive>,
  wanted: Awaited<ReturnType<Probe>>,
): Promise<boolean> {
  const start = clock.now();
  let inARow = 0;
  while (inARow < 3 && clock.now() - start < PATIENCE_SEC * SECOND) {
    inARow = (await probe(fields)) === wanted ? inARow + 1 : 0;
    await clock.sleep(SECOND);
  }
  const took = `${Math.round((clock.now() - start) / SECOND)} s`;
  tell(`${what} ${inARow === 3 ? 'ok' : 'FAILED'} (${took})`);
  return inARow === 3;
}

function signal(): AbortSignal {
  return new AbortController().signal;
}
