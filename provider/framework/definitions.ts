// The author's words: resource, data source, ephemeral resource and provider, typed by their schemas.
import type { AppError } from '#core/errors.js';
import type { Clock } from '#core/clock.js';
import type { Choice } from './config.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Lease, LeaseSet } from './leases.ts';
import type { Attrs } from './schema/attribute.ts';
import type {
  ComputedName,
  Config,
  ConfigName,
  Found,
  LooseConfig,
  LooseState,
  Planned,
  Result,
  State,
} from './schema/infer.ts';

export type Log = (
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean>>,
) => void;

/** What every handler gets. `signal` aborts when the caller went away or Terraform was told to stop. */
export type Call<C> = { client: C; signal: AbortSignal; log: Log; clock: Clock };

/** A change that ended half-way: what is known to be there, and what went wrong. */
export class Partly<T> {
  readonly result: T;
  readonly error: AppError;

  constructor(result: T, error: AppError) {
    this.result = result;
    this.error = error;
  }
}

/** Returned by create or update instead of throwing, so that what was already made lands in state and is repaired. */
export function partial<T>(result: T, error: AppError): Partly<T> {
  return new Partly(result, error);
}

type Common<A extends Attrs> = {
  describe?: string;
  attrs: A;
  /** One group of names, or several. Of each group exactly one is set. */
  exactlyOne?: readonly ConfigName<A>[] | readonly (readonly ConfigName<A>[])[];
  /** Rules over several attributes; each may be UNKNOWN. Needs no client. */
  validate?: (call: { config: LooseConfig<A> }) => readonly Diagnostic[];
};

export type ResourceWords<C, A extends Attrs> = Common<A> & {
  version?: number;
  create: (call: Call<C> & { config: Config<A>; planned: Planned<A> }) => Promise<Result<A> | Partly<Found<A>>>;
  /** Null, or ERR_NOT_FOUND, when the object is gone; every other error keeps it. `prior` holds little after an import. */
  read: (call: Call<C> & { prior: LooseState<A> }) => Promise<Found<A> | null>;
  /** Absent when every attribute replaces. An import alone, which takes what is configured as it is, needs none. */
  update?: (
    call: Call<C> & { config: Config<A>; planned: Planned<A>; prior: State<A> },
  ) => Promise<Result<A> | Partly<Found<A>>>;
  /** `signal` never aborts. ERR_NOT_FOUND is success. */
  delete: (call: Call<C> & { prior: State<A> }) => Promise<void>;
  /** What `terraform import` was given, as the attributes by which `read` finds the object. */
  import?: (call: Call<C> & { id: string }) => Promise<Found<A>>;
  /** At plan: the computed attributes that no longer hold, found by asking the server. Not asked when nothing exists. */
  differs?: (call: Call<C> & { prior: State<A>; config: LooseConfig<A> }) => Promise<readonly ComputedName<A>[]>;
  /** At plan: what must not be done, as findings. `prior` is null on create; there is no client before it is configured. */
  review?: (call: Review<C, A>) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
  /** At plan of a destroy or a replacement: why it is refused, as one sentence. */
  refuseDelete?: (call: { prior: State<A> }) => string | undefined;
  /** By old version: the JSON of a state of that version as JSON of the next. */
  upgrades?: Readonly<Record<number, (state: Readonly<Record<string, unknown>>) => Record<string, unknown>>>;
  /** Full names of types of this provider that this one replaces: `moved` blocks may name them. */
  formerTypes?: readonly string[];
};

export type Review<C, A extends Attrs> = {
  client: C | undefined;
  signal: AbortSignal;
  prior: State<A> | null;
  config: LooseConfig<A>;
  planned: Planned<A>;
};

export type DataSourceWords<C, A extends Attrs> = Common<A> & {
  read: (call: Call<C> & { config: Config<A> }) => Promise<Found<A>>;
};

export type Opened<A extends Attrs> = { result: Found<A>; lease?: Lease };

export type EphemeralWords<C, A extends Attrs> = Common<A> & {
  /** Must take back what it made before it throws. The framework builds private data, renewal and the end. */
  open: (call: Call<C> & { config: Config<A> }) => Promise<Opened<A>>;
  /** The handle under which this client lends, when it has one. */
  leaseSet?: (client: C) => LeaseSet;
};

export type ConfigureCall<A extends Attrs> = Omit<Call<never>, 'client'> & {
  config: Config<A>;
  terraformVersion: string;
  /** Registers what has to be given back when the process ends, after every lease. */
  borrow: (giveBack: () => Promise<void>) => void;
};

export type ProviderWords<C, A extends Attrs> = Common<A> & {
  /** The prefix of every type. */
  name: string;
  /** Not called while the configuration is partly unknown; what needs the client then says so. */
  configure: (call: ConfigureCall<A>) => Promise<C>;
  resources?: readonly Definition<C>[];
  dataSources?: readonly Definition<C>[];
  ephemerals?: readonly Definition<C>[];
};

/** A definition whose schema type is forgotten: the dispatcher reads values by the schema itself. */
export type Definition<C> = {
  kind: 'resource' | 'data source' | 'ephemeral';
  name: string;
  words: ResourceWords<C, Attrs> | DataSourceWords<C, Attrs> | EphemeralWords<C, Attrs>;
};
export type ResourceDefinition<C> = Definition<C> & { kind: 'resource'; words: ResourceWords<C, Attrs> };
export type DataSourceDefinition<C> = Definition<C> & { kind: 'data source'; words: DataSourceWords<C, Attrs> };
export type EphemeralDefinition<C> = Definition<C> & { kind: 'ephemeral'; words: EphemeralWords<C, Attrs> };
export type ProviderDefinition<C> = ProviderWords<C, Attrs>;

/** The words for one kind of client. `name` is the type without the provider's prefix. */
export function wordsFor<C>() {
  return {
    resource: <const A extends Attrs>(name: string, words: ResourceWords<C, A>): ResourceDefinition<C> => ({
      kind: 'resource',
      name,
      words: words as unknown as ResourceWords<C, Attrs>,
    }),
    dataSource: <const A extends Attrs>(name: string, words: DataSourceWords<C, A>): DataSourceDefinition<C> => ({
      kind: 'data source',
      name,
      words: words as unknown as DataSourceWords<C, Attrs>,
    }),
    ephemeral: <const A extends Attrs>(name: string, words: EphemeralWords<C, A>): EphemeralDefinition<C> => ({
      kind: 'ephemeral',
      name,
      words: words as unknown as EphemeralWords<C, Attrs>,
    }),
    provider: <const A extends Attrs>(words: ProviderWords<C, A>): ProviderDefinition<C> =>
      words as unknown as ProviderDefinition<C>,
  };
}

/** `exactlyOne` as groups, whichever way it was written. */
export function choicesOf(words: {
  exactlyOne?: readonly string[] | readonly (readonly string[])[];
}): readonly Choice[] {
  const given = words.exactlyOne ?? [];
  const groups = given.filter((entry) => typeof entry !== 'string');
  return groups.length > 0 ? groups : given.length > 0 ? [given as Choice] : [];
}
