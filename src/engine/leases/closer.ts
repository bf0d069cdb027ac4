// Ending claimed leases at their target: after their creator, a few at a time per integration, retried without end.
import { asAppError, AppError } from '#core/errors.js';
import { isKind, KIND_RULES } from '#core/kinds.js';
import { revokeBackoffMs } from '#core/lease.js';
import { classify, type RevokeOutcome } from '../integrations/integration.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import { Breakers, PARALLEL } from './breakers.ts';
import { integrationOf, type LeaseParts, type Opened, openTarget } from './parts.ts';
import type { Strokes } from './strokes.ts';
import { REVOKE_DEADLINE_MS, withDeadline } from './timing.ts';

const WAKE_PAUSE_MS = 30_000;
const DAY_MS = 24 * 60 * 60_000;
/** Age from which a missing credential is believed at once, and the distance of two sightings (leases.md C2). */
const SETTLED_AGE_MS = 5 * 60_000;
const SIGHTINGS_APART_MS = 60_000;
const ENGINE = { actor: 'engine' };

/** Why a lease is not ended, and since when its credential is not seen where that alone does not settle it. */
type Failure = { error: AppError; notFoundAt: number | null };

export class Closer {
  readonly #parts: LeaseParts;
  readonly #strokes: Strokes;
  readonly #breakers: Breakers;
  readonly #creating = new Map<string, Promise<void>>();
  readonly #working = new Map<string, Promise<void>>();
  readonly #opened: Opened = new WeakMap();
  #nextDone: PromiseWithResolvers<void> | undefined;
  /** Integrations that failed since they last did something for us, and when leases were last woken for one. */
  readonly #failing = new Set<string>();
  readonly #wokenAt = new Map<string, number>();

  constructor(parts: LeaseParts, strokes: Strokes) {
    this.#parts = parts;
    this.#strokes = strokes;
    this.#breakers = new Breakers(parts.clock);
  }

  /** How many more leases of an integration may be claimed now. */
  room(integrationId: string): number {
    return this.#breakers.room(integrationId);
  }

  /** Whether something is being ended there: as that is done, there is room again. */
  isAtWork(integrationId: string): boolean {
    return this.#breakers.isAtWork(integrationId);
  }

  /** Integrations that failed so often in a row that they get one try at a time. */
  get down(): number {
    return this.#breakers.down;
  }

  /** Runs a create; no revoke of that lease starts before it has ended. */
  async whileCreating<Result>(id: string, create: () => Promise<Result>): Promise<Result> {
    const creation = create();
    const ended = creation.then(
      () => undefined,
      () => undefined,
    );
    this.#creating.set(id, ended);
    try {
      return await creation;
    } finally {
      this.#creating.delete(id);
    }
  }

