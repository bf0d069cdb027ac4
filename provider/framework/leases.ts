// The leases that this process has out. Terraform does not promise to close them, so the process gives them back itself.
import { AppError, asAppError, type ErrorCode } from '#core/errors.js';
import { type Clock, iso } from '#core/clock.js';
import { type Diagnostic, problem, warning } from './diagnostics.ts';
import { renewDelayMs, retryDelayMs } from './renewal.ts';

/** Ends everything that was lent under one handle, answers lost on the way included. Safe to call twice. */
export type LeaseSet = { revoke: () => Promise<void> };

/** A lease as its opener hands it over. Both calls may be made after it has ended; `revoke` then does nothing. */
export type Lease = {
  /** Stable for the life of the lease: Close is given the one of Open. No secret. */
  id: string;
  ttlSec: number;
  revoke: () => Promise<void>;
  /** Absent where the kind cannot be renewed. `ttlSec` counts from now; `final` says that it will not grow again. */
  renew?: (signal: AbortSignal) => Promise<{ ttlSec: number; final?: boolean }>;
};

export type LeaseLog = (
  level: 'debug' | 'warn',
  message: string,
  fields?: Readonly<Record<string, string | number>>,
) => void;
export type LeaseOptions = { clock: Clock; log: LeaseLog; random?: () => number; drainMs?: number };

type Held = { lease: Lease; set: LeaseSet | undefined; expiresAt: number; failure: AppError | undefined };

const DRAIN_MS = 20_000;
/** Openings are aborted when the end begins; those that do not listen are not waited for any longer. */
const OPENING_MS = 5_000;
const AT_ONCE = 8;
const GONE: readonly ErrorCode[] = ['ERR_NOT_FOUND', 'ERR_LEASE_EXPIRED'];

/** Every lease is in here from before it is asked for until the server says that it has ended. */
export class LeaseRegistry {
  readonly #held = new Map<string, Held>();
  readonly #opening = new Set<Promise<unknown>>();
  /** Sets under which something may have been lent without our knowing: an opening that runs or failed. */
  readonly #doubtful = new Set<LeaseSet>();
  readonly #failedUnder = new WeakSet<LeaseSet>();
  readonly #borrowed: (() => Promise<void>)[] = [];
  readonly #ending = new AbortController();
  readonly #clock: Clock;
  readonly #log: LeaseLog;
  readonly #random: () => number;
  readonly #drainMs: number;
  #drained: Promise<void> | undefined;

  constructor({ clock, log, random = Math.random, drainMs = DRAIN_MS }: LeaseOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#random = random;
    this.#drainMs = drainMs;
  }

  /** Leases that are out, for whoever wants to know. */
  get size(): number {
    return this.#held.size;
  }

  /** Something that is not a lease but has to be given back at the end, after the leases. */
  borrow(giveBack: () => Promise<void>): void {
    this.#borrowed.push(giveBack);
  }

