// Ending leases on request: moves them to revoking in the store, has them ended, and waits a while for it.
import type { Cause } from '../storage/operations/lease-rows.ts';
import type { Claimant } from '../storage/operations/lease-rows.ts';
import type { Ending, Selector } from '../storage/operations/lease-end.ts';
import type { Closer } from './closer.ts';
import type { LeaseParts } from './parts.ts';
import { CLAIM_MS, REVOKE_WAIT_MS, waitAtMost } from './timing.ts';

export class Ender {
  readonly #parts: LeaseParts;
  readonly #closer: Closer;

  constructor(parts: LeaseParts, closer: Closer) {
    this.#parts = parts;
    this.#closer = closer;
  }

  /** Claims the selection and starts ending it. */
  async begin(selector: Selector, cause: Cause): Promise<Ending> {
    const ending = await this.#parts.store.write.endLeases({ ...this.#claimant(cause), selector });
    this.#start(ending);
    return ending;
  }

  /** As `begin`, and waits up to 10 s for it to be over. */
  async end(selector: Selector, cause: Cause): Promise<void> {
    await this.#wait(await this.begin(selector, cause));
  }

  /** Runs a store operation that claims leases by itself, ends them, and waits up to 10 s. */
  async endBy(cause: Cause, write: (claimant: Claimant) => Promise<Ending | undefined>): Promise<boolean> {
    const ending = await write(this.#claimant(cause));
    if (!ending) return false;
    this.#start(ending);
    await this.#wait(ending);
    return true;
  }

  #claimant(cause: Cause): Claimant {
    const at = this.#parts.now();
    return { at, claimedBy: this.#parts.processId, claimUntil: at + CLAIM_MS, cause };
  }

  #start(ending: Ending): void {
    for (const row of ending.claimed) void this.#closer.end(row);
  }

  async #wait({ claimed, others }: Ending): Promise<void> {
    const ids = [...claimed.map(({ id }) => id), ...others];
    const all = Promise.all(ids.map((id) => this.#closer.settled(id)));
    await waitAtMost(this.#parts.clock, REVOKE_WAIT_MS, all);
  }
}
