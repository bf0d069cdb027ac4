// From the lines of `dynamic` to what is leased where: every dynamic secret with its project, config and terms.
import type { SecretsClient } from '#client/client.js';
import { AppError } from '#core/errors.js';
import type { Inputs } from './inputs/inputs.ts';
import { type DynamicAsk, type LeaseScope, scopeName } from './inputs/leasing.ts';
import type { PlaceRead } from './static-read.ts';

/** One lease to be. */
export type WantedLease = {
  readonly scope: LeaseScope;
  readonly dynamic: string;
  readonly ttlSec: number;
  /** Stands in front of every leased name, instead of `<dynamic>_`. */
  readonly prefix: string | undefined;
};

/**
 * What to lease, in the order of the input. Our engine and Phase can list dynamic secrets, which `dynamic: true` needs,
 * and so does a bare name where several configs are read: it is leased where it is declared.
 */
export async function planLeases(
  client: Pick<SecretsClient, 'listDynamicSecrets'>,
  reads: readonly PlaceRead[],
  { leasing, backend }: Pick<Inputs, 'leasing' | 'backend'>,
): Promise<WantedLease[]> {
  const { dynamic, ttlSec } = leasing;
  if (dynamic.length === 0) return [];
  const places = () =>
    reads.map((one) => ({ scope: leaseScope(one), lists: backend === 'phase' || one.read.engine !== undefined }));
  const list = async () => {
    const all = places();
    if (!all.every(({ lists }) => lists)) throw cannotList(dynamic);
    return Promise.all(all.map(async ({ scope }) => ({ scope, names: await client.listDynamicSecrets(scope) })));
  };
  if (dynamic === 'all') {
    const listed = await list();
    return listed.flatMap(({ scope, names }) =>
      names.map((name) => ({ scope, dynamic: name, ttlSec, prefix: undefined })),
    );
  }
  const listed = reads.length > 1 && dynamic.some(({ place }) => !place) ? await list() : undefined;
  return dynamic.map((ask) => {
    const { name, prefix, ttlSec: own } = ask;
    const scope = ask.place ?? (listed ? theOne(ask, listed) : onlyScope(places()));
    return { scope, dynamic: name, ttlSec: own, prefix };
  });
}

/** Project and config for lease requests: as given, or as the config names itself. */
function leaseScope({ place, read }: PlaceRead): LeaseScope {
  const { project: app, environment, path = '/' } = place;
  if (app !== undefined && environment !== undefined) return { project: app, config: environment, path };
  const own = (name: string) => read.secrets.find((secret) => secret.name === name)?.computed?.reveal() || undefined;
  const project = place.project ?? own('DOPPLER_PROJECT');
  const config = place.config ?? own('DOPPLER_CONFIG');
  if (project === undefined || config === undefined) {
    throw new AppError('ERR_CONFIG_INVALID', 'A lease needs a project and a config, and the API names neither.', {
      hint: 'Set the project and config inputs.',
    });
  }
  return { project, config };
}

function onlyScope([only]: readonly { scope: LeaseScope }[]): LeaseScope {
  if (only === undefined) throw new AppError('ERR_INTERNAL', 'No config was read.');
  return only.scope;
}

function theOne({ name }: DynamicAsk, listed: readonly { scope: LeaseScope; names: readonly string[] }[]): LeaseScope {
  const [found, ...others] = listed.filter(({ names }) => names.includes(name)).map(({ scope }) => scope);
  if (found && others.length === 0) return found;
  const [places, form] =
    listed[0]?.scope.path === undefined ? ['configs', 'project/config/NAME'] : ['paths', 'app/environment/path/NAME'];
  const where = found
    ? `in ${[found, ...others].map(scopeName).join(' and ')}`
    : `in none of the ${places} that are read`;
  throw new AppError('ERR_CONFIG_INVALID', `The dynamic secret ${name} is ${where}.`, {
    hint: `Say which in the dynamic input: ${form}.`,
  });
}

function cannotList(dynamic: 'all' | readonly DynamicAsk[]): AppError {
  return dynamic === 'all'
    ? new AppError('ERR_CONFIG_INVALID', 'dynamic: true cannot be used: this API does not list dynamic secrets.', {
        hint: 'Name them in the dynamic input, one a line.',
      })
    : new AppError('ERR_CONFIG_INVALID', 'With several configs, this API does not say where a dynamic secret is.', {
        hint: 'Write project/config/NAME in the dynamic input.',
      });
}
