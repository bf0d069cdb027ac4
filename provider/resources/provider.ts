// The provider block and everything it offers, over ports that only a roof has.
import type { Connect } from '#client/client.js';
import type { ConnectManagement } from '#client/management.js';
import { isLoopbackHost } from '#core/address.js';
import { AppError } from '#core/errors.js';
import { type Sensitive, sensitive } from '#core/sensitive.js';
import { atPath } from '../framework/diagnostics.ts';
import { bool, int, str } from '../framework/schema/words.ts';
import { config } from './config.ts';
import { dynamicSecretPostgres } from './dynamic-secret-postgres.ts';
import { environment } from './environment.ts';
import { integrationPostgres } from './integration-postgres.ts';
import { lease, serviceToken } from './lending.ts';
import { configData, projectData } from './looking.ts';
import { project } from './project.ts';
import { secretValue, values } from './reading.ts';
import { secretResource } from './secret.ts';
import { provider, Session } from './session.ts';

export type Far = {
  connect: Connect;
  connectManagement: ConnectManagement;
  /** SECRETS_URL and SECRETS_TOKEN are read here. */
  env: Readonly<Record<string, string | undefined>>;
};

/** For one call with all of its retries; a rate limit may ask for a minute of waiting. */
const BUDGET_MS = 120_000;

export function secretsProvider({ connect, connectManagement, env }: Far) {
  return provider({
    name: 'secrets',
    describe: 'Secrets and leases of a secrets-action engine.',
    attrs: {
      host: str.optional().describe('Address of the engine; otherwise SECRETS_URL.'),
      token: str.optional().sensitive().describe('Otherwise SECRETS_TOKEN.'),
      read_only: bool.optional().describe('Refuses every change, and to open any ephemeral resource.'),
      max_retries: int.optional().between(0, 4).describe('Repeats of a managing call that may pass; 4 by default.'),
    },
    configure: async ({ config: block }) => {
      const apiUrl = addressOf(block.host ?? env['SECRETS_URL'] ?? '');
      const token = tokenOf(block.token, env['SECRETS_TOKEN']);
      const maxRetries = block.max_retries ?? 4;
      return new Session({
        management: connectManagement({ apiUrl, token, maxRetries, budgetMs: BUDGET_MS }),
        secrets: () => connect({ apiUrl, token, budgetMs: BUDGET_MS }),
        readOnly: block.read_only ?? false,
      });
    },
    resources: [project, environment, config, secretResource(), integrationPostgres, dynamicSecretPostgres],
    dataSources: [projectData, configData],
    ephemerals: [lease, secretValue, values, serviceToken],
  });
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
    hint: 'Set token, or SECRETS_TOKEN in the environment.',
  });
  throw atPath([{ attribute: 'token' }], error);
}
