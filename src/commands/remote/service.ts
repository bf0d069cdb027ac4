// The secrets service that a command asks: its address and token from flags and environment, and a client for it.
import { readFileSync } from 'node:fs';
import { CLOUDS, detectBackend } from '#client/backend.js';
import type { Backend, Scope, SecretsClient } from '#client/client.js';
import { connectWith } from '#client/connect.js';
import { type AskingOptions, noToken } from '#client/asking.js';
import { PeopleRemote } from '#client/remote-people.js';
import { type LeaseLine, Management } from '#client/remote.js';
import { PhaseClient } from '#client/phase.js';
import { nodeSend } from '#client/node-send.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { UsageError } from '../flags.ts';
import type { Host } from '../host.ts';

/** Flags that every command towards a service has. */
export const SERVICE_FLAGS = {
  'api-url': { type: 'string' },
  'token-file': { type: 'string' },
  project: { type: 'string', short: 'p' },
  config: { type: 'string', short: 'c' },
  app: { type: 'string' },
  env: { type: 'string' },
  path: { type: 'string' },
} as const;

export type ServiceFlags = {
  'api-url'?: string | undefined;
  'token-file'?: string | undefined;
  project?: string | undefined;
  config?: string | undefined;
  app?: string | undefined;
  env?: string | undefined;
  path?: string | undefined;
};

/** The leases of a dynamic secret one by one; Doppler's cloud has neither. */
export type LeaseDesk = {
  list(scope: Scope, dynamic: string): Promise<readonly LeaseLine[]>;
  /** Answers when the lease ends now. Phase adds the time to the old end, Doppler's dialect counts it from now. */
  renew(scope: Scope, lease: { dynamic: string; id: string; ttlSec: number }): Promise<string>;
};

export type Service = {
  readonly backend: Backend;
  readonly client: SecretsClient;
  readonly leases: LeaseDesk;
  /** @throws AppError where Phase's dialect is spoken: it has no such words */
  readonly management: Management;
  readonly scope: Scope;
};

/** For all that one command asks; a lease may take the far side a while. */
const BUDGET_MS = 120_000;

/**
 * Reads address and token once. Each call of what it returns starts a new budget of time: a child may run for hours
 * between the first request and the last.
 * @throws AppError ERR_CONFIG_INVALID without a token or with an address that is none
 */
export function openService(host: Host, flags: ServiceFlags, budgetMs = BUDGET_MS): () => Service {
  const asking = readAsking(host, flags, budgetMs);
  const { baseUrl: apiUrl, token, ...machine } = asking;
  const backend = detectBackend(apiUrl, token);
  const scope = readScope(flags, backend);
  if (backend === 'phase') {
    return () => {
      const client = new PhaseClient(asking);
      return {
        backend,
        client,
        scope,
        leases: phaseDesk(client),
        get management(): Management {
          throw new UsageError("This command takes a token of Doppler's kind: dp.…");
        },
      };
    };
  }
  return () => {
    const management = new Management(asking);
    const leases: LeaseDesk = {
      list: async (...given) => management.listLeases(...given),
      renew: async (...given) => management.renewLease(...given),
    };
    return { backend, client: connectWith(machine)({ apiUrl, backend, token, budgetMs }), leases, management, scope };
  };
}

/** @throws UsageError for the words of the other dialect */
function readScope({ project, config, app, env: environment, path }: ServiceFlags, backend: Backend): Scope {
  const [doppler, phase] = [project ?? config, app ?? environment ?? path];
  if (backend === 'doppler') {
    if (phase !== undefined) throw new UsageError('--app, --env and --path are for Phase, and this token is not.');
    return { ...(project ? { project } : {}), ...(config ? { config } : {}) };
  }
  if (doppler !== undefined)
    throw new UsageError('With a token of Phase say --app and --env, not --project and --config.');
  return {
    ...(app ? { project: app } : {}),
    ...(environment ? { environment } : {}),
    ...(path ? { path } : {}),
  };
}

function phaseDesk(client: PhaseClient): LeaseDesk {
  return {
    list: async (scope, dynamic) => {
      const found = await client.listLeases(scope, dynamic);
      return found.map(({ id, status, expiresAt }) => {
        return { id, state: status, expiresAt: expiresAt === undefined ? '' : iso(expiresAt) };
      });
    },
    renew: async (scope, { ttlSec, ...lease }) => {
      const { expiresAt } = await client.renewLease({ ...scope, ...lease }, ttlSec);
      return iso(expiresAt);
    },
  };
}

/** The people of the service that flags and environment name. @throws AppError as openService */
export function openPeople(host: Host, flags: Pick<ServiceFlags, 'api-url' | 'token-file'>): PeopleRemote {
  return new PeopleRemote(readAsking(host, flags, BUDGET_MS));
}

function readAsking(
  host: Host,
  flags: Pick<ServiceFlags, 'api-url' | 'token-file'>,
  budgetMs: number,
): AskingOptions & { budgetMs: number } {
  const token = readToken(flags['token-file'], host);
  const cloud = CLOUDS[detectBackend('', token)];
  const baseUrl = readUrl(flags['api-url'] ?? host.env['SECRETS_URL'] ?? cloud);
  return { send: nodeSend(), clock: host.clock, random: () => host.random(), baseUrl, token, budgetMs };
}

/** A file, because an argument can be read by everybody on the machine. */
function readToken(path: string | undefined, host: Host): Sensitive {
  const text = path === undefined ? host.env['SECRETS_TOKEN'] : readTokenFile(path);
  if (!text?.trim()) throw noToken();
  return new Sensitive(text.trim());
}

function readTokenFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `The token file ${path} cannot be read.`, { cause });
  }
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new AppError('ERR_CONFIG_INVALID', `'${text.slice(0, 80)}' is not the address of an API.`, {
    hint: 'Write it like https://secrets.example.com.',
  });
}
