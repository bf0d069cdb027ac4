// The leases of one job while main runs: written down before they are asked for, collected, and rolled back on failure.
import { AppError, asAppError } from '#core/errors.js';
import type { LeaseHandle } from '#core/lease-handle.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Network } from '#client/network.js';
import type { Connect, IssuedHead, IssuedLease, SecretsClient } from '#client/client.js';
import type { Wire } from '#client/http.js';
import { endLeases, summary } from './end.ts';
import { type HandedLease, type Handoff, saveHandoff } from './handoff.ts';
import type { LeaseId } from './inject.ts';
import { scopeName } from './inputs/leasing.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { WantedLease } from './lease-plan.ts';
import { type Delivery, leasedName } from './naming.ts';
import type { Processes, ProcessIdentity } from './processes.ts';
import type { Runner } from './runner.ts';

/** How long a request that is under way may still run once the job is cancelled: its answer holds the lease id. */
const CANCEL_GRACE_MS = 3_000;
/** Slack for the far side's clock when nobody said when a lease ends. */
const CLOCK_SLACK_MS = 60_000;

export type LeasingTools = {
  readonly runner: Runner;
  readonly connect: Connect;
  readonly wire: Wire;
  /** Aborts when the job is cancelled. */
  readonly stop: AbortSignal;
  readonly newHandle: () => LeaseHandle;
  readonly openProcesses: () => Promise<Processes>;
  /** Path of the keeper's bundle. */
  readonly keeperScript: string;
};

export type LeasePlan = {
  readonly inputs: Inputs;
  readonly network: Network;
  /** In the order of the input. */
  readonly leases: readonly WantedLease[];
  readonly handle: LeaseHandle;
  /** Whether our engine is on the other side: it takes handles. */
  readonly engine: boolean;
};

/** A lease that this run holds. */
export type IssuedHere = HandedLease & {
  readonly ttlSec: number;
  readonly prefix: string | undefined;
  /** Under the names of the answer. */
  readonly fields: ReadonlyMap<string, Sensitive>;
};

export class LeaseRun {
  readonly #tools: LeasingTools;
  readonly #plan: LeasePlan;
  #leases: HandedLease[] = [];
  #issued: IssuedHere[] = [];
  #keeper: ProcessIdentity | undefined;
  #renewedSec: number | null = null;

  /** Whether the answer to a request may still be on its way. */
  #isAsking = true;
  readonly #startedAt: number;

  /** Writes the handoff down: from here on post can end whatever gets leased. */
  constructor(tools: LeasingTools, plan: LeasePlan) {
    this.#tools = tools;
    this.#plan = plan;
    this.#startedAt = tools.wire.clock.now();
    if (plan.engine) tools.runner.mask([plan.handle.revokeKey.reveal()]);
    this.#save();
  }

