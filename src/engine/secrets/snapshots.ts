// Snapshots kept between reads: sealed values and opened names, used again only while every version in them still holds.
import type { Place } from '../auth/places.ts';
import type { Store } from '../storage/store.ts';
import type { Sealing } from './sealing.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/** Of sealed values and their rows, in all; the least recently read go first. */
const MAX_BYTES = 64 * 1024 * 1024;

export class Snapshots {
  readonly #store: Store;
  readonly #sealing: Sealing;
  readonly #kept = new Map<string, Snapshot>();
  #bytes = 0;

  constructor(store: Store, sealing: Sealing) {
    this.#store = store;
    this.#sealing = sealing;
  }

  /**
   * The config as it is now. Whatever changes an answer counts the version of a config in it up, so that equal
   * versions are equal answers; no value is ever kept open.
   * @throws AppError ERR_NOT_FOUND
   */
  async of(place: Place): Promise<Snapshot> {
    const { configId } = place;
    const kept = this.#kept.get(configId);
    if (kept && (await this.#holds(kept))) {
      this.#kept.delete(configId);
      this.#kept.set(configId, kept);
      return kept;
    }
    this.#drop(configId);
    const fresh = await takeSnapshot(this.#store, this.#sealing, place);
    this.#keep(configId, fresh);
    return fresh;
  }

  async #holds(kept: Snapshot): Promise<boolean> {
    const rows = await this.#store.read.readConfigVersions({ ids: kept.touched });
    if (rows.length !== kept.states.size) return false;
    return rows.every(({ id, version, locked }) => {
      const state = kept.states.get(id);
      return state?.version === version && state.locked === (locked !== 0);
    });
  }

  #keep(configId: string, snapshot: Snapshot): void {
    this.#drop(configId);
    if (snapshot.bytes > MAX_BYTES / 4) return;
    this.#kept.set(configId, snapshot);
    this.#bytes += snapshot.bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= MAX_BYTES) return;
      this.#drop(oldest);
    }
  }

  #drop(configId: string): void {
    const kept = this.#kept.get(configId);
    if (!kept) return;
    this.#kept.delete(configId);
    this.#bytes -= kept.bytes;
  }
}
