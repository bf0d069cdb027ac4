// Service accounts: accounts of machines, with a workplace role or permissions of their own.
import { randomUUID } from 'node:crypto';
import { byDoer, type Caller, done } from '../auth/caller.ts';
import { WORKPLACE_PERMISSIONS } from '../auth/roles.ts';
import { AppError } from '#core/errors.js';
import type { AccountRow } from '../storage/operations/accounts.ts';
import type { Ceiling } from './ceiling.ts';
import { checkName, missing, type OnPrincipalDeleted, type Page, type Parts, range } from './parts.ts';
import type { RoleView } from './roles.ts';

/** A role by its name, or permissions of its own. */
export type RoleChoice = { identifier: string } | { permissions: readonly string[] };
export type ServiceAccountView = { slug: string; name: string; createdAt: number; role: RoleView };
type WorkplaceRole = Pick<AccountRow, 'role' | 'permissions'>;

export class ServiceAccounts {
  readonly #parts: Parts;
  readonly #ceiling: Ceiling;
  readonly #onDeleted: OnPrincipalDeleted;

  constructor(parts: Parts, ceiling: Ceiling, onDeleted: OnPrincipalDeleted) {
    this.#parts = parts;
    this.#ceiling = ceiling;
    this.#onDeleted = onDeleted;
  }

  async list(page: Page): Promise<ServiceAccountView[]> {
    const rows = await this.#parts.store.read.listAccounts({ kind: 'service_account', ...range(page) });
    return Promise.all(rows.map((row) => this.#view(row)));
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(slug: string): Promise<ServiceAccountView> {
    return this.#view(await this.#row(slug));
  }

  /** `no_access` where no role is chosen. @throws AppError ERR_REQUEST_INVALID, ERR_ACCESS_DENIED */
  async create(caller: Caller, wanted: { name: string; role?: RoleChoice | undefined }): Promise<ServiceAccountView> {
    checkName(wanted.name);
    const role = await this.#chosen(caller, wanted.role ?? { identifier: 'no_access' });
    const at = this.#parts.clock.now();
    const id = randomUUID();
    const account: AccountRow = {
      id,
      kind: 'service_account',
      name: wanted.name,
      email: null,
      ...role,
      created_at: at,
    };
    const event = done(caller, at, 'service_accounts.create', `principal:${id}`);
    await this.#parts.store.write.createAccount({ account, limit: this.#parts.limits?.serviceAccounts, event });
    return this.#view(account);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID, ERR_ACCESS_DENIED */
  async update(caller: Caller, slug: string, wanted: { name?: string | undefined; role?: RoleChoice | undefined }) {
    const old = await this.#row(slug);
    const name = wanted.name ?? old.name;
    checkName(name);
    await this.#ceiling.checkAccount(caller, slug);
    const { role, permissions } = wanted.role ? await this.#chosen(caller, wanted.role) : old;
    const event = done(caller, this.#parts.clock.now(), 'service_accounts.update', `principal:${slug}`);
    await this.#parts.store.write.updateAccount({ id: slug, name, role, permissions, event });
    return this.#view({ ...old, name, role, permissions });
  }

  /** With its tokens, identities, memberships and leases. @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, slug: string): Promise<void> {
    await this.#row(slug);
    await this.#ceiling.checkAccount(caller, slug);
    const at = this.#parts.clock.now();
    const event = done(caller, at, 'service_accounts.delete', `principal:${slug}`);
    await this.#parts.store.write.removeAccount({ id: slug, at, event });
    await this.#onDeleted(slug, byDoer(caller));
  }

  async #row(id: string): Promise<AccountRow> {
    const row = await this.#parts.store.read.findAccount({ kind: 'service_account', id });
    if (!row) throw missing('service account');
    return row;
  }

  async #chosen(caller: Caller, choice: RoleChoice): Promise<WorkplaceRole> {
    if ('identifier' in choice) {
      const permissions = await this.#ceiling.permissionsOf('workplace', choice.identifier);
      await this.#ceiling.checkWorkplace(caller, permissions, 'service_accounts');
      return { role: choice.identifier, permissions: null };
    }
    const known: readonly string[] = WORKPLACE_PERMISSIONS;
    if (!choice.permissions.every((permission) => known.includes(permission))) {
      throw new AppError('ERR_REQUEST_INVALID', 'There are unknown workplace permissions.');
    }
    await this.#ceiling.checkWorkplace(caller, choice.permissions, 'service_accounts');
    return { role: null, permissions: JSON.stringify([...new Set(choice.permissions)].sort()) };
  }

  async #view({ id, name, created_at, role, permissions }: AccountRow): Promise<ServiceAccountView> {
    if (role === null) {
      const own = JSON.parse(permissions ?? '[]') as string[];
      const inline = { identifier: '', name: '', permissions: own, createdAt: created_at, isCustom: false };
      return { slug: id, name, createdAt: created_at, role: inline };
    }
    const custom = await this.#parts.store.read.findRole({ scope: 'workplace', identifier: role });
    const shown = {
      identifier: role,
      name: custom?.name ?? role,
      permissions: await this.#ceiling.permissionsOf('workplace', role),
      createdAt: custom?.created_at ?? 0,
      isCustom: custom !== undefined,
    };
    return { slug: id, name, createdAt: created_at, role: shown };
  }
}
