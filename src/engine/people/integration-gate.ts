// Which integrations a caller is shown and may use: its workplace permissions, and its roles in single integrations.
import { AppError } from '#core/errors.js';
import type { Access } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { type Action, may } from '../auth/permissions.ts';
import type { Store } from '../storage/store.ts';
import type { IntegrationService, IntegrationView } from '../integrations/definitions.ts';

type Parts = { access: Access; store: Pick<Store, 'read'>; integrations: IntegrationService };

export class IntegrationGate {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** All that the caller may see, by name. */
  async list(caller: Caller): Promise<IntegrationView[]> {
    const all = await this.#parts.integrations.listIntegrations();
    return all.filter(({ slug }) => may(caller, 'integrations.list', { integrationId: slug }));
  }

  /**
   * The one of this slug or name, if the caller may do this with it; who may not see it is told that there is none.
   * @throws AppError ERR_NOT_FOUND, ERR_ACCESS_DENIED, audited
   */
  async at(caller: Caller, slugOrName: string, action: Action): Promise<IntegrationView> {
    const found = await this.#find(slugOrName);
    if (!found) throw missing();
    const where = { integrationId: found.slug };
    const isSeen = may(caller, 'integrations.read', where);
    await this.#parts.access.require(caller, action, where, isSeen ? undefined : missing());
    return found;
  }

  /**
   * An integration with members is used by those of them whose role says so, and by who manages integrations; one without
   * by whoever manages dynamic secrets where it is allowed.
   * @throws AppError ERR_ACCESS_DENIED, audited
   */
  async use(caller: Caller, slugOrName: string): Promise<void> {
    const found = await this.#find(slugOrName);
    if (!found) return;
    const page = { integrationId: found.slug, limit: 1, offset: 0 };
    const [member] = await this.#parts.store.read.listIntegrationMembers(page);
    if (member) await this.#parts.access.require(caller, 'integrations.use', { integrationId: found.slug });
  }

  async #find(wanted: string): Promise<IntegrationView | undefined> {
    const all = await this.#parts.integrations.listIntegrations();
    return all.find(({ slug }) => slug === wanted) ?? all.find(({ name }) => name === wanted);
  }
}

function missing(): AppError {
  return new AppError('ERR_NOT_FOUND', 'Could not find requested integration');
}
