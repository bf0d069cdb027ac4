// The provider block and everything it offers, over ports that only a roof has.
import type { Connect } from '#client/client.js';
import type { ConnectManagement, ConnectSigningIn } from '#client/management.js';
import { isLoopbackHost } from '#core/address.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { type Sensitive, sensitive } from '#core/sensitive.js';
import { atPath, problem } from '../framework/diagnostics.ts';
import { bool, int, object, str } from '../framework/schema/words.ts';
import { dynamicSecretAwsIamUser, dynamicSecretAwsSts, integrationAws } from './aws.ts';
import { config } from './config.ts';
import { environment } from './environment.ts';
import { lease, serviceToken } from './lending.ts';
import { configData, projectData } from './looking.ts';
import { oidcIdentity } from './oidc-identity.ts';
import { dynamicSecretPostgres, integrationPostgres } from './postgres.ts';
import { project } from './project.ts';
import { secretValue, values } from './reading.ts';
import { secretResource } from './secret.ts';
import { serviceAccount } from './service-account.ts';
import { serviceTokenResource } from './service-token.ts';
import { provider, Session, type Signed } from './session.ts';
import { type Oidc, signInNow } from './sign-in.ts';

export type Far = {
  connect: Connect;
  connectManagement: ConnectManagement;
  connectSigningIn: ConnectSigningIn;
  /** SECRETS_URL, SECRETS_TOKEN, SECRETS_IDENTITY and the OIDC variables of CI systems are read here. */
  env: Readonly<Record<string, string | undefined>>;
};

/** For one call with all of its retries; a rate limit may ask for a minute of waiting. */
const BUDGET_MS = 120_000;

export function secretsProvider(far: Far) {
  return provider({
    name: 'secrets',
    describe: "Secrets and leases of a secrets-action engine; what Doppler's API allows also of Doppler's cloud.",
    attrs: {
      host: str.optional().describe('Address of the engine or of Doppler; otherwise SECRETS_URL.'),
      token: str.optional().sensitive().describe('Otherwise SECRETS_TOKEN.'),
      oidc: object({
        identity: str.required().describe('The id of a secrets_oidc_identity.'),
        audience: str.optional().describe('For a GitHub job; otherwise the origin of host.'),
        token: str.optional().sensitive().describe('An OIDC token. It is exchanged several times in one run.'),
        token_env: str.optional().describe('The variable that holds the OIDC token.'),
      })
        .optional()
        .describe(
          'Signs in without a stored token: by token, token_env, TFC_WORKLOAD_IDENTITY_TOKEN or the OIDC token of a ' +
            'GitHub job, whichever there is first. SECRETS_IDENTITY stands for a block with that identity.',
        ),
      read_only: bool.optional().describe('Refuses every change, and to open any ephemeral resource.'),
      max_retries: int.optional().between(0, 4).describe('Repeats of a managing call that may pass; 4 by default.'),
    },
    validate: ({ config: { token, oidc } }) =>
      token !== null && oidc !== null
        ? [problem('Conflicting attributes', 'Set token or oidc, not both.', [{ attribute: 'oidc' }])]
        : [],
    configure: async ({ config: block, clock, borrow }) => {
      const apiUrl = addressOf(block.host ?? far.env['SECRETS_URL'] ?? '');
      const maxRetries = block.max_retries ?? 4;
      const under = (token: Sensitive): Signed => ({
        management: far.connectManagement({ apiUrl, token, maxRetries, budgetMs: BUDGET_MS }),
        secrets: () => far.connect({ apiUrl, token, budgetMs: BUDGET_MS }),
      });
      return new Session({
        signed: await signing(far, { ...block, apiUrl, clock, under, borrow }),
        unsigned: () => far.connect({ apiUrl, budgetMs: BUDGET_MS }),
        clock,
        readOnly: block.read_only ?? false,
      });
    },
    resources: [
      ...[project, environment, config, secretResource()],
      ...[serviceTokenResource, serviceAccount, oidcIdentity],
      ...[integrationPostgres, integrationAws],
      ...[dynamicSecretPostgres, dynamicSecretAwsSts, dynamicSecretAwsIamUser],
    ],
    dataSources: [projectData, configData],
    ephemerals: [lease, secretValue, values, serviceToken],
  });
}

type Signing = {
  token: Sensitive | null;
  oidc: Oidc | null;
  apiUrl: string;
  clock: Clock;
  under: (token: Sensitive) => Signed;
  borrow: (giveBack: () => Promise<void>) => void;
};

async function signing({ connectSigningIn: connect, env }: Far, block: Signing): Promise<() => Promise<Signed>> {
  const { token, apiUrl, clock, under, borrow } = block;
  const identity = token === null && !env['SECRETS_TOKEN'] ? env['SECRETS_IDENTITY'] : undefined;
  const oidc = block.oidc ?? (identity ? { identity, audience: null, token: null, token_env: null } : null);
  if (!oidc) {
    const signed = under(tokenOf(token, env['SECRETS_TOKEN']));
    return async () => signed;
  }
  const signIn = await signInNow({ oidc, apiUrl, env, clock, connect, budgetMs: BUDGET_MS, under });
  borrow(signIn.end);
  return signIn.signed;
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
  if (url && isSafe && url.username === '' && url.search === '' && url.hash === '') return text.replace(/\/+$/, '');
  const error = new AppError('ERR_CONFIG_INVALID', 'The address of the engine cannot be used.', {
    hint: 'Set host or SECRETS_URL to an https address; http is for loopback only.',
  });
  throw atPath([{ attribute: 'host' }], error);
}

function tokenOf(given: Sensitive | null, fromEnv: string | undefined): Sensitive {
  const token = given ?? (fromEnv ? sensitive(fromEnv) : undefined);
  if (token && /^[\x21-\x7e]{1,4096}$/.test(token.reveal())) return token;
  const error = new AppError('ERR_CONFIG_INVALID', token ? 'The token cannot be one.' : 'There is no token.', {
    hint: 'Set token, or SECRETS_TOKEN in the environment, or oidc.',
  });
  throw atPath([{ attribute: 'token' }], error);
}
