// The story of a credential process: the answer that is kept while it is fresh, else a new lease under the set of the job.
import type { Connect, IssuedLease, SecretsClient } from '#client/client.js';
import type { Wire } from '#client/http.js';
import type { Network } from '#client/network.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { awsCredentialsOf, checkAws } from '../aws.ts';
import { trustDigest } from '../handoff.ts';
import { signIn } from '../identity.ts';
import type { Processes } from '../processes.ts';
import type { Runner } from '../runner.ts';
import { type Answer, isFresh, writeAnswer } from './answer.ts';
import { type Brief, readBrief } from './brief.ts';
import { Kept, readWhole, takeTurn } from './folder.ts';

export type CredentialsTools = {
  /** Nothing but the environment: there is no log of ours to write to or to mask. */
  readonly variable: Runner['variable'];
  readonly wire: Wire;
  readonly connect: Connect;
  readonly processes: Pick<Processes, 'self' | 'isAlive'>;
  readonly newId: () => string;
};

/** 20 s in all: an SDK that waits for longer looks hung. A token that cannot be ended ends by itself in minutes. */
const BUDGET_MS = 18_000;
const SIGN_OUT_MS = 2_000;
const LOOK_MS = 200;
/** A last answer that lives this long is better than none. */
const USEFUL_MS = 60_000;

/**
 * The text for stdout. Processes that ask at once lease once.
 * @throws AppError when there is nothing to answer with
 */
export async function credentials(tools: CredentialsTools, path: string): Promise<string> {
  const { clock } = tools.wire;
  const brief = readBrief(readWhole(path));
  const kept = new Kept(path);
  const done = new AbortController();
  const over = new AbortController();
  const deadline = clock.monotonic() + BUDGET_MS;
  void clock.sleep(BUDGET_MS, done.signal).then(() => over.abort());
  const fresh = () => {
    const found = kept.read();
    return found && isFresh(found, brief.ttlSec, clock.now()) ? found : undefined;
  };
  try {
    const { processes } = tools;
    while (!fresh() && !takeTurn({ processes, now: () => clock.now() }, path)) {
      if (clock.monotonic() >= deadline) throw tooLong();
      await clock.sleep(LOOK_MS, over.signal);
    }
    // Once more: who had the turn before may have just left one.
    return (
      fresh() ?? (await renewed(tools, brief, kept, { left: () => deadline - clock.monotonic(), over: over.signal }))
    ).text;
  } catch (error) {
    const last = kept.read();
    if (last && last.expiresAt - clock.now() > USEFUL_MS) return last.text;
    throw error;
  } finally {
    done.abort();
  }
}

type Time = { readonly left: () => number; readonly over: AbortSignal };

async function renewed(tools: CredentialsTools, brief: Brief, kept: Kept, { left, over }: Time): Promise<Answer> {
  const network = trusted(tools, brief);
  const { wire, connect, variable } = tools;
  const { backend, apiUrl, identity, audience } = brief;
  const runner = { variable, mask: () => {}, info: () => {}, warning: () => {} };
  const terms = { backend, apiUrl, network };
  const asWho = { identity, audience: audience ?? undefined };
  const session = await signIn({ runner, wire }, { ...terms, identity: asWho, budgetMs: left() });
  try {
    const { fields, expiresAt } = await lease(
      tools,
      brief,
      connect({ ...terms, token: session.token, budgetMs: left() }),
    );
    const issued = { dynamic: brief.dynamic, fields };
    const found = awsCredentialsOf(issued);
    if (!found) throw new AppError('ERR_CONTRACT', `The lease of ${brief.dynamic} holds no AWS credentials any more.`);
    const { allowedAccountIds } = brief;
    await checkAws({ runner, wire, stop: over }, [issued], { allowedAccountIds, waitUsable: false, network });
    if (over.aborted) throw tooLong();
    const answer = writeAnswer(found.credentials, expiresAt);
    kept.write(answer);
    return answer;
  } finally {
    await session.end(SIGN_OUT_MS);
  }
}

async function lease(tools: CredentialsTools, brief: Brief, client: SecretsClient): Promise<IssuedLease> {
  const { scope, dynamic, ttlSec, setId, until } = brief;
  if (tools.wire.clock.now() >= until) {
    throw new AppError('ERR_LEASE_EXPIRED', `The lease of ${dynamic} is not renewed any more: renew-for is over.`);
  }
  return client.issueLease({ scope, dynamic, ttlSec, setId, round: tools.newId(), onIssued: () => {} });
}

/** @throws AppError when this step believes or goes through others than main did */
function trusted({ variable }: CredentialsTools, { network, trust, setId, apiUrl }: Brief): Network {
  const { proxy, noProxy, ca, allowInsecureHttp } = network;
  const open = { proxy: proxy === null ? undefined : new Sensitive(proxy), noProxy, ca, allowInsecureHttp };
  const now = { ...open, client: undefined };
  if (!apiUrl.startsWith('https:') || trustDigest({ variable }, { setId, proxied: true }, now) === trust) return now;
  throw new AppError('ERR_CONFIG_INVALID', 'This step trusts other authorities than the one that wrote the profile.', {
    hint: 'Give both the same NODE_OPTIONS, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and SSL_CERT_DIR.',
  });
}

function tooLong(): AppError {
  return new AppError('ERR_TIMEOUT', 'New AWS credentials could not be leased in time.', { hint: 'Try again.' });
}
