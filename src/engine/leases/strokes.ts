// Store operations of leases in strokes: what is asked for while one is being written goes into the next one together.
import { AppError, asAppError, type ErrorCode } from '#core/errors.js';
import type { LeaseState } from '#core/lease.js';
import type { LeasableRow } from '../storage/operations/dynamic-secrets.ts';
import type { Held } from '../storage/operations/lease-end.ts';
import type { Activation, Intent, IntentOutcome, Refusal } from '../storage/operations/lease-issue.ts';
import type { LeaseParts } from './parts.ts';

const ENGINE = { actor: 'engine' };

type Asked<Item, Result> = { item: Item; resolve(result: Result): void; reject(error: unknown): void };

/**
 * Said of one item alone, with nothing written: the others of its stroke are innocent. Every other failure is the
 * store's (full, away, its outcome unknown), and is never tried again here.
 */
const OWN_FAULT: ReadonlySet<ErrorCode> = new Set(['ERR_CONFLICT', 'ERR_REQUEST_INVALID', 'ERR_NOT_FOUND']);

/**
 * Gathers items while a stroke is under way. Each has its own result. A stroke that the store fails, fails for all that
 * are in it; where one item is to blame, the others are written without it.
 */
class Gathering<Item, Result> {
  readonly #most: number;
  readonly #write: (items: Item[]) => Promise<Result[]>;
  readonly #asked: Asked<Item, Result>[] = [];
  #isWriting = false;

  constructor(most: number, write: (items: Item[]) => Promise<Result[]>) {
    this.#most = most;
    this.#write = write;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ item, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // What is asked for in this very moment shares the first stroke.
    await Promise.resolve();
    while (this.#asked.length > 0) await this.#writeSome(this.#asked.splice(0, this.#most));
    this.#isWriting = false;
  }

  async #writeSome(some: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#write(some.map(({ item }) => item));
      for (const [index, { resolve }] of some.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (some.length === 1 || !OWN_FAULT.has(asAppError(error).code)) {
        for (const { reject } of some) reject(error);
        return;
      }
      const middle = Math.ceil(some.length / 2);
      await this.#writeSome(some.slice(0, middle));
      await this.#writeSome(some.slice(middle));
    }
  }
}

/**
 * What every lease needs of the store in its life: its source read, and three writes. Each promise of a write resolves
 * after the commit of its stroke; a read begins after it was asked for, and what is asked for at once is read once.
 */
export class Strokes {
  readonly #sources: Gathering<string, LeasableRow | undefined>;
  readonly #intents: Gathering<Intent, IntentOutcome>;
  readonly #activations: Gathering<Activation, boolean>;
  readonly #ends: Gathering<Held, LeaseState | null>;

  constructor({ store: { read, write, stroke }, now }: Pick<LeaseParts, 'store' | 'now'>) {
    this.#sources = new Gathering(stroke, async (ids) => {
      const asked = [...new Set(ids)].map(async (id) => [id, await read.getDynamicSecret({ id })] as const);
      const rows = new Map(await Promise.all(asked));
      return ids.map((id) => rows.get(id));
    });
    this.#intents = new Gathering(stroke, (intents) => write.intendLeases({ intents }));
    this.#activations = new Gathering(stroke, (leases) => write.activateLeases({ leases }));
    this.#ends = new Gathering(stroke, (leases) => write.finishLeases({ leases, at: now(), cause: ENGINE }));
  }

  /** The dynamic secret of that id, with what leasing from it needs. */
  source(id: string): Promise<LeasableRow | undefined> {
    return this.#sources.add(id);
  }

  /** @throws AppError where the intent is refused */
  async intend(intent: Intent): Promise<Exclude<IntentOutcome, { refused: Refusal }>> {
    const outcome = await this.#intents.add(intent);
    if (!('refused' in outcome)) return outcome;
    const { code, message, hint } = outcome.refused;
    throw new AppError(code, message, hint === undefined ? {} : { hint });
  }

  /** Whether it is active now: if not, somebody ended it meanwhile. */
  activate(activation: Activation): Promise<boolean> {
    return this.#activations.add(activation);
  }

  /** Null: somebody else holds it. */
  finish({ id, fence }: Held): Promise<LeaseState | null> {
    return this.#ends.add({ id, fence });
  }
}
