// Users of the workplace: added and removed on the engine's command line, listed and given their role over the API.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { byDoer, type Caller, type Doer, done } from '../auth/caller.ts';
import type { AccountRow } from '../storage/operations/accounts.ts';
import type { Ceiling } from './ceiling.ts';
import { checkName, EMAIL, missing, type OnPrincipalDeleted, type Page, type Parts, range } from './parts.ts';

export type UserView = { slug: string; email: string; name: string; access: string; createdAt: number };

export class Users {
  readonly #parts: Parts;
  readonly #ceiling: Ceiling;
  readonly #onDeleted: OnPrincipalDeleted;

  constructor(parts: Parts, ceiling: Ceiling, onDeleted: OnPrincipalDeleted) {
    this.#parts = parts;
    this.#ceiling = ceiling;
    this.#onDeleted = onDeleted;
  }

  /**
   * A user with a workplace role; `no_access` where none is given.
   * @throws AppError ERR_REQUEST_INVALID, ERR_CONFLICT for an email that is taken
   */
  async add(doer: Doer, wanted: { email: string; name?: string; access?: string }): Promise<UserView> {
    const email = wanted.email.trim().toLowerCase();
    if (!EMAIL.test(email)) throw new AppError('ERR_REQUEST_INVALID', 'That is no email address.');
    const { name = email, access = 'no_access' } = wanted;
    checkName(name);
    await this.#ceiling.checkWorkplace(doer, await this.#ceiling.permissionsOf('workplace', access), 'users');
    const at = this.#parts.clock.now();
    const account: AccountRow = {
      id: randomUUID(),
      kind: 'user',
      name,
      email,
      role: access,
      permissions: null,
      created_at: at,
    };
    const event = done(doer, at, 'users.add', `principal:${account.id}`, { access });
    await this.#parts.store.write.createAccount({ account, limit: this.#parts.limits?.users, event });
    return view(account);
  }

  /** All of them by page, or the one of an email. */
  async list({ email, ...page }: Page & { email?: string | undefined }): Promise<UserView[]> {
    const { read } = this.#parts.store;
    if (email === undefined) return (await read.listAccounts({ kind: 'user', ...range(page) })).map(view);
    const found = await read.findUserByEmail({ email: email.trim().toLowerCase() });
    return found && page.page === 1 ? [view(found)] : [];
  }

  /** By slug or by email. @throws AppError ERR_NOT_FOUND */
  async get(which: string): Promise<UserView> {
    const { read } = this.#parts.store;
    const row = which.includes('@')
      ? await read.findUserByEmail({ email: which.trim().toLowerCase() })
      : await read.findAccount({ kind: 'user', id: which });
    if (!row) throw missing('user');
    return view(row);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID, ERR_ACCESS_DENIED over somebody who has more */
  async setAccess(caller: Caller, slug: string, access: string): Promise<UserView> {
    const user = await this.get(slug);
    await this.#ceiling.checkUser(caller, user.slug);
    const permissions = await this.#ceiling.permissionsOf('workplace', access);
    await this.#ceiling.checkWorkplace(caller, permissions, `principal:${user.slug}`);
    const event = done(caller, this.#parts.clock.now(), 'users.update', `principal:${user.slug}`, { access });
    const change = { id: user.slug, name: user.name, role: access, permissions: null };
    await this.#parts.store.write.updateAccount({ ...change, event });
    return { ...user, access };
  }

  /** With tokens, memberships and leases. @throws AppError ERR_NOT_FOUND */
  async remove(doer: Doer, which: string): Promise<void> {
    const { slug: id } = await this.get(which);
    await this.#ceiling.checkUser(doer, id);
    const at = this.#parts.clock.now();
    const event = done(doer, at, 'users.remove', `principal:${id}`);
    await this.#parts.store.write.removeAccount({ id, at, event });
    await this.#onDeleted(id, byDoer(doer));
  }
}

function view({ id, email, name, role, created_at }: AccountRow): UserView {
  return { slug: id, email: email ?? '', name, access: role ?? 'no_access', createdAt: created_at };
}
