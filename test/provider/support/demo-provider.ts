// A provider written with the framework the way an author would: the one that the framework's own tests drive.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { type Call, partial, wordsFor } from '#provider/framework/definitions.js';
import { problem } from '#provider/framework/diagnostics.js';
import { byAddress } from '#provider/framework/import-address.js';
import type { LeaseSet } from '#provider/framework/leases.js';
import { bool, int, list, map, object, oneOf, set, str } from '#provider/framework/schema/words.js';
import { UNKNOWN } from '#provider/wire/unknown.js';
import type { DemoSecret } from './demo-backend.ts';

export class DemoClient {
  readonly #url: string;
  readonly set = randomUUID();
  readonly leaseSet: LeaseSet = { revoke: async () => void (await this.call('DELETE', `/sets/${this.set}`)) };

  constructor(url: string) {
    this.#url = url;
  }

  async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const init = {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    };
    const response = await fetch(`${this.#url}${path}`, init).catch((cause: unknown) => {
      throw new AppError('ERR_UNAVAILABLE', 'The demo backend cannot be reached.', { cause });
    });
    const code =
      response.status === 404 ? 'ERR_NOT_FOUND' : response.status === 409 ? 'ERR_CONFLICT' : 'ERR_UNAVAILABLE';
    if (!response.ok) throw new AppError(code, `The demo backend answered ${response.status}.`);
    return (await response.json()) as T;
  }
}

const { resource, dataSource, ephemeral, provider } = wordsFor<DemoClient>();

const secretAttrs = {
  id: str.computed().keep(),
  project: str.required().replaces(),
  name: str.required().matches(/^[A-Z_][A-Z0-9_]*$/, 'be upper case letters, digits and underscores'),
  visibility: oneOf('unmasked', 'masked', 'restricted').default('masked'),
  value_wo: str.optional().sensitive().writeOnly(),
  value_wo_version: str.optional(),
  generate: object({
    length: int.default(32).between(1, 512),
    charset: oneOf('alnum', 'hex').default('alnum'),
  }).optional(),
  external: bool.optional(),
  version: int.computed().keep(),
  etag: str.computed(),
  note: str.optional(),
  labels: map(str).optional(),
  tags: set(str).optional(),
  rules: list(object({ role: str.required(), weight: int.default(1) })).optional(),
  protected: bool.default(false),
};

type Fields = Record<string, unknown>;
const plain = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);

function payload(planned: Fields, value: string | undefined): Fields {
  const known = Object.keys(planned).filter((name) => planned[name] !== UNKNOWN && name !== 'id');
  return {
    ...Object.fromEntries(known.map((name) => [name, plain(planned[name])])),
    ...(value === undefined ? {} : { value }),
  };
}

const seen = (held: DemoSecret) => ({
  id: held.id,
  version: held.version,
  etag: `e${held.version}-${String(held['note'])}`,
});

export const secret = resource('secret', {
  describe: 'A secret of the demo backend.',
  version: 1,
  attrs: secretAttrs,
  exactlyOne: ['value_wo', 'generate', 'external'],
  create: async ({ client, config, planned }) => {
    // A write that was sent is waited for: a cut one may have made an object that nobody knows of.
    const held = await client.call<DemoSecret>('POST', '/secrets', payload(planned, config.value_wo?.reveal()));
    if (config.note === 'half') return partial({ id: held.id }, new AppError('ERR_UNAVAILABLE', 'Only half was done.'));
    if (config.note === 'liar') return { ...seen(held), note: 'another' };
    return seen(held);
  },
  read: async ({ client, prior, signal }) => {
    const all = await client.call<DemoSecret[]>('GET', '/secrets', undefined, signal);
    const held = all.find(
      ({ id, project, name }) => id === prior.id || (project === prior.project && name === prior.name),
    );
    if (!held) return null;
    const { project, name } = held;
    const labels = held['labels'] as Record<string, string> | null;
    return {
      ...seen(held),
      project,
      name,
      visibility: held['visibility'] as 'masked',
      note: (held['note'] ?? null) as string | null,
      labels: labels ? new Map(Object.entries(labels)) : null,
      tags: (held['tags'] ?? null) as string[] | null,
      protected: held['protected'] === true,
    };
  },
  update: async ({ client, config, planned, prior, signal }) =>
    seen(
      await client.call<DemoSecret>('PUT', `/secrets/${prior.id}`, payload(planned, config.value_wo?.reveal()), signal),
    ),
  delete: async ({ client, prior, signal }) =>
    void (await client.call('DELETE', `/secrets/${prior.id}`, undefined, signal)),
  import: byAddress('project/name'),
  differs: async ({ client, prior, config }) => {
    if (config.value_wo === UNKNOWN || config.value_wo === null) return [];
    if (config.value_wo_version !== null) return config.value_wo_version === prior.value_wo_version ? [] : ['version'];
    const value = config.value_wo.reveal();
    const { equal, version } = await client.call<{ equal: boolean; version: number }>('POST', `/compare/${prior.id}`, {
      value,
    });
    return equal && version === prior.version ? [] : ['version'];
  },
  review: ({ prior, config, planned }) =>
    prior?.visibility === 'restricted' && planned.visibility !== 'restricted' && config.value_wo === null
      ? [problem('Visibility cannot be loosened', 'Give a new value.', [{ attribute: 'visibility' }])]
      : [],
  refuseDelete: ({ prior }) => (prior.protected ? 'It is protected: set protected to false first.' : undefined),
  upgrades: { 0: ({ title, ...rest }) => ({ ...rest, name: title }) },
  formerTypes: ['demo_password'],
});

export const project = dataSource('project', {
  attrs: { name: str.required(), names: list(str).computed() },
  read: async ({ client, config }) => {
    const all = await client.call<DemoSecret[]>('GET', '/secrets');
    return { names: all.filter(({ project: owner }) => owner === config.name).map(({ name }) => name) };
  },
});

type Lent = { id: string; username: string; password: string };

export const lease = ephemeral('lease', {
  attrs: {
    ttl: int.default(60),
    open_after: str.optional(),
    username: str.computed(),
    password: str.computed().sensitive(),
  },
  leaseSet: (client) => client.leaseSet,
  open: async ({ client, config, signal }) => {
    const lent = await client.call<Lent>('POST', '/leases', { set: client.set }, signal);
    const ttlSec = config.ttl ?? 60;
    return {
      result: { username: lent.username, password: lent.password },
      lease: {
        id: lent.id,
        ttlSec,
        revoke: async () => void (await client.call('DELETE', `/leases/${lent.id}`)),
        renew: async (renewing) => {
          await client.call('PUT', `/leases/${lent.id}`, {}, renewing);
          return { ttlSec };
        },
      },
    };
  },
});

const configure = async ({ config, log }: Omit<Call<never>, 'client'> & { config: { url: string } }) => {
  log('info', 'The demo provider was configured.', { url: config.url });
  return new DemoClient(config.url);
};

export const demoProvider = provider({
  name: 'demo',
  attrs: { url: str.required(), token: str.optional().sensitive() },
  configure,
  resources: [secret],
  dataSources: [project],
  ephemerals: [lease],
});
