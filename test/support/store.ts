// An embedded store for tests: the real one, in a folder of its own.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { openSqliteStore } from '#engine/storage/sqlite/sqlite-store.js';
import type { Store } from '#engine/storage/store.js';
import { temporaryFolder } from './temp.ts';

/** Entry file of the writer thread, as a roof would name it. */
export const WORKER_URL = pathToFileURL(resolve('src/sqlite-worker.ts'));

/** Opens a store; close it in afterAll. */
export async function openTestStore(
  folder = temporaryFolder(),
  now = Date.now(),
  chain = `test-${Math.random().toString(36).slice(2)}`,
): Promise<Store> {
  const store = await openSqliteStore({
    folder,
    workerUrl: WORKER_URL,
    chain,
    pid: process.pid,
    now,
    onFatal: () => undefined,
  });
  await store.setAuditKey(new Uint8Array(32).fill(7));
  return store;
}
