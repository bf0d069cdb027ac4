// Watches of a config: told when what it answers has changed, kept awake between, ended with the token or the engine.
import { AppError } from '#core/errors.js';
import type { Caller } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import { type SecretParts, snapshotOf } from './parts.ts';

/** Between 15 and 30 s; also how late the end of a token is noticed. */
const PING_MS = 20_000;
const MAX_PER_TOKEN = 10;
const MAX_IN_ALL = 1000;

export type WatchEvent = 'connected' | 'ping' | 'secrets.update';
type Watch = {
  place: Place;
  abort: AbortController;
  /** Whether the token may still do this. */
  isAdmitted(): Promise<boolean>;
  touched: ReadonlySet<string>;
  fingerprint: string;
  isDirty: boolean;
  wake(): void;
};

export class Watching {
  readonly #parts: SecretParts;
  readonly #byToken = new Map<string, number>();
  readonly #all = new Set<Watch>();

  constructor(parts: SecretParts) {
    this.#parts = parts;
    parts.notices.listen((changed) => {
      for (const watch of this.#all) {
        if (!changed.some((id) => watch.touched.has(id))) continue;
        watch.isDirty = true;
        watch.wake();
      }
    });
  }

  /** Ends every watch. */
  stop(): void {
    for (const { abort } of this.#all) abort.abort();
  }

  /**
   * Events until the config or the token ends, the engine stops, or `end` is called.
   * @throws AppError ERR_RATE_LIMITED when the token has too many watches, ERR_NOT_FOUND
   */
  async open(caller: Caller, place: Place, isAdmitted: () => Promise<boolean>) {
    const { tokenId } = caller;
    const mine = this.#byToken.get(tokenId) ?? 0;
    if (mine >= MAX_PER_TOKEN || this.#all.size >= MAX_IN_ALL) {
      throw new AppError('ERR_RATE_LIMITED', 'There are too many watches.', { retryAfterSec: 30 });
    }
    this.#byToken.set(tokenId, mine + 1);
    const watch: Watch = {
      ...{ place, isAdmitted, touched: new Set([place.configId]), fingerprint: '', isDirty: false },
      abort: new AbortController(),
      wake: () => undefined,
    };
    this.#all.add(watch);
    try {
      await this.#refresh(watch);
    } catch (error) {
      this.#close(tokenId, watch);
      throw error;
    }
    return { events: this.#events(tokenId, watch), end: () => watch.abort.abort() };
  }

  async *#events(tokenId: string, watch: Watch): AsyncGenerator<WatchEvent, void, void> {
    const { signal } = watch.abort;
    try {
      yield 'connected';
      while (!signal.aborted) {
        const isChanged = await this.#wait(watch);
        if (signal.aborted || !(await watch.isAdmitted())) return;
        // Also when nobody said so: another engine may have changed it.
        if (await this.#refresh(watch)) yield 'secrets.update';
        else if (!isChanged) yield 'ping';
      }
    } finally {
      this.#close(tokenId, watch);
    }
  }

  /** Until something changed, or it is time for a ping: then false. */
  async #wait(watch: Watch): Promise<boolean> {
    const timer = new AbortController();
    const woken = new Promise<void>((wake) => {
      watch.wake = wake;
      watch.abort.signal.addEventListener('abort', () => wake(), { once: true });
      if (watch.isDirty || watch.abort.signal.aborted) wake();
    });
    await Promise.race([woken, this.#parts.clock.sleep(PING_MS, timer.signal)]);
    timer.abort();
    const isChanged = watch.isDirty;
    watch.isDirty = false;
    return isChanged;
  }

  /** @returns whether the config answers differently than before */
  async #refresh(watch: Watch): Promise<boolean> {
    const { fingerprint, touched } = await snapshotOf(this.#parts, watch.place);
    const isOther = fingerprint !== watch.fingerprint;
    watch.fingerprint = fingerprint;
    watch.touched = new Set(touched);
    return isOther;
  }

  #close(tokenId: string, watch: Watch): void {
    if (!this.#all.delete(watch)) return;
    const left = (this.#byToken.get(tokenId) ?? 1) - 1;
    if (left > 0) this.#byToken.set(tokenId, left);
    else this.#byToken.delete(tokenId);
  }
}
