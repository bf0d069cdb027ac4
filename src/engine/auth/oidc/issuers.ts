// The keys of every issuer that identities trust, fetched when first needed, kept, and fetched again when they rotate.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { discoveryAddress, discoveryBase, readDiscovery } from './discovery-url.ts';
import { type Algorithm, pickKey, readKeys, type VerificationKey } from './keys.ts';

/**
 * Gets a JSON document over https. The caller's egress rules hold: no redirects, bounded size, checked addresses. It
 * rejects on anything but a 200 with JSON; `signal` aborts when we no longer wait.
 */
export type FetchJson = (url: string, signal: AbortSignal) => Promise<unknown>;

type Loaded = { readonly issuer: string; readonly keys: readonly VerificationKey[]; readonly at: number };
type Entry = { loaded?: Loaded; notBefore: number; loading?: Promise<void> };

export type FoundKey = { readonly issuer: string; readonly key: VerificationKey };

/** How long keys are used without asking again, and how long beyond that while the issuer cannot be reached. */
const FRESH_MS = 10 * 60_000;
const STALE_MS = 60 * 60_000;
/** At least this long between two fetches: tokens with made-up key ids must not turn us against the issuer. */
const PAUSE_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 5_000;
/** For both documents together (design.md §5, Egress). */
const TIMEOUT_MS = 5_000;
const MAX_ISSUERS = 1000;

/** Key look-up over all issuers. Callers that need the same fetch share it. */
export class Issuers {
  readonly #fetchJson: FetchJson;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(ports: { readonly fetchJson: FetchJson; readonly clock: Clock }) {
    this.#fetchJson = ports.fetchJson;
    this.#clock = ports.clock;
  }

  /**
   * The key that a token names, and the issuer's own spelling of its name. An unknown `kid` leads to one fetch more,
   * because keys rotate, but not sooner than 30 s after the last.
   * @returns undefined when the issuer has no such key
   * @throws AppError ERR_UNAVAILABLE when the issuer's keys cannot be had; one message for every cause
   */
  async findKey(
    discoveryUrl: string,
    wanted: { readonly kid: string | undefined; readonly algorithm: Algorithm },
  ): Promise<FoundKey | undefined> {
    const base = discoveryBase(discoveryUrl);
    if (base === undefined) throw unreachable();
    const entry = this.#entry(base);
    if (!this.#isYounger(entry, FRESH_MS)) await this.#load(base, entry);
    const before = this.#usable(entry);
    const key = pickKey(before.keys, wanted);
    if (key) return { issuer: before.issuer, key };
    await this.#load(base, entry);
    const after = this.#usable(entry);
    const rotated = pickKey(after.keys, wanted);
    return rotated && { issuer: after.issuer, key: rotated };
  }

  #entry(base: string): Entry {
    const entry = this.#entries.get(base) ?? { notBefore: Number.NEGATIVE_INFINITY };
    this.#entries.delete(base);
    this.#entries.set(base, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ISSUERS) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }

  #isYounger({ loaded }: Entry, ms: number): boolean {
    return loaded !== undefined && this.#clock.monotonic() - loaded.at < ms;
  }

  #usable(entry: Entry): Loaded {
    if (!entry.loaded || !this.#isYounger(entry, FRESH_MS + STALE_MS)) throw unreachable();
    return entry.loaded;
  }

  /** Joins the fetch that runs, starts one, or does nothing while the pause lasts. Never rejects. */
  #load(base: string, entry: Entry): Promise<void> {
    if (entry.loading) return entry.loading;
    if (this.#clock.monotonic() < entry.notBefore) return Promise.resolve();
    entry.loading = this.#retrieve(base)
      .then(
        (loaded) => {
          entry.loaded = loaded;
          entry.notBefore = this.#clock.monotonic() + PAUSE_MS;
        },
        () => {
          entry.notBefore = this.#clock.monotonic() + PAUSE_AFTER_FAILURE_MS;
        },
      )
      .finally(() => {
        delete entry.loading;
      });
    return entry.loading;
  }

  async #retrieve(base: string): Promise<Loaded> {
    return within(this.#clock, TIMEOUT_MS, async (signal) => {
      const discovery = readDiscovery(await this.#fetchJson(discoveryAddress(base), signal), base);
      if (!discovery) throw unreachable();
      const keys = await readKeys(await this.#fetchJson(discovery.jwksUri, signal));
      if (!keys) throw unreachable();
      return { issuer: discovery.issuer, keys, at: this.#clock.monotonic() };
    });
  }
}

/** Gives up on `work` after `ms`, also when it pays no heed to its signal. */
async function within<T>(clock: Clock, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = new AbortController();
  const deadline = clock.sleep(ms, done.signal).then((): never => {
    late.abort();
    throw unreachable();
  });
  try {
    return await Promise.race([work(late.signal), deadline]);
  } finally {
    done.abort();
  }
}

function unreachable(): AppError {
  return new AppError('ERR_UNAVAILABLE', "The identity issuer's keys cannot be read at the moment.", {
    hint: 'Try again; if it stays, check the discovery URL and the egress rules.',
  });
}
