// Who this job is to the secrets service: a stored token, or a token of minutes for which it exchanges its ID token.
import { type Claims, endToken, signInByOidc, SignInRefused } from '#client/oidc.js';
import type { Wire } from '#client/http.js';
import type { Network } from '#client/network.js';
import { AppError, asAppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import type { Runner } from './runner.ts';

/** How a job signs in where it has no token. */
export type Identity = {
  readonly id: string;
  /** undefined for the issuer's default, which the service must then expect. */
  readonly audience: string | undefined;
};

export type SignInTools = { readonly runner: Runner; readonly wire: Wire };
export type SignInPlan = {
  readonly apiUrl: string;
  readonly identity: Identity;
  readonly network: Network;
  readonly budgetMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** A token that this job may use for a while, and the way to end it. */
export type Session = {
  readonly token: Sensitive;
  /** Ends the token; a sentence when it may still be good, empty otherwise. Leases live on (design.md §5, Owner). */
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
export async function signIn({ runner, wire }: SignInTools, plan: SignInPlan): Promise<Session> {
  const { apiUrl, network, signal } = plan;
  const url = runner.variable('ACTIONS_ID_TOKEN_REQUEST_URL') ?? '';
  const requestToken = runner.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN') ?? '';
  if (!URL.canParse(url) || requestToken === '') throw noPermission();
  try {
    const token = await signInByOidc({
      ...wire,
      apiUrl,
      network,
      signal,
      budgetMs: plan.budgetMs,
      identity: plan.identity.id,
      audience: plan.identity.audience,
      service: { url, requestToken: new Sensitive(requestToken) },
      onToken: (one) => runner.mask([one.reveal()]),
    });
    const end = async (budgetMs: number) => {
      const ending = endToken({ ...wire, apiUrl, network, budgetMs }, token);
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

/** The audience that a token is for when nobody names one: nobody but this API takes it. */
export function ownAudience(apiUrl: string): string {
  return new URL(apiUrl).origin;
}

function showClaims(runner: Runner, claims: Claims): void {
  const shown = POLICY_CLAIMS.filter((name) => claims[name] !== undefined);
  if (shown.length === 0) return;
  runner.info('The ID token of this job says the following; an identity that is to let it in must allow it:');
  for (const name of shown) runner.info(`  ${name}: ${claims[name]}`);
}

function noPermission(): AppError {
  return new AppError('ERR_CONFIG_INVALID', 'This job may not ask for an ID token, so it cannot sign in by identity.', {
    hint: 'Give it the permission id-token: write; runs for pull requests from forks never have it.',
  });
}
