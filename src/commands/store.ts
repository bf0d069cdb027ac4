// The store of a data folder, as a command opens it.
import { randomUUID } from 'node:crypto';
import type { AppError } from '#core/errors.js';
import { openSqliteStore } from '../engine/storage/sqlite/sqlite-store.ts';
import type { Store } from '../engine/storage/store.ts';
import type { Host } from './host.ts';

/** @throws AppError ERR_CONFLICT while another process has it */
export function openStore(
  host: Host,
  folder: string,
  onFatal: (error: AppError) => void = () => undefined,
): Promise<Store> {
  return openSqliteStore({
    folder,
    workerUrl: host.storeWorkerUrl,
    chain: randomUUID(),
    pid: host.pid,
    now: host.clock.now(),
    onFatal,
  });
}
