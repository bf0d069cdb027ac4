// The engine assembled: keyring, features, routes; started and stopped as one, with every outside thing handed in.
import { randomBytes } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { Access } from './auth/access.ts';
import { Authenticator } from './auth/authenticate.ts';
import { Places } from './auth/places.ts';
import { ServiceTokens } from './auth/service-tokens.ts';
import type { FetchJson } from './auth/oidc/issuers.ts';
import { TrustedIps } from './auth/trusted-ips.ts';
import type { Handle } from './http/answer.ts';
import { createApp } from './http/app.ts';
import type { Extensions } from './http/extensions.ts';
import { authRoutes } from './http/doppler/auth.ts';
import { integrationRoom } from './http/doppler/integration-room.ts';
import { leaseRoutes } from './http/doppler/leases.ts';
import { configGuardRoutes, configRoutes, configSettingRoutes } from './http/doppler/configs.ts';
import { logRoutes } from './http/doppler/logs.ts';
import { groupRoutes, userRoutes } from './http/doppler/people.ts';
import { peopleExtensionRoutes } from './http/doppler/people-extensions.ts';
import { environmentRoutes, projectRoutes } from './http/doppler/projects.ts';
import { memberRoutes, roleRoutes } from './http/doppler/roles.ts';
import { secretWriteRoutes } from './http/doppler/secret-writes.ts';
import { secretRoutes } from './http/doppler/secrets.ts';
import { accountTokenRoutes, identityRoutes, serviceAccountRoutes } from './http/doppler/service-accounts.ts';
import { tagRoutes } from './http/doppler/tags.ts';
import { accountRoutes, tokenRoutes } from './http/doppler/tokens.ts';
import { webhookRoutes } from './http/doppler/webhooks.ts';
import { healthRoutes } from './http/health.ts';
import { metricsRoutes } from './http/metrics.ts';
import { phaseAccountRoutes } from './http/phase/accounts.ts';
import { phaseAliveRoutes } from './http/phase/alive.ts';
import { phaseDynamicRoutes } from './http/phase/dynamic.ts';
import { phaseIdentityRoutes } from './http/phase/identities.ts';
import { phaseAppRoutes, phaseEnvironmentRoutes } from './http/phase/management.ts';
import { phaseSecretRoutes } from './http/phase/secrets.ts';
import { phaseSecretWriteRoutes } from './http/phase/secret-writes.ts';
import { phaseTokenRoutes } from './http/phase/tokens.ts';
import type { Route } from './http/route.ts';
import { Keyring } from './keyring/keyring.ts';
import { forgetOld } from './retention/retention.ts';
import { Rounds } from './rounds.ts';
import { linkHeads } from './audit/heads.ts';
import { planLimits, type PlanName } from './limits/plan.ts';
import { RateLimiter } from './limits/rate-limiter.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import type { Base as MintingBase, Minting } from './minting.ts';
import { createPeople, type People } from './people/people.ts';
import { PhaseApps } from './phase/apps.ts';
import { PhaseKeys } from './phase/keys.ts';
import { PhaseManagement } from './phase/management.ts';
import { PhaseTokens } from './phase/tokens.ts';
import { ConfigSettings } from './projects/config-settings.ts';
import { Configs } from './projects/configs.ts';
import { type Counts, countsOf } from './projects/counts.ts';
import { Environments } from './projects/environments.ts';
import { TemplateImport } from './templates/import.ts';
import { Projects } from './projects/projects.ts';
import { Tags } from './projects/tags.ts';
import { SecretChanges } from './secrets/changes.ts';
import { Cloning } from './secrets/clone.ts';
import { Comparing } from './secrets/compare.ts';
import { History } from './secrets/history.ts';
import { IncomingReferences } from './secrets/incoming.ts';
import { Items } from './secrets/items.ts';
import { LeasedValues } from './secrets/leased.ts';
import { Notes } from './secrets/notes.ts';
import { type SecretParts, secretParts } from './secrets/parts.ts';
import { Secrets } from './secrets/secrets.ts';
import { Watching } from './secrets/watching.ts';
import type { Store } from './storage/store.ts';
import { deliverDue } from './webhooks/delivery.ts';
import type { Post } from './webhooks/post.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export type EngineOptions = {
  store: Store;
  rootKey: Uint8Array;
  clock: Clock;
  log: Log;
  version: string;
  /** Reads the documents of OIDC issuers. */
  fetchJson: FetchJson;
  minting(base: MintingBase): Minting | Promise<Minting>;
  /** Rate limits, and how many of everything there may be; none where nothing is said, because `serve` always says. */
  plan?: PlanName;
  /** `off` only in tests. */
  extensions?: Extensions;
  /** Sends to receivers of webhooks; without it they wait in the store. */
  post?: Post;
  /** Peers whose X-Forwarded-For is believed. */
  proxies?: readonly string[];
};

