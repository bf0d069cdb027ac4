// Tidying: what ending a lease early left at its target, taken away once the credential would be over by itself.
import { asAppError } from '#core/errors.js';
import { latestEnd } from '#core/lease.js';
import { classify } from '../integrations/integration.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import type { SpentQuery } from '../storage/operations/lease-tidy.ts';
import { integrationOf, type LeaseParts, openPlan, openTarget } from './parts.ts';
import { REVOKE_DEADLINE_MS, withDeadline } from './timing.ts';

const EVERY_MS = 60 * 60_000;
/** Targets name instants by the second. */
const SECOND_MS = 1000;
const PAGE = 500;

type Left = { row: WorkRow; place: string };

export class Tidier {
  readonly #parts: LeaseParts;
  readonly #stopped = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  /** Once: everything that became due since the last time. How far it came is on disk. */
  async tidy(): Promise<void> {
    const { store, now } = this.#parts;
    const after = await store.read.tidiedUntil({});
    const until = now() - latestEnd(SECOND_MS);
    if (until > after) {
      const places = new Map<string, WorkRow>();
      for await (const { row, place } of this.#left({ after, until, integrationId: null })) {
        places.set(`${row.integration_id} ${place}`, row);
      }
      let isDone = true;
      for (const row of places.values()) isDone = (await this.#tidyOne(row)) && isDone;
      if (isDone) await store.write.saveTidied({ until });
    }
    await this.forget();
  }

  /** Empties deleted integrations whose leases have nothing left to be tidied. */
  async forget(): Promise<void> {
    const { store, now } = this.#parts;
    for (const id of await store.read.keptIntegrations({})) {
      const left = await this.leftOf(id).next();
      if (left.done) await store.write.emptyIntegration({ id, at: now() });
    }
  }

  /** What ended leases of one integration left at its target, as far as it is not taken away yet. */
  async *leftOf(integrationId: string): AsyncGenerator<Left, void> {
    const after = await this.#parts.store.read.tidiedUntil({});
    yield* this.#left({ after, until: Number.MAX_SAFE_INTEGER, integrationId });
  }

  /** Ended leases that left something, with the place where it is. One whose plan cannot be opened is told and passed. */
  async *#left(asked: Pick<SpentQuery, 'after' | 'until' | 'integrationId'>): AsyncGenerator<Left, void> {
    const { store, log } = this.#parts;
    let from: Pick<SpentQuery, 'after' | 'afterId'> = { after: asked.after, afterId: null };
    for (;;) {
      const page = await store.read.listSpentLeases({ ...asked, ...from, limit: PAGE });
      for (const row of page) {
        try {
          const place = integrationOf(this.#parts, row.integration_type).leavesAt?.(openPlan(this.#parts, row));
          if (place !== undefined) yield { row, place };
        } catch (error) {
          log(`lease ${row.id} is over, what is left of it is not known: ${asAppError(error).line}`);
        }
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      from = { after: last.expires_at, afterId: last.id };
    }
  }

  /** Whether it needs no other try: a target that refuses for good would hold up all others for ever. */
  async #tidyOne(row: WorkRow): Promise<boolean> {
    const { clock, log } = this.#parts;
    try {
      const integration = integrationOf(this.#parts, row.integration_type);
      const target = openTarget(this.#parts, row);
      await withDeadline(clock, REVOKE_DEADLINE_MS, async (signal) => integration.tidy?.(target, signal));
      return true;
    } catch (error) {
      log(`lease ${row.id} is over, what is left of it is not tidied: ${asAppError(error).line}`);
      return classify(error) === 'permanent';
    }
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#parts;
    while (!this.#stopped.signal.aborted) {
      await this.tidy().catch((error: unknown) => log(`tidy: ${asAppError(error).line}`));
      await clock.sleep(EVERY_MS, this.#stopped.signal);
    }
  }
}