  /** Ends a lease that was claimed for us. The promise never rejects; the store has the outcome. */
  end(row: WorkRow): Promise<void> {
    const before = this.#working.get(row.id);
    const work = this.#endAfter(row, before).finally(() => {
      if (this.#working.get(row.id) === work) this.#working.delete(row.id);
      this.#nextDone?.resolve();
      this.#nextDone = undefined;
    });
    this.#working.set(row.id, work);
    return work;
  }

  /** Resolves when nothing is being done to that lease here. */
  async settled(id: string): Promise<void> {
    await this.#working.get(id);
  }

  /** Resolves when one of the leases being ended has come to its end; at once when there is none. */
  async oneDone(): Promise<void> {
    if (this.#working.size === 0) return;
    // One promise for all: a race would put a listener on each of them, every time.
    this.#nextDone ??= Promise.withResolvers<void>();
    await this.#nextDone.promise;
  }

  /** Resolves when creates and revokes that are under way now have ended. */
  async idle(): Promise<void> {
    await Promise.all([...this.#creating.values(), ...this.#working.values()]);
  }

  #endAfter(row: WorkRow, before: Promise<void> | undefined): Promise<void> {
    const others = Promise.all([before, this.#creating.get(row.id)]);
    const { parallel = PARALLEL } = this.#parts.integrations.find(({ type }) => type === row.integration_type) ?? {};
    return this.#breakers.run(row.integration_id, parallel, others, () => this.#attempt(row));
  }

  async #attempt(row: WorkRow): Promise<void> {
    try {
      const failure = await this.#revoke(row).then(
        (outcome) => this.#unsettled(row, outcome),
        (error: unknown) => ({ error: asAppError(error), notFoundAt: null }),
      );
      if (failure) await this.#putBack(row, failure);
      else await this.#finish(row);
    } catch (cause) {
      // The store's fault, and none of the target's: the claim runs out, and the sweep takes the lease again.
      this.#parts.log(`lease ${row.id}: ${asAppError(cause).line}`);
    }
  }

  #unsettled(row: WorkRow, outcome: RevokeOutcome): Failure | undefined {
    const now = this.#parts.now();
    if (outcome === 'done' || isSettled(row, now)) return undefined;
    return { error: notSeen(), notFoundAt: row.not_found_at ?? now };
  }

  async #finish(row: WorkRow): Promise<void> {
    const { kind, integration_id: integrationId } = row;
    if (this.#breakers.succeeded(integrationId)) this.#parts.log(`integration ${integrationId} answers again`);
    this.#parts.metrics.revoked(kind, 'ok');
    await this.#strokes.finish(row);
    await this.answers(integrationId);
  }

  /** The target did something for us: leases that wait for it after a failure are due now. */
  async answers(integrationId: string): Promise<void> {
    const at = this.#parts.now();
    // Seldom, so that a lease which fails for a reason of its own keeps its backoff beside others that succeed.
    const wokenAt = this.#wokenAt.get(integrationId) ?? Number.NEGATIVE_INFINITY;
    if (!this.#failing.has(integrationId) || at - wokenAt < WAKE_PAUSE_MS) return;
    this.#failing.delete(integrationId);
    this.#wokenAt.set(integrationId, at);
    await this.#parts.store.write.wakeLeases({ integrationId, at });
  }

  async #revoke(row: WorkRow): Promise<RevokeOutcome> {
    const integration = integrationOf(this.#parts, row.integration_type);
    const target = openTarget(this.#parts, row, this.#opened);
    return withDeadline(this.#parts.clock, REVOKE_DEADLINE_MS, (signal) =>
      integration.revoke({ ...target, expiresAt: row.expires_at }, signal),
    );
  }

  async #putBack(row: WorkRow, { error, notFoundAt }: Failure): Promise<void> {
    const { now, random, store, log } = this.#parts;
    this.#failing.add(row.integration_id);
    this.#parts.metrics.revoked(row.kind, 'failed');
    if (this.#breakers.failed(row.integration_id))
      log(`integration ${row.integration_id} is down: one try at a time now`);
    const at = now();
    const failingFor = at - (row.failing_since ?? at);
    const hopeless = classify(error) === 'permanent' || failingFor >= DAY_MS;
    const backoff = revokeBackoffMs(row.attempts, hopeless ? DAY_MS : failingFor, random());
    const to = hopeless ? 'needs_operator' : 'revoke_failed';
    const next = { nextActionAt: at + backoff, notFoundAt };
    await store.write.failLease({ id: row.id, fence: row.fence, at, cause: ENGINE, to, error: error.line, ...next });
    log(`lease ${row.id} is not ended yet (${to}), next try in ${Math.round(backoff / 1000)} s: ${error.line}`);
  }
}

function isSettled(row: WorkRow, now: number): boolean {
  if (isKind(row.kind) && KIND_RULES[row.kind].notFoundIsFinal) return true;
  if (now - (row.issued_at ?? row.created_at) > SETTLED_AGE_MS) return true;
  return row.not_found_at !== null && now - row.not_found_at >= SIGHTINGS_APART_MS;
}

function notSeen(): AppError {
  return new AppError('ERR_UNAVAILABLE', 'The target does not show the credential yet.');
}
