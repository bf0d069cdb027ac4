// Leases that come with a list or a download: all of them or none, and no name from two sources.
import { AppError } from '#core/errors.js';
import { leasedNames } from '#core/kinds.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Caller } from '../auth/caller.ts';
import { leaseActor } from '../auth/permissions.ts';
import type { Place } from '../auth/places.ts';
import type { DynamicSecretView, IntegrationService } from '../integrations/definitions.ts';
import type { IssuedLease, IssueRequest, LeaseActor, LeaseService } from '../leases/lease-service.ts';

/** One lease of an answer, for its header. */
export type LeaseNote = { name: string; id: string; expiresAt: number };
export type Leased = { values: ReadonlyMap<string, Sensitive>; leases: readonly LeaseNote[] };

export type LeaseWish = {
  /** Only dynamic secrets of these names, or that lease one of them; undefined: all. */
  names?: readonly string[] | undefined;
  ttlSec?: number | undefined;
  setId?: string | undefined;
};

type Candidate = { dynamic: DynamicSecretView; names: readonly string[] };

export class LeasedValues {
  readonly #leases: LeaseService;
  readonly #integrations: IntegrationService;

  constructor({ leases, integrations }: { leases: LeaseService; integrations: IntegrationService }) {
    this.#leases = leases;
    this.#integrations = integrations;
  }

  /** The names that leasing would add, without leasing. */
  async names(place: Place): Promise<string[]> {
    return (await this.#candidates(place)).flatMap(({ names }) => [...names]);
  }

  /**
   * Issues a lease of each wanted dynamic secret of the config. When one fails the others are ended again.
   * @param taken names that the answer has already
   * @throws AppError ERR_CONFLICT before anything is issued when a name would have two sources
   */
  async issue(caller: Caller, place: Place, wish: LeaseWish, taken: readonly string[]): Promise<Leased> {
    const wanted = (await this.#candidates(place)).filter(({ dynamic, names }) => isWanted(wish, dynamic.name, names));
    refuseClashes(wanted, taken);
    const actor = leaseActor(caller, place);
    const { ttlSec, setId } = wish;
    const ids = wanted.map(({ dynamic }) => dynamic.slug);
    return collect(wanted, await this.issueEach(actor, ids, { ttlSec, setId }));
  }

  /** One lease of each, in their order. When one fails the others are ended again. */
  async issueEach(
    actor: LeaseActor,
    dynamicSecretIds: readonly string[],
    terms: Omit<IssueRequest, 'dynamicSecretId' | 'actor'>,
  ): Promise<IssuedLease[]> {
    const results = await Promise.allSettled(
      dynamicSecretIds.map((dynamicSecretId) => this.#leases.issue({ ...terms, dynamicSecretId, actor })),
    );
    const issued = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return issued;
    // What cannot be ended now is ended by its expiry; the first failure is what the caller must hear of.
    await Promise.allSettled(issued.map(({ id }) => this.#leases.revoke({ id, actor })));
    throw failed.reason;
  }

  async #candidates(place: Place): Promise<Candidate[]> {
    const all = await this.#integrations.listDynamicSecrets(place.configId);
    return all.map((dynamic) => ({
      dynamic,
      names: [...leasedNames(dynamic.kind, dynamic.name, dynamic.keyMap).values()],
    }));
  }
}

function isWanted({ names }: LeaseWish, dynamic: string, leased: readonly string[]): boolean {
  return names === undefined || names.includes(dynamic) || leased.some((name) => names.includes(name));
}

function refuseClashes(wanted: readonly Candidate[], taken: readonly string[]): void {
  const seen = new Set(taken);
  for (const { dynamic, names } of wanted) {
    const clash = names.find((name) => seen.has(name));
    if (clash !== undefined) {
      throw new AppError(
        'ERR_CONFLICT',
        `The dynamic secret '${dynamic.name}' leases '${clash}', which is there already.`,
        {
          hint: 'Give one of them another name (key_map).',
        },
      );
    }
    for (const name of names) seen.add(name);
  }
}

function collect(wanted: readonly Candidate[], issued: readonly IssuedLease[]): Leased {
  const values = new Map(issued.flatMap((lease) => [...lease.values]));
  const leases = issued.map(({ id, expiresAt }, at) => ({ name: wanted[at]?.dynamic.name ?? '', id, expiresAt }));
  return { values, leases };
}
