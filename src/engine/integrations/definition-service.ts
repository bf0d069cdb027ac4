// Declaring integrations and dynamic secrets: every problem named at once, credentials sealed, scope and ceiling kept.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../storage/audit-event.ts';
import type { Ending } from '../storage/operations/lease-end.ts';
import type { PlaceId } from '../storage/operations/place-end.ts';
import type { Claimant } from '../storage/operations/lease-rows.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Store } from '../storage/store.ts';
import type {
  By,
  DynamicSecretChanges,
  DynamicSecretView,
  IntegrationChanges,
  IntegrationService,
  IntegrationView,
  NewDynamicSecret,
  NewIntegration,
} from './definitions.ts';
import { type CheckedDynamicSecret, checkDynamicSecret } from './dynamic-secret-rules.ts';
import { checkIntegration } from './integration-rules.ts';
import type { Declared, Integration } from './integration.ts';
import { openIntegration, sealIntegration } from './sealed.ts';
import { dynamicSecretView, integrationView, readScope } from './views.ts';

/** Ends the leases that a store operation claims; leases/ implements it. */
export interface LeaseEnder {
  endClaimed(by: By, write: (claimant: Claimant) => Promise<Ending | undefined>): Promise<void>;
  /**
   * Whether anything of the integration is at its target still: it is then found with `data`, or that is refused.
   * @throws AppError ERR_CONFLICT naming how much would be lost
   */
  mustBeFound(integration: { id: string; type: string }, data: Declared): Promise<boolean>;
  /** Empties deleted integrations whose credential no ended lease needs any more. */
  forget(): Promise<void>;
}

export type DefinitionParts = {
  store: Pick<Store, 'read' | 'write'>;
  keyring: Keyring;
  integrations: readonly Integration[];
  leases: LeaseEnder;
  now: () => number;
};

export class DefinitionService implements IntegrationService {
  readonly #parts: DefinitionParts;

  constructor(parts: DefinitionParts) {
    this.#parts = parts;
  }

  async createIntegration(asked: NewIntegration, by: By): Promise<IntegrationView> {
    const { store, keyring, integrations, now } = this.#parts;
    const checked = checkIntegration(integrations, asked);
    const id = randomUUID();
    const { keyId, sealed } = await sealIntegration(keyring, { id, revision: 1 }, checked.data);
    const row = {
      id,
      type: checked.type,
      name: checked.name,
      data_key_id: keyId,
      data_sealed: sealed,
      allowed: JSON.stringify(checked.scope.allowed),
      ceiling: JSON.stringify(checked.scope.ceiling),
      created_at: now(),
    };
    const audit = this.#audit(by, 'integration.create', `integration:${id}`, { type: checked.type });
    await store.write.addIntegration({ row, spends: asked.spends, audit });
    return integrationView(row);
  }

  async listIntegrations(): Promise<readonly IntegrationView[]> {
    return (await this.#parts.store.read.listIntegrations({})).map(integrationView);
  }

  async updateIntegration(slugOrName: string, changes: IntegrationChanges, by: By): Promise<IntegrationView> {
    const { store, keyring, integrations } = this.#parts;
    const row = await store.read.findIntegration({ slugOrName });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'There is no such integration.');
    const stored = openIntegration(keyring, row, { keyId: row.data_key_id, sealed: row.data_sealed });
    const { name = row.name, data = stored } = changes;
    const checked = checkIntegration(integrations, { name, type: row.type, data, ...readScope(row) });
    const next = { id: row.id, revision: row.revision + 1 };
    const { keyId, sealed } = await sealIntegration(keyring, next, checked.data);
    const audit = this.#audit(by, 'integration.update', `integration:${row.id}`, { data: changes.data !== undefined });
    const unseen = changes.data === undefined ? null : await this.#unseen(row, checked.data);
    await store.write.updateIntegration({ ...next, name, data_key_id: keyId, data_sealed: sealed, unseen, audit });
    return integrationView({ ...row, name });
  }

