// An engine on a store of its own, with a target that costs nothing, and as many live leases as it is told to have.
import { randomBytes, randomUUID } from 'node:crypto';
import { sensitive } from '#core/sensitive.js';
import type { Caller } from '../src/engine/auth/caller.ts';
import { NO_GRANTS } from '../src/engine/auth/grants.ts';
import { Places } from '../src/engine/auth/places.ts';
import { readRootKeyFile } from '../src/engine/keyring/root-key.ts';
import { createEngine } from '../src/engine/engine.ts';
import { DefinitionService } from '../src/engine/integrations/definition-service.ts';
import type { Integration } from '../src/engine/integrations/integration.ts';
import type { Keyring } from '../src/engine/keyring/keyring.ts';
import { newLeaseId } from '../src/engine/leases/lease-id.ts';
import { Leases } from '../src/engine/leases/leases.ts';
import { type Base, createMinting, type Minting } from '../src/engine/minting.ts';
import { secretParts } from '../src/engine/secrets/parts.ts';
import { Secrets } from '../src/engine/secrets/secrets.ts';
import type { Store } from '../src/engine/storage/store.ts';
import { query } from '../test/support/leasing/engine.ts';
import { systemClock } from '../test/support/leasing/clocks.ts';
import { type EngineFolder, initEngine } from '../test/support/engine-process.ts';
import { asFetch } from '../test/support/fetch.ts';
import { openTestStore } from '../test/support/store.ts';
import { openDatabaseStore, queryDatabase } from '../test/support/store-database.ts';

const VALUES = 50;
const FIELDS = ['host', 'port', 'database', 'username', 'password', 'url'];
/** Rows of one statement when leases are put in from the side. */
const AT_ONCE = 2000;
const HOUR_MS = 3_600_000;

export type LeaseStand = {
  store: Store;
  /** What a process of its own needs to serve the same store. */
  folder: EngineFolder;
  leases: Leases;
  issue(): Promise<unknown>;
  /** A static read of 50 values with its audit row. */
  read(): Promise<unknown>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Moves the clock that leases end by. */
  advance(ms: number): void;
  /** Puts leases in until so many are live; none is due for an hour. */
  fill(upTo: number): Promise<void>;
  close(): Promise<void>;
};

/** A target that does nothing at once, as often as it is asked. */
function nothing(): Integration {
  const fine = (value: unknown) => ({ value: (value ?? {}) as Record<string, unknown>, problems: [] });
  return {
    type: 'postgres',
    kinds: ['postgres'],
    parallel: 256,
    checkData: fine,
    checkCeiling: fine,
    checkParameters: (_kind, value) => fine(value),
    aboveCeiling: () => [],
    plan: ({ leaseId }) => ({ externalRef: leaseId, plan: { name: leaseId } }),
    create: async () => new Map(FIELDS.map((field) => [field, sensitive(field)])),
    revoke: async () => 'done',
  };
}

/** In a fresh folder below `base`, or in the empty database that `databaseUrl` names. */
export async function openLeaseStand(base: string, databaseUrl?: string): Promise<LeaseStand> {
  const folder = await initEngine(base, databaseUrl);
  const rootKey = readRootKeyFile(folder.rootKey);
  const store = databaseUrl === undefined ? await openTestStore(folder.data) : await openDatabaseStore(databaseUrl);
  const ask = async (sql: string) =>
    databaseUrl === undefined ? query(folder.data, sql) : queryDatabase(databaseUrl, sql);
  const bytes = (hex: string) => (databaseUrl === undefined ? `x'${hex}'` : `'\\x${hex}'`);
  const time = { ahead: 0 };
  const made: Made = {};
  const engine = await createEngine({
    ...{ store, rootKey, clock: systemClock, version: 'bench', log: () => undefined, fetchJson: async () => ({}) },
    minting: (under) => mint(under, made, () => Date.now() + time.ahead),
  });
  const { leases, keyring, definitions } = made;
  if (!leases || !keyring || !definitions) throw new Error('The engine did not ask for its minting part.');
  await declare(asFetch(engine.handle), folder.adminToken);
  const places = new Places(store);
  const place = await places.config('app', 'prd');
  await definitions.createIntegration({ name: 'nothing', type: 'postgres', data: {}, allowed: ['app'] }, BY);
  const { slug: dynamicSecretId } = await definitions.createDynamicSecret(
    { configId: place.configId, project: 'app', config: 'prd', ...WANTED },
    BY,
  );
  // More than one dynamic secret may have, so that one can stand for a hundred.
  await ask('update dynamic_secrets set max_live_leases = 1000000000');
  const actor = { kind: 'token', principalId: 'bench', tokenId: 'bench', canManage: false } as const;
  const secrets = new Secrets(secretParts({ store, clock: systemClock, places }, keyring));
  return {
    ...{ store, folder, leases },
    issue: () => leases.issue({ dynamicSecretId, ttlSec: 3600, actor }),
    read: () => secrets.download(reader(), place, { includeManaged: true }),
    query: ask,
    advance: (ms) => {
      time.ahead += ms;
    },
    fill: (upTo) => fill({ ask, bytes, keyring, dynamicSecretId }, upTo),
    close: async () => {
      await engine.stop();
      await leases.stop();
      await store.close();
    },
  };
}

