// The engine assembled: keyring, features, routes; started and stopped as one, with every outside thing handed in.
import type { Clock } from '#core/clock.js';
import { Access } from './auth/access.ts';
import { Authenticator } from './auth/authenticate.ts';
import { Places } from './auth/places.ts';
import { ServiceTokens } from './auth/service-tokens.ts';
import { TrustedIps } from './auth/trusted-ips.ts';
import { createApp, type Fetch } from './http/app.ts';
import { integrationRoutes, dynamicSecretRoutes } from './http/doppler/integrations.ts';
import { leaseRoutes } from './http/doppler/leases.ts';
import { configGuardRoutes, configRoutes, configSettingRoutes } from './http/doppler/configs.ts';
import { logRoutes } from './http/doppler/logs.ts';
import { environmentRoutes, projectRoutes } from './http/doppler/projects.ts';
import { secretWriteRoutes } from './http/doppler/secret-writes.ts';
import { secretRoutes } from './http/doppler/secrets.ts';
import { accountRoutes, tokenRoutes } from './http/doppler/tokens.ts';
import { healthRoutes } from './http/health.ts';
import type { Route } from './http/route.ts';
import { Keyring } from './keyring/keyring.ts';
import type { Log } from './log.ts';
import type { Base as MintingBase, Minting } from './minting.ts';
import { ConfigSettings } from './projects/config-settings.ts';
import { Configs } from './projects/configs.ts';
import { type CountPlan, type Counts, countsOf } from './projects/counts.ts';
import { Environments } from './projects/environments.ts';
import { Projects } from './projects/projects.ts';
import { SecretChanges } from './secrets/changes.ts';
import { Cloning } from './secrets/clone.ts';
import { Comparing } from './secrets/compare.ts';
import { History } from './secrets/history.ts';
import { IncomingReferences } from './secrets/incoming.ts';
import { LeasedValues } from './secrets/leased.ts';
import { Notes } from './secrets/notes.ts';
import { type SecretParts, secretParts } from './secrets/parts.ts';
import { Secrets } from './secrets/secrets.ts';
import { Watching } from './secrets/watching.ts';
import type { Store } from './storage/store.ts';

export type EngineOptions = {
  store: Store;
  rootKey: Uint8Array;
  clock: Clock;
  log: Log;
  version: string;
  /** How many of everything there may be (contracts/doppler.md 2.16); absent: the most that Doppler gives. */
  plan?: CountPlan;
  minting(base: MintingBase): Minting | Promise<Minting>;
};

export type Engine = {
  fetch: Fetch;
  /** Every address with the permission it needs, for the test that walks them. */
  routes: readonly Route[];
  start(): Promise<void>;
  /** Ends the answers that go on for ever; to be called before the listener closes, which waits for answers. */
  endStreams(): void;
  /** Finishes the work behind requests; the store stays open: who opened it closes it. */
  stop(): Promise<void>;
};

/**
 * Opens the keyring and the audit log of the store, and puts everything together over them.
 * @throws AppError ERR_DECRYPT when the root key is not this store's
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { store, rootKey, clock, log, version } = options;
  const keyring = await Keyring.open(store, rootKey, () => clock.now());
  await store.setAuditKey(keyring.auditKey);
  const minting = await options.minting({ store, keyring, clock, log });
  let ready = false;
  const places = new Places(store);
  const access = new Access({ store, places, clock });
  const counts = countsOf(options.plan ?? 'enterprise');
  const parts = secretParts({ store, clock, places }, keyring);
  const watching = new Watching(parts);
  const isReady = async () => ready;
  const routes = assemble({ ...parts, keyring, access, counts, minting, watching, isReady });
  const authenticator = new Authenticator({ store, keyring, clock });
  return {
    fetch: createApp(routes, { access, authenticator, clock, log, version }),
    routes,
    start: async () => {
      await minting.start();
      ready = true;
    },
    endStreams: () => watching.stop(),
    stop: async () => {
      ready = false;
      watching.stop();
      await minting.stop();
    },
  };
}

type Assembly = SecretParts & {
  keyring: Keyring;
  access: Access;
  counts: Counts;
  minting: Minting;
  watching: Watching;
  isReady(): Promise<boolean>;
};

function assemble({ minting, watching, isReady, ...base }: Assembly): Route[] {
  const { access, notices, counts } = base;
  const { leases, integrations } = minting;
  const tree = { ...base, changed: (ids: readonly string[]) => notices.publish(ids) };
  const configs = new Configs(tree);
  const environments = new Environments(tree);
  const projects = new Projects(tree);
  const leased = new LeasedValues({ leases, integrations });
  const onTokenDeleted: Minting['onTokenDeleted'] = (id, by) => minting.onTokenDeleted(id, by);
  const tokens = new ServiceTokens({ ...base, limit: counts.limit('serviceTokens'), onTokenDeleted });
  return [
    ...healthRoutes(isReady),
    ...accountRoutes(),
    ...projectRoutes({ access, projects, environments }),
    ...environmentRoutes({ access, projects, environments }),
    ...configRoom(base, { configs, settings: new ConfigSettings(tree) }),
    ...secretRoom(base, { leased, watching }),
    ...tokenRoutes({ access, tokens }),
    ...integrationRoutes({ access, integrations }),
    ...dynamicSecretRoutes({ access, integrations }),
    ...leaseRoutes({ access, integrations, leases }),
  ];
}

type Base = SecretParts & { access: Access };

function configRoom(base: Base, own: { configs: Configs; settings: ConfigSettings }): Route[] {
  const { access } = base;
  const incoming = new IncomingReferences(base);
  const parts = { ...own, access, incoming, cloning: new Cloning(base), trustedIps: new TrustedIps(base) };
  return [...configRoutes(parts), ...configSettingRoutes(parts), ...configGuardRoutes(parts)];
}

function secretRoom(base: Base, own: { leased: LeasedValues; watching: Watching }): Route[] {
  const { access } = base;
  const secrets = new Secrets(base);
  const changes = new SecretChanges(base);
  const writes = { access, secrets, changes, notes: new Notes(base), comparing: new Comparing(base) };
  return [
    ...secretRoutes({ ...own, access, secrets }),
    ...secretWriteRoutes(writes),
    ...logRoutes({ access, history: new History(base, changes) }),
  ];
}