  /** The leases that live, where none of them says that the new data leads to where the old one does. */
  async #unseen(row: { id: string; type: string }, data: Declared): Promise<string | null> {
    const { store, leases, integrations } = this.#parts;
    // Where the plan of a lease says itself where it is ended, the data leads nowhere.
    if (integrations.find(({ type }) => type === row.type)?.foundAt === undefined) return null;
    const before = await store.read.liveMark({ integrationId: row.id });
    return (await leases.mustBeFound(row, data)) ? null : before;
  }

  async deleteIntegration(slugOrName: string, by: By): Promise<void> {
    const { store, now, leases } = this.#parts;
    const row = await store.read.findIntegration({ slugOrName });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'There is no such integration.');
    const audit = this.#audit(by, 'integration.delete', `integration:${row.id}`);
    await store.write.removeIntegration({ id: row.id, at: now(), audit });
    // The store cannot look into sealed plans: most that may have left something have not.
    await leases.forget();
  }

  async createDynamicSecret(asked: NewDynamicSecret, by: By): Promise<DynamicSecretView> {
    const { found, checked } = await this.#checked(asked);
    const row = {
      id: randomUUID(),
      config_id: asked.configId,
      name: asked.name,
      kind: checked.kind,
      integration_id: found.id,
      created_at: this.#parts.now(),
      ...columns(checked),
    };
    const detail = { config: asked.configId, integration: found.id, kind: checked.kind };
    const audit = this.#audit(by, 'dynamic-secret.create', `dynamic-secret:${row.id}`, detail);
    await this.#parts.store.write.addDynamicSecret({ row, audit });
    return dynamicSecretView({ ...row, live: 0, integration_name: found.name });
  }

  async updateDynamicSecret(
    where: Pick<NewDynamicSecret, 'configId' | 'project' | 'config' | 'name'>,
    changes: DynamicSecretChanges,
    by: By,
  ): Promise<DynamicSecretView> {
    const { kind, integration, slug: id, ...current } = await this.getDynamicSecret(where.configId, where.name);
    const { parameters, keyMap, defaultTtlSec, maxTtlSec, maxLiveLeases } = current;
    const stored = { parameters, keyMap, defaultTtlSec, maxTtlSec, maxLiveLeases };
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const { checked } = await this.#checked({ ...where, kind, integration, ...stored, ...given });
    const audit = this.#audit(by, 'dynamic-secret.update', `dynamic-secret:${id}`, { config: where.configId });
    await this.#parts.store.write.updateDynamicSecret({ id, ...columns(checked), audit });
    return this.getDynamicSecret(where.configId, where.name);
  }

  async #checked(asked: NewDynamicSecret) {
    const { store, integrations, keyring } = this.#parts;
    const found = await store.read.findIntegration({ slugOrName: asked.integration });
    const data = found && openIntegration(keyring, found, { keyId: found.data_key_id, sealed: found.data_sealed });
    const source = found && data && { name: found.name, type: found.type, scope: readScope(found), data };
    const checked = checkDynamicSecret(integrations, asked, source);
    if (!found) throw new AppError('ERR_REQUEST_INVALID', 'There is no such integration.');
    return { found, checked };
  }

  async listDynamicSecrets(configId: string): Promise<readonly DynamicSecretView[]> {
    return (await this.#parts.store.read.listDynamicSecrets({ configId })).map(dynamicSecretView);
  }

  async getDynamicSecret(configId: string, name: string): Promise<DynamicSecretView> {
    const row = await this.#parts.store.read.findDynamicSecret({ configId, name });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'There is no such dynamic secret.');
    return dynamicSecretView(row);
  }

  async deleteDynamicSecret(configId: string, name: string, by: By): Promise<void> {
    const { slug: id } = await this.getDynamicSecret(configId, name);
    const audit = this.#audit(by, 'dynamic-secret.delete', `dynamic-secret:${id}`);
    await this.#parts.leases.endClaimed(by, (claimant) =>
      this.#parts.store.write.removeDynamicSecret({ ...claimant, id, audit }),
    );
  }

  async deleteDynamicSecretsIn(place: PlaceId, by: By): Promise<number> {
    const target = 'projectId' in place ? `project:${place.projectId}` : `environment:${place.environmentId}`;
    const audit = this.#audit(by, 'dynamic-secret.delete', target);
    await this.#parts.leases.endClaimed(by, (claimant) =>
      this.#parts.store.write.removeDynamicSecretsIn({ ...claimant, place, audit }),
    );
    return this.#parts.store.read.countLiveLeasesIn({ place });
  }

  #audit(by: By, action: string, target: string, detail: Declared = {}): AuditEvent {
    return { ...by, at: this.#parts.now(), action, target, outcome: 'ok', detail: detail as AuditEvent['detail'] & {} };
  }
}

function columns(checked: CheckedDynamicSecret) {
  return {
    parameters: JSON.stringify(checked.parameters),
    key_map: JSON.stringify(checked.keyMap),
    default_ttl_sec: checked.defaultTtlSec,
    max_ttl_sec: checked.maxTtlSec,
    max_live_leases: checked.maxLiveLeases,
  };
}
