// How the provider signs in: with a token as it is, or with an OIDC token that is exchanged again before it runs out.
import type { ConnectSigningIn, SigningIn } from '#client/management.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { type Sensitive, sensitive } from '#core/sensitive.js';
import { atPath } from '../framework/diagnostics.ts';
import type { Signed } from './session.ts';
import { toldHere } from './wording.ts';

export type Oidc = {
  identity: string;
  /** Of the token that a GitHub job asks for. */
  audience: string | null;
  token: Sensitive | null;
  token_env: string | null;
};
type Environment = Readonly<Record<string, string | undefined>>;

/** HCP Terraform and Terraform Enterprise put the token of a run here. */
const TERRAFORM_CLOUD = 'TFC_WORKLOAD_IDENTITY_TOKEN';
const GITHUB = { url: 'ACTIONS_ID_TOKEN_REQUEST_URL', token: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN' } as const;
/** A call with all of its retries must not outlive the token it was given. */
const LEFT_MS = 150_000;

export type OidcParts = {
  oidc: Oidc;
  apiUrl: string;
  env: Environment;
  clock: Clock;
  connect: ConnectSigningIn;
  budgetMs: number;
  /** The clients under a token. */
  under: (token: Sensitive) => Signed;
};

/** Signs in once for everybody who asks, and again when the token is about to run out. */
export class OidcSignIn {
  readonly #parts: OidcParts;
  readonly #signingIn: SigningIn;
  #current: Promise<{ signed: Signed; token: Sensitive; until: number }> | undefined;

  constructor(parts: OidcParts) {
    this.#parts = parts;
    this.#signingIn = parts.connect({ apiUrl: parts.apiUrl, budgetMs: parts.budgetMs });
  }

  readonly signed = async (): Promise<Signed> => {
    const { clock } = this.#parts;
    const before = this.#current;
    const held = await before?.catch(() => undefined);
    if (held && clock.now() < held.until) return held.signed;
    // Whoever waited beside us may have signed in by now.
    const next = this.#current === before ? this.#signIn() : this.#current;
    this.#current = next;
    return (await (next ?? this.#signIn())).signed;
  };

  /** Ends the token at the end of the process; leases do not end with it. */
  readonly end = async (): Promise<void> => {
    const held = await this.#current?.catch(() => undefined);
    if (held) await this.#signingIn.end(held.token);
  };

  /** By id a lease is revoked by the token that minted it, so that an earlier token is left to its own end. */
  async #signIn() {
    const { oidc, under, clock } = this.#parts;
    const { token, expiresAt } = await this.#signingIn.exchange(oidc.identity, await this.#jwt());
    const lifeMs = expiresAt - clock.now();
    return { signed: under(token), token, until: expiresAt - Math.min(LEFT_MS, lifeMs / 4) };
  }

  async #jwt(): Promise<Sensitive> {
    const { oidc, env, apiUrl } = this.#parts;
    if (oidc.token) return oidc.token;
    const given = env[oidc.token_env ?? TERRAFORM_CLOUD];
    if (given) return sensitive(given);
    const [url, requestToken] = [env[GITHUB.url], env[GITHUB.token]];
    if (oidc.token_env === null && url && requestToken) {
      const audience = oidc.audience ?? new URL(apiUrl).origin;
      return this.#signingIn.githubToken({ url, requestToken: sensitive(requestToken), audience });
    }
    throw noToken(oidc.token_env);
  }
}

function noToken(name: string | null): AppError {
  const hint = name
    ? `Set ${name} in the environment.`
    : `Set oidc.token or oidc.token_env; on HCP Terraform set TFC_WORKLOAD_IDENTITY_AUDIENCE for the workspace; in a ` +
      'GitHub job give it the permission id-token: write.';
  return atPath(
    [{ attribute: 'oidc' }],
    new AppError('ERR_CONFIG_INVALID', 'There is no OIDC token to sign in with.', { hint }),
  );
}

/** Signs in now, so that a refusal is told where the provider is configured. */
export async function signInNow(parts: OidcParts): Promise<OidcSignIn> {
  const signIn = new OidcSignIn(parts);
  await toldHere(signIn.signed);
  return signIn;
}