  /**
   * Runs `open`, which may lend something. The set is known before the first request leaves, so that a lease whose
   * answer was lost is given back too. Once the process is ending nothing is opened any more.
   * @throws what `open` throws; AppError ERR_UNAVAILABLE while ending
   */
  async open<T>(
    open: (signal: AbortSignal) => Promise<T>,
    leaseOf: (opened: T) => Lease | undefined,
    set?: LeaseSet,
  ): Promise<T> {
    if (this.#ending.signal.aborted) throw ending();
    if (set) this.#doubtful.add(set);
    const work = this.#register(open(this.#ending.signal), leaseOf, set);
    this.#opening.add(work);
    try {
      const opened = await work;
      if (set && !this.#failedUnder.has(set)) this.#doubtful.delete(set);
      return opened;
    } catch (error) {
      if (set) this.#failedUnder.add(set);
      throw error;
    } finally {
      this.#opening.delete(work);
    }
  }

  async #register<T>(
    opening: Promise<T>,
    leaseOf: (opened: T) => Lease | undefined,
    set: LeaseSet | undefined,
  ): Promise<T> {
    const opened = await opening;
    const lease = leaseOf(opened);
    if (!lease) return opened;
    const held: Held = { lease, set, expiresAt: this.#clock.now() + lease.ttlSec * 1000, failure: undefined };
    this.#held.set(lease.id, held);
    if (!this.#ending.signal.aborted) return opened;
    await this.#revoke(held);
    throw ending();
  }

  /** When Terraform should renew, in epoch milliseconds; undefined when it cannot be renewed. */
  renewAt(lease: Lease): number | undefined {
    return lease.renew ? this.#clock.now() + renewDelayMs(lease.ttlSec, this.#random()) : undefined;
  }

  /**
   * Renews. A failure while the lease still lives is remembered and tried again soon; Terraform 1.11 drops what Renew
   * reports, so it is told again when the lease is closed.
   */
  async renew(id: string, signal: AbortSignal): Promise<{ renewAt: number | undefined; found: Diagnostic[] }> {
    const held = this.#held.get(id);
    if (!held?.lease.renew || this.#ending.signal.aborted) return { renewAt: undefined, found: [] };
    try {
      const { ttlSec, final = false } = await held.lease.renew(signal);
      held.failure = undefined;
      held.expiresAt = this.#clock.now() + ttlSec * 1000;
      return { renewAt: final ? undefined : this.#clock.now() + renewDelayMs(ttlSec, this.#random()), found: [] };
    } catch (error) {
      return this.#renewFailed(held, asAppError(error));
    }
  }

  #renewFailed(held: Held, failure: AppError): { renewAt: number | undefined; found: Diagnostic[] } {
    held.failure = failure;
    this.#log('warn', 'A lease could not be renewed.', { lease: held.lease.id, code: failure.code });
    const leftMs = held.expiresAt - this.#clock.now();
    if (leftMs > 1_000 && !GONE.includes(failure.code)) {
      return { renewAt: this.#clock.now() + retryDelayMs(leftMs, this.#random()), found: [] };
    }
    return { renewAt: undefined, found: [notRenewed(held)] };
  }

  /** Ends one lease. One that is not known has been given back already. A refusal is told, and tried again at the end. */
  async close(id: string): Promise<Diagnostic[]> {
    const held = this.#held.get(id);
    if (!held) return [];
    const found = held.failure ? [notRenewed(held)] : [];
    const failure = await this.#revoke(held);
    // Terraform may have closed the token first, and its leases end with it; what is left ends by the handle of the set.
    const isMoot = failure?.code === 'ERR_UNAUTHENTICATED' && held.set !== undefined;
    if (failure && !isMoot) found.push(notRevoked(held, failure));
    return found;
  }

  /**
   * Ends everything: sets by one call each, the rest a few at a time, retried until the time is up. The same promise
   * for every caller; never rejects.
   */
  drain(): Promise<void> {
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  async #drain(): Promise<void> {
    this.#ending.abort();
    const timeUp = new AbortController();
    const deadline = this.#clock.sleep(this.#drainMs, timeUp.signal).then(() => timeUp.abort());
    await Promise.race([this.#giveBackAll(timeUp.signal), deadline]);
    timeUp.abort();
    for (const { lease, expiresAt } of this.#held.values()) {
      this.#log('warn', 'A lease was not given back.', { lease: lease.id, until: iso(expiresAt) });
    }
  }

  async #giveBackAll(timeUp: AbortSignal): Promise<void> {
    await Promise.race([Promise.allSettled(this.#opening), this.#clock.sleep(OPENING_MS, timeUp)]);
    for (let attempt = 0; !timeUp.aborted; attempt++) {
      await this.#endSets();
      await this.#endEach(timeUp);
      if (this.#held.size === 0 && this.#doubtful.size === 0) break;
      await this.#clock.sleep(Math.min(250 * 2 ** attempt, 4_000), timeUp);
    }
    await Promise.allSettled(this.#borrowed.map((giveBack) => giveBack()));
  }

  async #endSets(): Promise<void> {
    const sets = new Set([...this.#doubtful, ...[...this.#held.values()].flatMap(({ set }) => set ?? [])]);
    await Promise.all(
      [...sets].map(async (set) => {
        try {
          await set.revoke();
          this.#doubtful.delete(set);
          for (const [id, held] of this.#held) if (held.set === set) this.#held.delete(id);
        } catch (error) {
          this.#log('warn', 'A set of leases could not be revoked.', { code: asAppError(error).code });
        }
      }),
    );
  }

  async #endEach(timeUp: AbortSignal): Promise<void> {
    const waiting = [...this.#held.values()];
    const worker = async () => {
      for (let held = waiting.pop(); held && !timeUp.aborted; held = waiting.pop()) await this.#revoke(held);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker));
  }

  async #revoke(held: Held): Promise<AppError | undefined> {
    try {
      await held.lease.revoke();
    } catch (error) {
      const failure = asAppError(error);
      if (!GONE.includes(failure.code)) {
        this.#log('warn', 'A lease could not be revoked.', { lease: held.lease.id, code: failure.code });
        return failure;
      }
    }
    this.#held.delete(held.lease.id);
    this.#log('debug', 'A lease was revoked.', { lease: held.lease.id });
    return undefined;
  }
}

function notRenewed({ expiresAt, failure }: Held): Diagnostic {
  const detail = `It ran out at ${iso(expiresAt)} unless it was renewed later. ${failure?.line ?? ''}`.trim();
  return problem('A lease could not be renewed.', detail);
}

function notRevoked({ expiresAt }: Held, failure: AppError): Diagnostic {
  const detail = `${failure.line} The provider tries again when it ends; otherwise the lease lives until ${iso(expiresAt)}.`;
  return warning('A lease could not be revoked.', detail);
}

function ending(): AppError {
  return new AppError('ERR_UNAVAILABLE', 'The provider is ending and opens nothing any more.');
}
