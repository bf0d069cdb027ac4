// What is particular to a lease of AWS credentials: whose they are, from when on they work, and what they replace.
import { type CallerIdentity, getCallerIdentity } from '#client/sts.js';
import type { AwsCredentials } from '#client/sigv4.js';
import type { Network } from '#client/network.js';
import type { Wire } from '#client/http.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { leasedName } from './naming.ts';
import type { Runner } from './runner.ts';

/** Fields of one lease, under the names of the answer. */
export type LeasedFields = { readonly dynamic: string; readonly fields: ReadonlyMap<string, Sensitive> };

export type AwsTools = {
  readonly runner: Pick<Runner, 'variable' | 'warning'>;
  readonly wire: Wire;
  readonly stop: AbortSignal;
};
export type AwsTerms = {
  readonly allowedAccountIds: readonly string[];
  readonly waitUsable: boolean;
  readonly network: Network;
};

type Found = { readonly dynamic: string; readonly credentials: AwsCredentials; readonly region: string };

/** contracts/leases.md A6: IAM tells one of its servers after the other, so one success is none. */
const SUCCESSES = 3;
const USABLE_MS = 30_000;
const PAUSE_MS = 1_000;
const ASK_MS = 10_000;

/**
 * Holds what the inputs say of AWS leases: their account is an allowed one, and a new user's key works.
 * @throws AppError ERR_ACCESS_DENIED for another account, or one that cannot be told
 */
export async function checkAws(tools: AwsTools, leases: readonly LeasedFields[], terms: AwsTerms): Promise<void> {
  await Promise.all(
    leases.map(async (lease) => {
      if (!holdsAccessKey(lease)) return;
      const found = awsCredentialsOf(lease);
      const restricted = terms.allowedAccountIds.length > 0;
      if (!found) {
        if (restricted) throw untold(lease.dynamic);
        return;
      }
      // The key of an IAM user; a session is known everywhere at once.
      const isNew = terms.waitUsable && found.credentials.accessKeyId.startsWith('AKIA');
      if (isNew || restricted)
        await checkOne(tools, found, terms, isNew ? SUCCESSES : 1).catch(softly(tools, restricted));
    }),
  );
}

/** Where nothing depends on the answer, an STS that cannot be asked is no reason to fail a job; nor is one that ends. */
function softly({ runner, stop }: AwsTools, restricted: boolean): (error: unknown) => void {
  return (error) => {
    if (stop.aborted) return;
    if (restricted) throw error;
    runner.warning(`Whether a new AWS key works already could not be checked. ${asAppError(error).line}`);
  };
}

async function checkOne(tools: AwsTools, found: Found, terms: AwsTerms, wanted: number): Promise<void> {
  const { runner, wire, stop } = tools;
  const { clock } = wire;
  const { network, allowedAccountIds } = terms;
  const endpoint = runner.variable('AWS_ENDPOINT_URL_STS') || undefined;
  const options = { ...wire, network: { ...network, client: undefined }, region: found.region, endpoint, signal: stop };
  const deadline = clock.monotonic() + USABLE_MS;
  let seen: CallerIdentity = 'unknown';
  for (let successes = 0; successes < wanted && !stop.aborted && clock.monotonic() < deadline; ) {
    const now = await getCallerIdentity({ ...options, budgetMs: ASK_MS }, found.credentials);
    successes = now === 'unknown' ? 0 : successes + 1;
    if (now !== 'unknown') seen = now;
    if (seen !== 'unknown') refuseAccount(found.dynamic, seen.account, allowedAccountIds);
    if (successes === wanted) return;
    await clock.sleep(PAUSE_MS, stop);
  }
  if (stop.aborted) return;
  if (seen === 'unknown' && allowedAccountIds.length > 0) throw untold(found.dynamic);
  runner.warning(`The AWS key of ${found.dynamic} does not work everywhere yet: a later step may have to try again.`);
}

function refuseAccount(dynamic: string, account: string, allowed: readonly string[]): void {
  if (allowed.length === 0 || allowed.includes(account)) return;
  throw new AppError('ERR_ACCESS_DENIED', `The lease of ${dynamic} is of AWS account ${account}.`, {
    hint: 'List that account in allowed-account-ids if it is meant.',
  });
}

function untold(dynamic: string): AppError {
  return new AppError('ERR_ACCESS_DENIED', `The AWS account of the lease of ${dynamic} cannot be told.`, {
    hint: 'allowed-account-ids lets only known accounts pass: see that this runner may reach STS, and that the lease has AWS fields.',
  });
}

/** Undefined when it holds none; the region is a guess where it says none. */
export function awsCredentialsOf({ dynamic, fields }: LeasedFields): Found | undefined {
  const named = new Map([...fields].map(([field, value]) => [leasedName(dynamic, field), value]));
  const accessKeyId = named.get('AWS_ACCESS_KEY_ID')?.reveal();
  const secretAccessKey = named.get('AWS_SECRET_ACCESS_KEY');
  if (accessKeyId === undefined || !secretAccessKey) return undefined;
  const sessionToken = named.get('AWS_SESSION_TOKEN');
  const region = named.get('AWS_REGION')?.reveal() ?? '';
  return {
    dynamic,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    region: /^[a-z0-9-]{5,30}$/.test(region) ? region : 'us-east-1',
  };
}

/** By its form, since a dynamic secret may give its fields any name. */
function holdsAccessKey({ fields }: LeasedFields): boolean {
  return [...fields.values()].some((value) => /^A(?:KIA|SIA)[A-Z0-9]{16}$/.test(value.reveal()));
}

/** Settings of the job that would stand over a leased AWS key. */
const OVERRULING = ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const;

/**
 * Variables to export empty beside these, so that the leased key is the one that is used: an SDK would take a left
 * session token along, or follow a profile instead. A variable cannot be unset in a job.
 */
export function blankedBy(names: readonly string[], runner: Pick<Runner, 'variable'>): string[] {
  if (!names.includes('AWS_ACCESS_KEY_ID')) return [];
  return OVERRULING.filter((name) => !names.includes(name) && runner.variable(name));
}

/** A sentence on those of them that are no use to everybody when empty; empty itself when there are none. */
export function refusedEmpty(names: readonly string[]): string {
  const profiles = names.filter((name) => name.endsWith('_PROFILE'));
  if (profiles.length === 0) return '';
  const them = profiles.join(' and ');
  return `The AWS CLI and boto3 refuse to start with ${them} empty: leave it out of the env of this workflow, or begin a step that uses the keys with \`unset ${profiles.join(' ')}\`.`;
}
