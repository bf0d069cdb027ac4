// The integration type `aws`: leases sessions of roles, federation tokens, and IAM users.
import { withoutEffect } from '#core/errors.js';
import { latestEnd } from '#core/lease.js';
import type { Declared, Integration, Target } from '../integration.ts';
import type { Aws, AwsSession, Opening } from './calls.ts';
import { checkData, readConnection } from './connection.ts';
import { awsFault } from './faults.ts';
import { createUser, isThere, leftNoUser } from './iam-user/create.ts';
import { extendUser } from './iam-user/extend.ts';
import { listUsers } from './iam-user/list.ts';
import { revokeUser } from './iam-user/revoke.ts';
import { roleOf } from './names.ts';
import { aboveCeiling, checkCeiling, checkParameters, lifetime } from './parameters.ts';
import { type Patience, persistent } from './persistent.ts';
import { type AwsPlan, connectionOf, planLease, readPlan } from './plans.ts';
import { createSession, isInAccount, leftNoSession, removeSpentDenies, revokeSession } from './sts.ts';

export type AwsParts = {
  aws: Aws;
  /** The engine's clock, the one that expiries and deadlines are given in. */
  now: () => number;
  sleep: Patience['sleep'];
  random: Patience['random'];
};

/**
 * IAM has no lock that create and revoke could share. A create sends nothing after its deadline, and AWS takes no
 * request whose signature is five minutes old: after the kind's settle time nothing of it can arrive any more.
 */
export function createAwsIntegration({ aws, now, sleep, random }: AwsParts): Integration {
  const using = async <Result>(
    opening: Opening & { isFresh?: boolean },
    work: (session: AwsSession) => Promise<Result>,
  ): Promise<Result> => {
    const { signal, isFresh = false } = opening;
    const session = await aws.open(opening);
    try {
      return await work(persistent(session, { sleep, random, signal, isFresh }));
    } finally {
      session.end();
    }
  };
  const faulted = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw awsFault(error);
    }
  };
  const opened = ({ plan: written, data }: Target, signal: AbortSignal) => {
    const plan = readPlan(written);
    return { plan, opening: { connection: connectionOf(plan, data), signal } };
  };
  return {
    type: 'aws',
    kinds: ['aws_sts', 'aws_iam_user'],
    checkData,
    checkCeiling,
    checkParameters,
    aboveCeiling,
    lifetime,
    plan: planLease,
    create: async ({ deadlineAt, expiresAt, hardExpiresAt, ...target }, signal) => {
      const { plan, opening } = opened(target, signal);
      try {
        return await using({ ...opening, deadlineAt, isFresh: plan.kind === 'aws_iam_user' }, (session) =>
          plan.kind === 'aws_iam_user'
            ? createUser(session, { plan, expiresAt, hardExpiresAt })
            : createSession(session, plan, { now, expiresAt }),
        );
      } catch (error) {
        const leftNothing = plan.kind === 'aws_iam_user' ? leftNoUser(error) : leftNoSession(error);
        throw leftNothing ? withoutEffect(awsFault(error)) : awsFault(error);
      }
    },
    revoke: async ({ expiresAt, ...target }, signal) => {
      const { plan, opening } = opened(target, signal);
      if (plan.kind === 'aws_sts' && !plan.hardRevoke) return 'done';
      return faulted(
        using(opening, (session) =>
          plan.kind === 'aws_iam_user'
            ? revokeUser(session, plan)
            : revokeSession(session, plan, { now, endsAt: latestEnd(expiresAt) }),
        ),
      );
    },
    extend: async ({ expiresAt, ...target }, signal) => {
      const { plan, opening } = opened(target, signal);
      if (plan.kind === 'aws_iam_user')
        await faulted(using(opening, (session) => extendUser(session, plan, expiresAt)));
    },
    outlivesRevoke: (plan: Declared) => isLasting(readPlan(plan)),
    leavesAt: (plan: Declared) => deniesAt(readPlan(plan)),
    tidy: async (target, signal) => {
      const { plan, opening } = opened(target, signal);
      if (plan.kind === 'aws_sts' && plan.hardRevoke)
        await faulted(using(opening, (session) => removeSpentDenies(session, plan, now())));
    },
    foundAt: (plan: Declared) => foundAt(readPlan(plan)),
    finds: async (target, signal) => {
      const { plan, opening } = opened(target, signal);
      return faulted(
        using(opening, (session) =>
          plan.kind === 'aws_iam_user' ? isThere(session, plan) : isInAccount(session, plan),
        ),
      );
    },
    // AWS tells nobody which sessions there are.
    listedKinds: ['aws_iam_user'],
    list: ({ engineId, data }, signal) =>
      faulted(using({ connection: readConnection(data), signal }, (session) => listUsers(session, engineId))),
  };
}

function isLasting(plan: AwsPlan): boolean {
  return plan.kind === 'aws_sts' && !plan.hardRevoke;
}

/** Users by being seen, and denies by the account of their role, always as the role that the plan works as. */
function foundAt(plan: AwsPlan): string | undefined {
  const as = plan.role?.arn ?? 'itself';
  if (plan.kind === 'aws_iam_user') return `users ${as}`;
  if (!plan.hardRevoke || plan.roleArn === undefined) return undefined;
  return `${roleOf(plan.roleArn).account} ${as}`;
}

/** Denies stand in the role, under names that begin with the engine's prefix. */
function deniesAt(plan: AwsPlan): string | undefined {
  if (plan.kind !== 'aws_sts' || !plan.hardRevoke || plan.roleArn === undefined) return undefined;
  return `${plan.roleArn} ${plan.prefix}`;
}