const BY = { actor: 'token:bench' };
const WANTED = { name: 'DB', kind: 'postgres', integration: 'nothing', maxLiveLeases: 100_000 } as const;

type Made = { leases?: Leases; keyring?: Keyring; definitions?: DefinitionService };

async function mint(base: Base, made: Made, now: () => number) {
  const tools = { lookup: async () => [], random: Math.random, newId: randomUUID };
  const minting: Minting = await createMinting(base, { allowEgress: [], allowIntegration: [] }, tools);
  const { store, keyring, metrics } = base;
  const integrations = [nothing()];
  const about = {
    engineId: 'bench001',
    processId: `bench-${randomUUID()}`,
    log: (line: string) => process.env['BENCH_LOG'] && console.log(line),
  };
  made.keyring = keyring;
  made.leases = new Leases({
    ...{ store, keyring, integrations, metrics, clock: systemClock, now, random: Math.random, ...about },
  });
  made.definitions = new DefinitionService({ store, keyring, integrations, leases: made.leases, now });
  return minting;
}

async function declare(fetch: (request: Request) => Response | Promise<Response>, admin: string): Promise<void> {
  const values = Array.from({ length: VALUES }, (_, n) => [`NAME_${n}`, randomBytes(32).toString('hex')]);
  const bodies: [string, unknown][] = [
    ['/projects', { name: 'app' }],
    ['/configs/config/secrets', { project: 'app', config: 'prd', secrets: Object.fromEntries(values) }],
  ];
  for (const [path, body] of bodies) {
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
    const about = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(new Request(`http://engine/v3${path}`, about));
    if (!answer.ok) throw new Error(`The engine refused ${path}: ${await answer.text()}`);
  }
}

function reader(): Caller {
  const times = { createdAt: 0, lastSeenAt: null };
  const names = { tokenId: 'bench', principalId: 'bench', name: 'bench', preview: '', requestId: 'bench', ip: '' };
  return { ...names, ...times, kind: 'service_token', role: 'read', isUser: false, grants: NO_GRANTS };
}

type Filling = { ask: LeaseStand['query']; bytes(hex: string): string; keyring: Keyring; dynamicSecretId: string };

async function fill({ ask, bytes, keyring, dynamicSecretId }: Filling, upTo: number): Promise<void> {
  await keyring.prepare('leases');
  const [{ live, integration_id: integration } = {}] = await ask(`select * from dynamic_secrets`);
  for (let there = Number(live); there < upTo; there += AT_ONCE) {
    const count = Math.min(AT_ONCE, upTo - there);
    const ids = Array.from({ length: count }, () => newLeaseId(Date.now()));
    const rows = ids.map((id, n) => {
      const plan = keyring.seal('leases', ['lease-plan', id], Buffer.from(JSON.stringify({ name: id })));
      const now = Date.now();
      const end = now + HOUR_MS + there + n;
      const sealed = bytes(Buffer.from(plan.sealed).toString('hex'));
      return `('${id}','${dynamicSecretId}','postgres','${integration}','bench','bench','pending','${id}',
        '${plan.keyId}',${now},${end},${end},${now},1,${sealed})`;
    });
    await ask(`insert into leases(id, dynamic_secret_id, kind, integration_id, owner, token_id, state, external_ref,
        data_key_id, created_at, expires_at, hard_expires_at, next_action_at, fence, revoke_plan_sealed)
      values ${rows.join(',')}`);
    // In two steps, as the engine issues them: what the first leaves behind is where the server puts what comes next.
    await ask(`update leases set state = 'active', issued_at = created_at, next_action_at = expires_at
      where id in ('${ids.join("','")}')`);
    await ask(`update dynamic_secrets set live = live + ${count}`);
  }
}
