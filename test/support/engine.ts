// An engine for tests: the real one over a real SQLite store, spoken to through fetch, with leases in memory.
import { randomBytes } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { renewAdminToken } from '#engine/auth/admin.js';
import { createEngine, type Engine, type EngineOptions } from '#engine/engine.js';
import { Keyring } from '#engine/keyring/keyring.js';
import type { Store } from '#engine/storage/store.js';
import { asFetch, type Fetch } from './fetch.ts';
import { type FakeMinting, fakeMinting } from './minting.ts';
import { openTestStore } from './store.ts';
import { temporaryFolder } from './temp.ts';

export type Reply = { status: number; headers: Headers; text: string; body: Record<string, unknown> };
type Sent = { body?: unknown; headers?: Record<string, string>; raw?: string | Uint8Array<ArrayBuffer> };

export type TestEngine = {
  engine: Engine;
  /** The engine without a socket. */
  fetch: Fetch;
  store: Store;
  folder: string;
  minting: FakeMinting;
  admin: string;
  /** Everything that was logged, line by line. */
  logged: string[];
  /** Moves the clock. */
  advance(ms: number): void;
  now(): number;
  /** `METHOD /path` below /v3, with a token where one is given. */
  send(token: string | undefined, request: string, sent?: Sent): Promise<Reply>;
  /** A service token of app's config. */
  token(config: string, access?: string): Promise<string>;
  close(): Promise<void>;
};

/** With a project `app` and its usual environments; `fetchJson` answers for OIDC issuers. */
export async function startTestEngine(
  more: Partial<Pick<EngineOptions, 'plan' | 'extensions' | 'proxies' | 'post' | 'fetchJson' | 'minting'>> = {},
): Promise<TestEngine> {
  const folder = temporaryFolder();
  const store = await openTestStore(folder);
  const rootKey = new Uint8Array(randomBytes(32));
  const clock = new TestClock();
  const minting = fakeMinting();
  const logged: string[] = [];
  const log = (...line: unknown[]) => void logged.push(JSON.stringify(line));
  const options = { store, rootKey, clock, version: '1.0.0', log, fetchJson: noIssuers, minting: () => minting };
  const engine = await createEngine({ ...options, ...more });
  await engine.start();
  const keyring = await Keyring.open(store, rootKey, () => clock.now());
  const admin = (await renewAdminToken({ store, keyring, clock })).reveal();
  const fetch = asFetch(engine.handle);
  const send: TestEngine['send'] = (token, request, sent) => sendTo(fetch, token, request, sent);
  await send(admin, 'POST /projects', { body: { name: 'app' } });
  return {
    ...{ engine, fetch, store, folder, minting, admin, logged, send },
    advance: (ms) => clock.advance(ms),
    now: () => clock.now(),
    token: async (config, access = 'read') => {
      const body = { project: 'app', config, name: 'test', access };
      const made = await send(admin, 'POST /configs/config/tokens', { body });
      return (made.body['token'] as { key: string }).key;
    },
    close: async () => {
      await engine.stop();
      await store.close();
    },
  };
}

async function noIssuers(): Promise<never> {
  throw new AppError('ERR_UNAVAILABLE', 'There is no issuer here.');
}

/** Stands still until it is moved; a sleep lasts until then, or until it is aborted. */
class TestClock implements Clock {
  #now = Date.now();
  readonly #sleepers = new Set<{ until: number; wake(): void }>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return performance.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.add({ until: this.#now + ms, wake });
      signal?.addEventListener('abort', () => wake());
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

const ROOT_PATH = /^\/(?:$|v3$|healthz|health\/|readyz|v1\/|secrets\/|identities\/|service|public)/;

async function sendTo(fetch: Fetch, token: string | undefined, request: string, sent: Sent = {}): Promise<Reply> {
  const [method = '', path = ''] = request.split(' ');
  const headers = new Headers(sent.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const url = `http://engine${ROOT_PATH.test(path) ? '' : '/v3'}${path}`;
  const response = await fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
  // A stream of events has no end to wait for.
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
