// Tidying: what ending a lease early left at its target, taken away once the credential would be over by itself.
import { asAppError } from '#core/errors.js';
import { KIND_RULES, KINDS } from '#core/kinds.js';
import { latestEnd } from '#core/lease.js';
import { classify } from '../integrations/integration.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import { integrationOf, type LeaseParts, openTarget } from './parts.ts';
import { REVOKE_DEADLINE_MS, withDeadline } from './timing.ts';

const EVERY_MS = 60 * 60_000;
/** Targets name instants by the second. */
const SECOND_MS = 1000;

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
    if (until <= after) return;
    let isDone = true;
    for (const kind of KINDS.filter((one) => KIND_RULES[one].leavesDenies)) {
      for (const row of await store.read.listSpentLeases({ kind, after, until })) {
        isDone = (await this.#tidyOne(row)) && isDone;
      }
    }
    if (isDone) await store.write.saveTidied({ until });
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
