// What a static read of 50 values costs: bare cipher, engine with its audit row on disk, and over HTTP.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Caller } from '../src/engine/auth/caller.ts';
import { renewAdminToken } from '../src/engine/auth/admin.ts';
import { NO_GRANTS } from '../src/engine/auth/grants.ts';
import { Places } from '../src/engine/auth/places.ts';
import { createEngine } from '../src/engine/engine.ts';
import { listen } from '../src/engine/http/server.ts';
import { Keyring } from '../src/engine/keyring/keyring.ts';
import { createMinting } from '../src/engine/minting.ts';
import { secretParts } from '../src/engine/secrets/parts.ts';
import { Secrets } from '../src/engine/secrets/secrets.ts';
import { openSqliteStore } from '../src/engine/storage/sqlite/sqlite-store.ts';
import { median, type Measure, ratio, rates } from './measure.ts';

const VALUES = 50;
const VALUE_BYTES = 64;
/** Readers at once: commits are grouped, so one reader alone would measure the disk. */
const AT_ONCE = 64;
/** Each of them again as soon as it has its answer, so that nobody waits for the slowest of a round. */
const EACH = 4;

export async function benchEngine(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
  const stand = await openStand(folder);
  const load = new Worker(new URL('./http-load.ts', import.meta.url), { workerData: { atOnce: AT_ONCE } });
  try {
    const found = await rates(
      {
        floor: async () => (bareOpens(stand.sealed), 1),
        read: () => reads(stand.read),
        http: () => httpReads(load, stand.url, stand.token),
        unmoved: () => httpReads(load, stand.url, stand.token, stand.etag),
      },
      // Short and many: this machine may have other work, and what it does then must hit all alike.
      { rounds: 25, roundMs: 100 },
    );
    return [
      { metric: 'bare-opens-of-50-per-s', value: median(found.floor) },
      { metric: 'reads-of-50-per-s', value: median(found.read) },
      { metric: 'http-reads-of-50-per-s', value: median(found.http) },
      { metric: 'http-304-per-s', value: median(found.unmoved) },
      { metric: 'read-of-50-vs-bare-opens', value: ratio(found.read, found.floor), budget: 0.5 },
      { metric: 'http-read-vs-read', value: ratio(found.http, found.read), budget: 0.5 },
    ];
  } finally {
    await load.terminate();
    await stand.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openStand(folder: string) {
  const clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
  };
  const rootKey = new Uint8Array(randomBytes(32));
  const workerUrl = new URL('../src/sqlite-worker.ts', import.meta.url);
  const about = { folder, workerUrl, chain: 'bench', pid: process.pid, now: Date.now(), onFatal: () => undefined };
  const store = await openSqliteStore(about);
  const log = () => undefined;
  const tools = { lookup: async () => [], random: Math.random, newId: () => crypto.randomUUID() };
  const engine = await createEngine({
    ...{ store, rootKey, clock, log, version: 'bench' },
    plan: 'unlimited',
    // Nobody exchanges a token here.
    fetchJson: async () => ({}),
    minting: (base) => createMinting(base, { allowEgress: [], allowIntegration: [] }, tools),
  });
  const keyring = await Keyring.open(store, rootKey, () => clock.now());
  const admin = (await renewAdminToken({ store, keyring, clock })).reveal();
  const listener = await listen(engine.handle, { host: '127.0.0.1', port: 0, clock, log });
  const send = async (path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
    const response = await fetch(`${listener.url}/v3${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`The engine refused ${path}: ${text}`);
    return JSON.parse(text) as { token?: { key: string } };
  };
  await send('/projects', { name: 'app' });
  const values = Array.from({ length: VALUES }, (_, n) => [`NAME_${n}`, randomBytes(VALUE_BYTES / 2).toString('hex')]);
  await send('/configs/config/secrets', { project: 'app', config: 'prd', secrets: Object.fromEntries(values) });
  const { token } = await send('/configs/config/tokens', { project: 'app', config: 'prd', name: 'bench' });
  const key = token?.key ?? '';
  const first = await fetch(`${listener.url}/v3/configs/config/secrets/download`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const places = new Places(store);
  // Opened again, for the key of the project that was made meanwhile.
  const reopened = await Keyring.open(store, rootKey, () => clock.now());
  const secrets = new Secrets(secretParts({ store, clock, places }, reopened));
  const place = await places.config('app', 'prd');
  const caller = reader();
  return {
    url: listener.url,
    token: key,
    etag: first.headers.get('etag') ?? '',
    sealed: seal(values.map(([, value]) => value ?? '')),
    read: () => secrets.download(caller, place, { includeManaged: true }),
    close: async () => {
      await listener.close();
      await engine.stop();
      await store.close();
    },
  };
}

function reader(): Caller {
  const times = { createdAt: 0, lastSeenAt: null };
  const names = { tokenId: 'bench', principalId: 'bench', name: 'bench', preview: '', requestId: 'bench', ip: '' };
  return { ...names, ...times, kind: 'service_token', role: 'read', isUser: false, grants: NO_GRANTS };
}

type Bare = { key: ReturnType<typeof createSecretKey>; aad: Buffer; sealed: Buffer };

function seal(values: readonly string[]): Bare[] {
  const key = createSecretKey(randomBytes(32));
  return values.map((value, n) => {
    const aad = Buffer.from(`v1|secret-value|${n}|1`);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(aad);
    return { key, aad, sealed: Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]) };
  });
}

/** The floor: nothing but the cipher. */
function bareOpens(sealed: readonly Bare[]): void {
  for (const { key, aad, sealed: bytes } of sealed) {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(aad).setAuthTag(bytes.subarray(-16));
    const text = decipher.update(bytes.subarray(12, -16)).toString('utf8');
    decipher.final();
    if (text.length !== VALUE_BYTES) throw new Error('The floor opened something else.');
  }
}

/** Reads within this thread, as many at once and as often as the requests. */
async function reads(read: () => Promise<unknown>): Promise<number> {
  const one = async () => {
    for (let left = EACH; left > 0; left--) await read();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return AT_ONCE * EACH;
}

/** Requests from a thread of its own; resolves with their number. */
function httpReads(load: Worker, url: string, token: string, etag?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    load.once('message', (count: number) => (count > 0 ? resolve(count) : reject(new Error('A request failed.'))));
    load.postMessage({ url: `${url}/v3/configs/config/secrets/download`, token, etag, each: EACH });
  });
}
