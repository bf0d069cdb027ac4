// The secrets service that a command asks: its address and token from flags and environment, and a client for it.
import { readFileSync } from 'node:fs';
import type { Scope, SecretsClient } from '#client/client.js';
import { connectWith } from '#client/connect.js';
import { type AskingOptions, noToken } from '#client/asking.js';
import { PeopleRemote } from '#client/remote-people.js';
import { Management } from '#client/remote.js';
import { nodeSend } from '#client/node-send.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import type { Host } from '../host.ts';

/** Flags that every command towards a service has. */
export const SERVICE_FLAGS = {
  'api-url': { type: 'string' },
  'token-file': { type: 'string' },
  project: { type: 'string', short: 'p' },
  config: { type: 'string', short: 'c' },
} as const;

export type ServiceFlags = {
  'api-url'?: string | undefined;
  'token-file'?: string | undefined;
  project?: string | undefined;
  config?: string | undefined;
};

export type Service = { client: SecretsClient; management: Management; scope: Scope };

const CLOUD = 'https://api.doppler.com';
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
  const { project, config } = flags;
  return () => ({
    client: connectWith(machine)({ apiUrl, token, budgetMs }),
    management: new Management(asking),
    scope: { ...(project ? { project } : {}), ...(config ? { config } : {}) },
  });
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
  const baseUrl = readUrl(flags['api-url'] ?? host.env['SECRETS_URL'] ?? CLOUD);
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
