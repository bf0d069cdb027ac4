// Which leases of a job renew themselves through an AWS profile, and what their profiles need for it.
import type { Network } from '#client/network.js';
import { awsCredentialsOf } from '../aws.ts';
import { trustDigest } from '../handoff.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { IssuedHere } from '../lease-run.ts';
import { leasedName } from '../naming.ts';
import type { Runner } from '../runner.ts';
import { type Answer, writeAnswer } from './answer.ts';
import { type Brief, type OpenNetwork, writeBrief } from './brief.ts';

/** A profile that asks a process of ours, in place of keys. */
export type RenewingProfile = {
  readonly leaseId: string;
  /** What stands before the AWS names of its values. */
  readonly prefix: string;
  readonly brief: string;
  /** The credentials that main leased. */
  readonly answer: Answer;
};

export type RenewingJob = {
  readonly runner: Pick<Runner, 'variable'>;
  readonly inputs: Pick<Inputs, 'backend' | 'apiUrl' | 'credential' | 'file' | 'run' | 'leasing'>;
  readonly network: Network;
  /** k2, towards an engine; a cloud knows no sets. */
  readonly setId: string | undefined;
  readonly leases: readonly IssuedHere[];
  readonly now: number;
};

const KEY = 'AWS_ACCESS_KEY_ID';

/**
 * AWS sessions that go to a profile of a job that signs in as an identity: a later step can sign in again. Not with a
 * script, whose lease ends with it, and not where the way to the engine takes a secret that the step would not have.
 */
export function renewingProfiles(job: RenewingJob): RenewingProfile[] {
  const { inputs, setId, leases, runner, now } = job;
  const { credential, file, run, leasing, backend, apiUrl } = inputs;
  const network = openNetwork(job.network);
  const isAsked = leasing.renew && file?.format === 'aws-profile' && !run;
  if (!isAsked || !network || setId === undefined || !('identity' in credential)) return [];
  const trust = trustDigest(runner, { setId, proxied: true }, job.network);
  const { allowedAccountIds } = leasing;
  const until = now + leasing.renewForSec * 1000;
  return leases.flatMap((lease) => {
    const { dynamic, project, config, path, ttlSec, expiresAt } = lease;
    const prefix = prefixOf(lease);
    const found = awsCredentialsOf(lease);
    if (prefix === undefined || !found?.credentials.sessionToken) return [];
    const { identity, audience = null } = credential;
    const terms = { dynamic, ttlSec, setId, until, allowedAccountIds, network, trust };
    const scope = { project, config, ...(path === undefined ? {} : { path }) };
    const brief: Brief = { backend, apiUrl, identity, audience, scope, ...terms };
    const answer = writeAnswer(found.credentials, expiresAt);
    return { leaseId: lease.id, prefix, brief: writeBrief(brief), answer };
  });
}

function prefixOf({ dynamic, fields, prefix }: IssuedHere): string | undefined {
  const names = [...fields.keys()].map((field) => leasedName(dynamic, field, prefix));
  return names.find((name) => name.endsWith(KEY))?.slice(0, -KEY.length);
}

/** Undefined when a secret is part of it. */
function openNetwork({ proxy, client, ...rest }: Network): OpenNetwork | undefined {
  const address = proxy && new URL(proxy.reveal());
  if (client || address?.username || address?.password) return undefined;
  return { ...rest, proxy: proxy?.reveal() ?? null };
}