export type Engine = {
  /** What a listener serves. */
  handle: Handle;
  /** Every address with the permission it needs, for the test that walks them. */
  routes: readonly Route[];
  /** What it counts of itself, as text for Prometheus. */
  renderMetrics(): Promise<string>;
  people: People;
  /** Tokens for Phase's clients. */
  phaseTokens: PhaseTokens;
  start(): Promise<void>;
  /** Resolves when what requests left to be written behind them is written. */
  settled(): Promise<void>;
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
  const metrics = new Metrics();
  const minting = await options.minting({ store, keyring, clock, log, metrics });
  let ready = false;
  const { extensions = 'on', proxies = [] } = options;
  const places = new Places(store);
  const access = new Access({ store, places, clock });
  const counts = countsOf(options.plan ?? 'unlimited');
  const base = { store, keyring, clock, limits: accountLimits(counts) };
  const people = createPeople({ ...base, places, fetchJson: options.fetchJson }, (id, by) =>
    minting.onPrincipalDeleted(id, by),
  );
  const parts = secretParts({ store, clock, places }, keyring);
  const watching = new Watching(parts);
  const isReady = async () => ready;
  const phaseTokens = new PhaseTokens(people.tokens, new PhaseKeys(keyring));
  const renderMetrics = async () => {
    const now = minting.now();
    const leases = await store.read.leaseFigures({ at: now });
    return metrics.render({ leases, now, integrationsDown: minting.integrationsDown(), version });
  };
  const health = [...healthRoutes(isReady), ...metricsRoutes(renderMetrics, proxies), ...phaseAliveRoutes(version)];
  const assembly = { ...parts, keyring, access, counts, minting, watching, people, phaseTokens };
  const routes = [...health, ...assemble(assembly)];
  const authenticator = new Authenticator({ store, keyring, clock });
  const limiter = new RateLimiter(planLimits(options.plan ?? 'unlimited'), { salt: randomBytes(32) });
  const rounds = new Rounds({ clock, log });
  const heads = () => linkHeads({ store, clock, log });
  const old = { store, auditKey: keyring.auditKey, now: () => clock.now() };
  const outside = { limiter, log, metrics, version, extensions, proxies };
  const handle = createApp(routes, { access, authenticator, clock, ...outside });
  return {
    handle,
    routes,
    renderMetrics,
    people,
    phaseTokens,
    settled: () => authenticator.settled(),
    start: async () => {
      await minting.start();
      rounds.start({ name: 'audit heads', everyMs: 60_000, work: heads });
      rounds.start({ name: 'retention', everyMs: 3_600_000, work: () => forgetOld(old) });
      rounds.start({ name: 'fetch times', everyMs: 60_000, work: () => parts.fetches.write(store) });
      rounds.start({ name: 'reconcile', everyMs: 3_600_000, work: () => minting.reconcile() });
      const { post } = options;
      const deliver = async () => post && deliverDue({ store, keyring, clock, log, post });
      rounds.start({ name: 'webhooks', everyMs: 2_000, work: deliver });
      ready = true;
    },
    endStreams: () => watching.stop(),
    stop: async () => {
      ready = false;
      watching.stop();
      await minting.stop();
      await authenticator.settled();
      await rounds.stop();
      await parts.fetches.write(store).catch(() => log('error', 'fetch times failed', { code: 'ERR_UNAVAILABLE' }));
      await heads().catch(() => log('error', 'audit heads failed', { code: 'ERR_UNAVAILABLE' }));
    },
  };
}

function accountLimits({ limit }: Counts) {
  return { users: limit('users'), serviceAccounts: limit('serviceAccounts'), cliTokens: limit('cliTokens') };
}

type Assembly = SecretParts & {
  keyring: Keyring;
  access: Access;
  counts: Counts;
  minting: Minting;
  watching: Watching;
  people: People;
  phaseTokens: PhaseTokens;
};

