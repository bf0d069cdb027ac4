// Signing in as an identity: the ID token of this job for a token of minutes, and what to tell when that is refused.
import type { Backend } from '#client/client.js';
import { type Claims, endToken, signInByOidc, SignInRefused } from '#client/oidc.js';
import type { Wire } from '#client/http.js';
import type { Network } from '#client/network.js';
import { AppError, asAppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import type { Credential } from './inputs/place.ts';
import type { Runner } from './runner.ts';

export type SessionTools = {
  readonly runner: Pick<Runner, 'variable' | 'mask' | 'info'>;
  readonly wire: Wire;
};

export type SignInPlan = {
  /** Doppler's way where it is absent. */
  readonly backend?: Backend | undefined;
  readonly apiUrl: string;
  readonly identity: Exclude<Credential, { token: Sensitive }>;
  readonly network: Network;
  readonly budgetMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** A token that this step may use for a while, and the way to end it. */
export type Session = {
  readonly token: Sensitive;
  /**
   * Ends what was signed in for; a given token is the workflow's own. A sentence when the token may still be good,
   * empty otherwise. Leases live on (design.md §5, Owner).
   */
  end(budgetMs: number): Promise<string>;
};

/** What a trust policy may compare, in the order in which people write one. */
const POLICY_CLAIMS = [
  'iss',
  'aud',
  'sub',
  'repository',
  'repository_id',
  'repository_owner_id',
  'ref',
  'environment',
  'event_name',
  'job_workflow_ref',
  'workflow_ref',
  'runner_environment',
] as const;

/**
 * Signs in with the ID token of this job. Both tokens are masked before anything else, and neither is written anywhere.
 * @throws AppError ERR_CONFIG_INVALID without `id-token: write`; what the service said otherwise, after the claims that
 * it saw were printed
 */
export async function signIn({ runner, wire }: SessionTools, plan: SignInPlan): Promise<Session> {
  const { backend, apiUrl, network, signal } = plan;
  const url = runner.variable('ACTIONS_ID_TOKEN_REQUEST_URL') ?? '';
  const requestToken = runner.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN') ?? '';
  if (!URL.canParse(url) || requestToken === '') throw noPermission();
  try {
    const token = await signInByOidc({
      ...wire,
      backend,
      apiUrl,
      network,
      signal,
      budgetMs: plan.budgetMs,
      ...plan.identity,
      service: { url, requestToken: new Sensitive(requestToken) },
      onToken: (one) => runner.mask([one.reveal()]),
    });
    const end = async (budgetMs: number) => {
      const ending = endToken({ ...wire, backend, apiUrl, network, budgetMs }, token);
      return ending.then(
        () => '',
        (error: unknown) => `The token of this job could not be ended. ${asAppError(error).line}`,
      );
    };
    return { token, end };
  } catch (error) {
    if (error instanceof SignInRefused) showClaims(runner, error.claims);
    throw error;
  }
}

function showClaims(runner: Pick<Runner, 'info'>, claims: Claims): void {
  const shown = POLICY_CLAIMS.filter((name) => claims[name] !== undefined);
  if (shown.length === 0) return;
  runner.info('The ID token of this job says the following; an identity that is to let it in must allow it:');
  for (const name of shown) runner.info(`${name}: ${claims[name]}`);
}

function noPermission(): AppError {
  return new AppError('ERR_CONFIG_INVALID', 'This job may not ask for an ID token, so it cannot sign in by identity.', {
    hint: 'Give it the permission id-token: write; runs for pull requests from forks never have it.',
  });
}
