// What the calls of one provider process share: its schemas, its client, its leases and what must not be said.
import { AppError } from '#core/errors.js';
import type { Clock } from '#core/clock.js';
import {
  choicesOf,
  type DataSourceDefinition,
  type Definition,
  type EphemeralDefinition,
  type Log,
  type ProviderDefinition,
  type ResourceDefinition,
} from '../definitions.ts';
import type { Choice } from '../config.ts';
import { LeaseRegistry } from '../leases.ts';
import type { Attrs } from '../schema/attribute.ts';
import { mustBeClean } from '../schema/lint.ts';
import { objectType } from '../schema/wire-schema.ts';
import { Scrubber } from '../scrub.ts';

/** A definition with what is derived from its schema. */
export type Entry<D> = {
  definition: D;
  typeName: string;
  attrs: Attrs;
  type: ReturnType<typeof objectType>;
  choices: readonly Choice[];
};

export type Ports = { clock: Clock; log: Log; random?: () => number; drainMs?: number };

export type Runtime<C> = {
  provider: ProviderDefinition<C>;
  block: Entry<ProviderDefinition<C>>;
  resources: ReadonlyMap<string, Entry<ResourceDefinition<C>>>;
  dataSources: ReadonlyMap<string, Entry<DataSourceDefinition<C>>>;
  ephemerals: ReadonlyMap<string, Entry<EphemeralDefinition<C>>>;
  clock: Clock;
  /** Says no learned value. */
  log: Log;
  scrubber: Scrubber;
  leases: LeaseRegistry;
  session: Session<C>;
};

/** What ConfigureProvider and StopProvider change. */
export class Session<C> {
  #client: { value: C } | undefined;
  #why = 'The provider is not configured yet.';
  #stop = new AbortController();

  /** A new configuration also forgets an earlier stop: an attached plugin outlives many runs. */
  configure(client: { value: C } | undefined, why: string): void {
    this.#client = client;
    this.#why = why;
    this.#stop = new AbortController();
  }

  get isConfigured(): boolean {
    return this.#client !== undefined;
  }

  /** @throws AppError ERR_CONFIG_INVALID that says why there is none */
  get client(): C {
    if (!this.#client) throw new AppError('ERR_CONFIG_INVALID', this.#why);
    return this.#client.value;
  }

  /** Ends waiting and retrying, never a revoke nor a delete. */
  stop(): void {
    this.#stop.abort();
  }

  /** A signal for work that may be given up. */
  stoppable(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stop.signal]);
  }
}

/** @throws AppError ERR_INTERNAL when a schema is wrong */
export function newRuntime<C>(provider: ProviderDefinition<C>, ports: Ports): Runtime<C> {
  const { resources = [], dataSources = [], ephemerals = [] } = provider;
  const all = [...resources, ...dataSources, ...ephemerals];
  mustBeClean([
    { kind: 'provider', name: provider.name, attrs: provider.attrs },
    ...all.map(({ kind, name, words }) => ({
      kind,
      name,
      attrs: words.attrs,
      canUpdate: kind !== 'resource' || 'update' in words,
    })),
  ]);
  const scrubber = new Scrubber();
  const log: Log = (level, message, fields = {}) => {
    const clean = Object.entries(fields).map(([key, held]) => [
      key,
      typeof held === 'string' ? scrubber.clean(held) : held,
    ]);
    ports.log(level, scrubber.clean(message), Object.fromEntries(clean) as typeof fields);
  };
  const leases = new LeaseRegistry({ ...ports, log });
  return {
    provider,
    block: entry(provider.name, provider),
    resources: entries<C, ResourceDefinition<C>>(provider.name, resources),
    dataSources: entries<C, DataSourceDefinition<C>>(provider.name, dataSources),
    ephemerals: entries<C, EphemeralDefinition<C>>(provider.name, ephemerals),
    clock: ports.clock,
    log,
    scrubber,
    leases,
    session: new Session<C>(),
  };
}

function entries<C, D extends Definition<C>>(
  prefix: string,
  definitions: readonly Definition<C>[],
): ReadonlyMap<string, Entry<D>> {
  return new Map(
    definitions.map((definition) => {
      const typeName = `${prefix}_${definition.name}`;
      return [typeName, { ...entry(typeName, definition.words), definition: definition as D }];
    }),
  );
}

function entry<W extends Parameters<typeof choicesOf>[0] & { attrs: Attrs }>(typeName: string, words: W): Entry<W> {
  return { definition: words, typeName, attrs: words.attrs, type: objectType(words.attrs), choices: choicesOf(words) };
}

/** @throws AppError ERR_CONTRACT when Terraform asks for a type that the schema does not list */
export function entryOf<D>(entries: ReadonlyMap<string, Entry<D>>, typeName: string): Entry<D> {
  const found = entries.get(typeName);
  if (!found) throw new AppError('ERR_CONTRACT', 'Terraform asked for a type that this provider does not have.');
  return found;
}

/** What every handler gets. */
export function callOf<C>(runtime: Runtime<C>, signal: AbortSignal) {
  const { clock, log, session } = runtime;
  return { client: session.client, signal, log, clock };
}