function assemble({ minting, watching, people, phaseTokens, ...base }: Assembly): Route[] {
  const { access, notices, counts } = base;
  const { leases, integrations } = minting;
  const tree = { ...base, changed: (ids: readonly string[]) => notices.publish(ids) };
  const configs = new Configs(tree);
  const environments = new Environments(tree);
  const projects = new Projects(tree);
  const leased = new LeasedValues({ leases, integrations });
  const changes = new SecretChanges(base);
  const onTokenDeleted: Minting['onTokenDeleted'] = (id, by) => minting.onTokenDeleted(id, by);
  const tokens = new ServiceTokens({ ...base, limit: counts.limit('serviceTokens'), onTokenDeleted });
  return [
    ...accountRoutes(people.workplace),
    ...projectRoutes({ access, projects, imports: new TemplateImport(tree, changes) }),
    ...environmentRoutes({ access, environments }),
    ...tagRoutes({ access, tags: new Tags(base) }),
    ...configRoom(base, { configs, settings: new ConfigSettings(tree) }),
    ...secretRoom(base, { leased, watching, changes }),
    ...tokenRoutes({ access, tokens }),
    ...webhookRoutes({ access, webhooks: new Webhooks(base) }),
    ...integrationRoom(base, integrations),
    ...leaseRoutes({ access, integrations, leases }),
    ...peopleRoutes(access, people, phaseTokens),
    ...phaseManagementRoom(base, { projects, environments, integrations, people, phaseTokens }),
    ...phaseRoom(base, { minting, leased, items: new Items(base, changes) }),
  ];
}

type PhaseBase = SecretParts & { access: Access; keyring: Keyring };

/** The same store in the other dialect. */
function phaseRoom(base: PhaseBase, own: { minting: Minting; leased: LeasedValues; items: Items }): Route[] {
  const parts = { ...base, ...own.minting, ...phaseParts(base), leased: own.leased, items: own.items };
  return [...phaseSecretRoutes(parts), ...phaseSecretWriteRoutes(parts), ...phaseDynamicRoutes(parts)];
}

type Managing = {
  projects: Projects;
  environments: Environments;
  integrations: Minting['integrations'];
  people: People;
  phaseTokens: PhaseTokens;
};

function phaseManagementRoom(base: PhaseBase, { people, phaseTokens, ...own }: Managing): Route[] {
  const parts = { access: base.access, ...phaseParts(base), clock: base.clock, ...people, phaseTokens };
  const managing = { ...parts, projects: own.projects, management: new PhaseManagement({ ...base, ...own }) };
  return [
    ...phaseTokenRoutes(parts),
    ...phaseIdentityRoutes(parts),
    ...phaseAppRoutes(managing),
    ...phaseEnvironmentRoutes(managing),
    ...phaseAccountRoutes(parts),
  ];
}

function phaseParts({ keyring, store }: Pick<PhaseBase, 'keyring' | 'store'>) {
  return { keys: new PhaseKeys(keyring), apps: new PhaseApps(store) };
}

function peopleRoutes(access: Access, people: People, phaseTokens: PhaseTokens): Route[] {
  return [
    ...authRoutes(people),
    ...userRoutes(people.users),
    ...peopleExtensionRoutes({ ...people, phaseTokens }),
    ...groupRoutes(people.groups),
    ...roleRoutes(people.roles),
    ...memberRoutes({ access, members: people.members }),
    ...serviceAccountRoutes(people.serviceAccounts),
    ...accountTokenRoutes(people.tokens),
    ...identityRoutes(people.identities),
  ];
}

type Base = SecretParts & { access: Access };

function configRoom(base: Base, own: { configs: Configs; settings: ConfigSettings }): Route[] {
  const { access } = base;
  const incoming = new IncomingReferences(base);
  const parts = { ...own, access, incoming, cloning: new Cloning(base), trustedIps: new TrustedIps(base) };
  return [...configRoutes(parts), ...configSettingRoutes(parts), ...configGuardRoutes(parts)];
}

function secretRoom(base: Base, own: { leased: LeasedValues; watching: Watching; changes: SecretChanges }): Route[] {
  const { access } = base;
  const { changes } = own;
  const secrets = new Secrets(base);
  const writes = { access, secrets, changes, notes: new Notes(base), comparing: new Comparing(base) };
  return [
    ...secretRoutes({ ...own, access, secrets }),
    ...secretWriteRoutes(writes),
    ...logRoutes({ access, history: new History(base, changes) }),
  ];
}
