// Members of an integration: who may see it, use it for dynamic secrets, and manage it.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { type Caller, done } from '../auth/caller.ts';
import { INTEGRATION_ROLES } from '../auth/roles.ts';
import type { IntegrationMemberRow } from '../storage/operations/integration-members.ts';
import type { MemberType } from '../storage/operations/members.ts';
import type { Store } from '../storage/store.ts';
import { missing, type Page, range } from './parts.ts';

export type IntegrationMember = { type: MemberType; slug: string; role: string };
type Which = Omit<IntegrationMember, 'role'>;

/** Whoever manages an integration has every right in it, so that no role of it is more than he has. */
export class IntegrationMembers {
  readonly #parts: { store: Store; clock: Clock };

  constructor(parts: { store: Store; clock: Clock }) {
    this.#parts = parts;
  }

  async list(integrationId: string, page: Page): Promise<IntegrationMember[]> {
    return (await this.#parts.store.read.listIntegrationMembers({ integrationId, ...range(page) })).map(view);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(integrationId: string, which: Which): Promise<IntegrationMember> {
    return view(await this.#row(integrationId, which));
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_CONFLICT, ERR_REQUEST_INVALID for a role that is none */
  async add(
    caller: Caller,
    integrationId: string,
    { type, slug, role }: IntegrationMember,
  ): Promise<IntegrationMember> {
    checkRole(role);
    const at = this.#parts.clock.now();
    const member = { integration_id: integrationId, type, member_id: slug, role, created_at: at };
    const event = done(caller, at, 'integration-members.add', target(integrationId), { member: slug, role });
    await this.#parts.store.write.addIntegrationMember({ member, event });
    return view(member);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID for a role that is none */
  async update(caller: Caller, integrationId: string, which: Which, role: string): Promise<IntegrationMember> {
    checkRole(role);
    const member = { ...(await this.#row(integrationId, which)), role };
    const at = this.#parts.clock.now();
    const detail = { member: which.slug, role };
    const event = done(caller, at, 'integration-members.update', target(integrationId), detail);
    await this.#parts.store.write.updateIntegrationMember({ member, event });
    return view(member);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, integrationId: string, which: Which): Promise<void> {
    const { role: _, ...member } = await this.#row(integrationId, which);
    const at = this.#parts.clock.now();
    const detail = { member: which.slug };
    const event = done(caller, at, 'integration-members.remove', target(integrationId), detail);
    await this.#parts.store.write.removeIntegrationMember({ member, event });
  }

  async #row(integrationId: string, { type, slug }: Which): Promise<IntegrationMemberRow> {
    const key = { integration_id: integrationId, type, member_id: slug };
    const row = await this.#parts.store.read.findIntegrationMember(key);
    if (!row) throw missing('member');
    return row;
  }
}

function checkRole(role: string): void {
  if (Object.hasOwn(INTEGRATION_ROLES, role)) return;
  const known = Object.keys(INTEGRATION_ROLES).join(', ');
  throw new AppError('ERR_REQUEST_INVALID', `A role in an integration is one of: ${known}.`);
}

function target(integrationId: string): string {
  return `integration:${integrationId}`;
}

function view({ type, member_id: slug, role }: IntegrationMemberRow): IntegrationMember {
  return { type, slug, role };
}