  /**
   * Leases every dynamic secret, one request each, at once.
   * @throws AppError when one of them fails, after all of them have settled
   */
  async issueAll(client: SecretsClient): Promise<Delivery[]> {
    const { stop, wire } = this.#tools;
    const over = new AbortController();
    const hard = new AbortController();
    const onStop = () => void wire.clock.sleep(CANCEL_GRACE_MS, over.signal).then(() => hard.abort());
    stop.addEventListener('abort', onStop, { once: true });
    const { leases } = this.#plan;
    const results = stop.aborted
      ? []
      : await Promise.allSettled(leases.map((wanted) => this.#issue(client, wanted, hard.signal)));
    stop.removeEventListener('abort', onStop);
    over.abort();
    this.#isAsking = false;
    // Where no handle ends them all, post must not speak of leases that main has accounted for.
    if (!this.#plan.engine) this.#save();
    throwFirst(results);
    this.#issued = results.flatMap((result, index) => {
      const wanted = leases[index];
      if (result.status !== 'fulfilled' || !wanted) return [];
      const { scope, dynamic, ttlSec, prefix } = wanted;
      return { ...scope, dynamic, ttlSec, prefix, ...result.value };
    });
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    return results.flatMap((result, index) => {
      const wanted = leases[index];
      return result.status === 'fulfilled' && wanted ? named(wanted, result.value, leases.length > 1) : [];
    });
  }

  /** Those that are there, with their values. */
  get issued(): readonly IssuedHere[] {
    return this.#issued;
  }

  /** k2; only towards an engine. */
  get setId(): string | undefined {
    return this.#plan.engine ? this.#plan.handle.setId : undefined;
  }

  /** k0; only towards an engine. */
  get renewKey(): Sensitive | undefined {
    return this.#plan.engine ? this.#plan.handle.renewKey : undefined;
  }

  /** Notes that a lease now ends at another time. */
  moved(lease: IssuedHere, expiresAt: number): IssuedHere {
    const move = <T extends HandedLease>(one: T): T => (one.id === lease.id ? { ...one, expiresAt } : one);
    this.#issued = this.#issued.map(move);
    this.#leases = this.#leases.map(move);
    return { ...lease, expiresAt };
  }

  /** Notes that these are renewed from now on, and by which process of ours if there is one; post stops it first. */
  renewed(leases: readonly IssuedHere[], keeper?: ProcessIdentity): void {
    this.#keeper ??= keeper;
    this.#renewedSec = Math.max(this.#renewedSec ?? 0, ...leases.map(({ ttlSec }) => ttlSec));
    this.#save();
  }

  /** Ends them all; a sentence on `what` became of them, empty when nothing was leased. */
  async end(client: SecretsClient, what: string): Promise<string> {
    const ended = await endLeases(client, this.#handoff());
    if (ended.leased === 0) return '';
    const after = ended.left === 0 ? '' : ' The post step tries again.';
    return `${what}: ${summary(ended)}.${after}`;
  }

  /** The ids for the outputs, in the order of the input. */
  get leaseIds(): LeaseId[] {
    const { leases, inputs } = this.#plan;
    const { backend } = inputs;
    const order = leases.map(leaseKey);
    const place = ({ dynamic, ...scope }: HandedLease) => order.indexOf(leaseKey({ scope, dynamic }));
    return this.#leases
      .toSorted((a, b) => place(a) - place(b))
      .map(({ project, config, dynamic, id }) => ({ backend, project, config, dynamic, id }));
  }

  /** When the first of them runs out. */
  get expiresAt(): number | undefined {
    return this.#leases.length === 0 ? undefined : Math.min(...this.#leases.map((lease) => lease.expiresAt));
  }

  async #issue(client: SecretsClient, wanted: WantedLease, signal: AbortSignal): Promise<IssuedLease> {
    const { handle, engine } = this.#plan;
    const { scope, dynamic, ttlSec } = wanted;
    return client.issueLease({
      scope,
      dynamic,
      ttlSec,
      ...(engine ? { setId: handle.setId } : {}),
      onIssued: (lease) => this.#record(wanted, lease),
      signal,
    });
  }

  #record({ scope, dynamic }: WantedLease, { id, expiresAt }: IssuedHead): void {
    this.#leases.push({ dynamic, ...scope, id, expiresAt });
    this.#save();
  }

  #save(): void {
    saveHandoff(this.#tools.runner, this.#handoff(), this.#plan.network);
  }

  /** Towards Phase's cloud post can at least say which leases it may have been. */
  #doubt(): Handoff['doubt'] {
    const { inputs, leases, engine } = this.#plan;
    if (engine || inputs.backend !== 'phase' || !this.#isAsking) return null;
    return { since: this.#startedAt, asks: leases.map(({ scope, dynamic }) => ({ ...scope, dynamic })) };
  }

  #handoff(): Handoff {
    const { inputs, leases, handle, engine, network } = this.#plan;
    const longestSec = Math.max(...leases.map(({ ttlSec }) => ttlSec));
    return {
      backend: inputs.backend,
      apiUrl: inputs.apiUrl,
      setId: handle.setId,
      revokeKey: engine ? handle.revokeKey : undefined,
      asked: engine || this.#isAsking ? leases.map(({ dynamic }) => dynamic) : [],
      leases: this.#leases,
      doubt: this.#doubt(),
      until: this.#tools.wire.clock.now() + inputs.timeoutMs + longestSec * 1000 + CLOCK_SLACK_MS,
      proxied: network.proxy !== undefined,
      renewedSec: this.#renewedSec,
      keeper: this.#keeper ?? null,
    };
  }
}

/** One error for all that failed: the first, with the messages of the others behind it. */
function throwFirst(results: readonly PromiseSettledResult<unknown>[]): void {
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [asAppError(result.reason)] : []));
  const [first, ...others] = errors;
  if (!first) return;
  const hint = first.hint === undefined ? {} : { hint: first.hint };
  const details = [...first.details, ...others.flatMap((error) => [error.message, ...error.details])];
  throw new AppError(first.code, first.message, { details: [...new Set(details)], cause: first.cause, ...hint });
}

/** A region opens nothing, and a mask of it would cut every job output with an address in it. */
const PUBLIC_FIELD = /(?:^|_)region$/i;

function named({ scope, dynamic, prefix }: WantedLease, lease: IssuedLease, oneOfMany: boolean): Delivery[] {
  const of = oneOfMany ? ` of ${scopeName(scope)}` : '';
  return [...lease.fields].map(([field, value]) => ({
    name: leasedName(dynamic, field, prefix),
    value,
    visibility: PUBLIC_FIELD.test(field) ? 'unmasked' : 'masked',
    source: `field ${field} of the lease of ${dynamic}${of}`,
    expiresAt: lease.expiresAt,
  }));
}

function leaseKey({ scope, dynamic }: Pick<WantedLease, 'scope' | 'dynamic'>): string {
  return `${scopeName(scope)}/${dynamic}`;
}
