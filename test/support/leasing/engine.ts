// A whole lease engine on a store of its own, with a project and a config, and the integrations that a test gives it.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '#core/clock.js';
import { DefinitionService } from '#engine/integrations/definition-service.js';
import type { Integration } from '#engine/integrations/integration.js';
import { Keyring } from '#engine/keyring/keyring.js';
import { Leases } from '#engine/leases/leases.js';
import type { LeaseActor } from '#engine/leases/lease-service.js';
import { steadyNow } from '#engine/leases/moment.js';
import { openEngineId } from '#engine/leases/parts.js';
import { Metrics } from '#engine/metrics.js';
import { openSqliteStore } from '#engine/storage/sqlite/sqlite-store.js';
import type { Store } from '#engine/storage/store.js';
import { WORKER_URL } from '../store.ts';
import { temporaryFolder } from '../temp.ts';

export type EngineOptions = {
  folder?: string;
  clock: Clock;
  integrations: (now: () => number) => readonly Integration[];
  random?: () => number;
  engineId?: string;
  /** Wraps the store, to count its calls. */
  decorate?: (store: Store) => Store;
};

export type Engine = {
  folder: string;
  store: Store;
  keyring: Keyring;
  leases: Leases;
  definitions: DefinitionService;
  now: () => number;
  log: string[];
  /** Stops the leases and closes the store. */
  close(): Promise<void>;
};

export const CONFIG_ID = 'config-1';
export const PLACE = { configId: CONFIG_ID, project: 'shop', config: 'prd' } as const;
export const BY = { actor: 'token:test' };

let processes = 0;

/** Opens it without `leases.start()`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const folder = options.folder ?? temporaryFolder();
  const processId = `process-${process.pid}-${(processes += 1)}-${Math.random().toString(36).slice(2)}`;
  const opened = await openSqliteStore({
    folder,
    workerUrl: WORKER_URL,
    chain: processId,
    pid: process.pid,
    now: options.clock.now(),
    onFatal: () => undefined,
  });
  const store = options.decorate?.(opened) ?? opened;
  addPlace(folder);
  const keyring = await Keyring.open(opened, new Uint8Array(32).fill(5), () => options.clock.now());
  await opened.setAuditKey(keyring.auditKey);
  const now = steadyNow(options.clock, await opened.read.lastMoment({}));
  const integrations = options.integrations(now);
  const engineId = await openEngineId(opened, options.engineId ?? 'test0001');
  const log: string[] = [];
  const leases = new Leases({
    store,
    keyring,
    integrations,
    clock: options.clock,
    now,
    random: options.random ?? (() => 0.5),
    engineId,
    processId,
    log: (line) => log.push(line),
    metrics: new Metrics(),
  });
  const definitions = new DefinitionService({ store: opened, keyring, integrations, leases, now });
  const close = async () => {
    await leases.stop();
    await opened.close();
  };
  return { folder, store: opened, keyring, leases, definitions, now, log, close };
}

/** Projects and configs have operations of their own elsewhere; leases only point at them. */
function addPlace(folder: string): void {
  query(folder, `insert or ignore into projects(id, name, created_at) values('project-1','shop',1)`);
  query(
    folder,
    `insert or ignore into environments(id, project_id, slug, name, created_at)
     values('environment-1','project-1','prd','Production',1)`,
  );
  query(
    folder,
    `insert or ignore into configs(id, project_id, environment_id, name, created_at)
     values('${CONFIG_ID}','project-1','environment-1','prd',1)`,
  );
}

/** Looks into the store's file from the side. */
export function query(folder: string, sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(join(folder, 'secrets.db'), { timeout: 5000 });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

/** A token's actor. */
export function token(tokenId = 'token-1', principalId = 'principal-1', canManage = false): LeaseActor {
  return { kind: 'token', tokenId, principalId, canManage };
}
