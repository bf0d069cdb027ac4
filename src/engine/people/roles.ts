// Roles of the workplace and of projects: the built-in ones listed, custom ones made, changed and deleted.
import { AppError } from '#core/errors.js';
import { type Caller, done } from '../auth/caller.ts';
import { BUILTIN_ROLES, PROJECT_PERMISSIONS, type Scope, WORKPLACE_PERMISSIONS } from '../auth/roles.ts';
import type { RoleRow } from '../storage/operations/roles.ts';
import type { Ceiling } from './ceiling.ts';
import { checkName, missing, type Parts } from './parts.ts';

export type RoleView = {
  identifier: string;
  name: string;
  permissions: readonly string[];
  createdAt: number;
  isCustom: boolean;
};
export type RoleWish = { name: string; permissions: readonly string[] };

const KNOWN: Readonly<Record<Scope, readonly string[]>> = {
  workplace: WORKPLACE_PERMISSIONS,
  project: PROJECT_PERMISSIONS,
};

export class Roles {
  readonly #parts: Parts;
  readonly #ceiling: Ceiling;

  constructor(parts: Parts, ceiling: Ceiling) {
    this.#parts = parts;
    this.#ceiling = ceiling;
  }

  /** The names that a role of this scope may list. */
  permissions(scope: Scope): readonly string[] {
    return KNOWN[scope];
  }

  async list(scope: Scope): Promise<RoleView[]> {
    const custom = await this.#parts.store.read.listRoles({ scope });
    return [...Object.keys(BUILTIN_ROLES[scope]).map((identifier) => builtin(scope, identifier)), ...custom.map(view)];
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(scope: Scope, identifier: string): Promise<RoleView> {
    if (Object.hasOwn(BUILTIN_ROLES[scope], identifier)) return builtin(scope, identifier);
    return view(await this.#row(scope, identifier));
  }

  /** @throws AppError ERR_REQUEST_INVALID, ERR_CONFLICT, ERR_ACCESS_DENIED */
  async create(caller: Caller, scope: Scope, wanted: RoleWish): Promise<RoleView> {
    const identifier = wanted.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 60);
    await this.#check(caller, scope, wanted);
    if (identifier === '' || Object.hasOwn(BUILTIN_ROLES[scope], identifier)) {
      throw new AppError('ERR_CONFLICT', 'There is a built-in role of this name, or the name has no letter or digit.');
    }
    const at = this.#parts.clock.now();
    const role: RoleRow = { scope, identifier, name: wanted.name, permissions: text(wanted), created_at: at };
    await this.#parts.store.write.createRole({ role, event: done(caller, at, 'roles.create', target(role)) });
    return view(role);
  }

  /** @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND, ERR_ACCESS_DENIED */
  async update(caller: Caller, scope: Scope, identifier: string, wanted: Partial<RoleWish>): Promise<RoleView> {
    this.#refuseBuiltin(scope, identifier);
    const old = await this.#row(scope, identifier);
    const { name, permissions } = { ...view(old), ...wanted };
    await this.#check(caller, scope, { name, permissions });
    if (scope === 'project') await this.#ceiling.checkWorkplace(caller, ['all_enclave_projects_admin'], target(old));
    const role = { ...old, name, permissions: text({ permissions }) };
    const at = this.#parts.clock.now();
    await this.#parts.store.write.updateRole({ role, event: done(caller, at, 'roles.update', target(role)) });
    return view(role);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_CONFLICT while it is in use */
  async remove(caller: Caller, scope: Scope, identifier: string): Promise<void> {
    this.#refuseBuiltin(scope, identifier);
    const role = await this.#row(scope, identifier);
    const at = this.#parts.clock.now();
    const event = done(caller, at, 'roles.delete', target(role));
    await this.#parts.store.write.deleteRole({ scope, identifier, event });
  }

  async #row(scope: Scope, identifier: string): Promise<RoleRow> {
    const row = await this.#parts.store.read.findRole({ scope, identifier });
    if (!row) throw missing('role');
    return row;
  }

  #refuseBuiltin(scope: Scope, identifier: string): void {
    if (!Object.hasOwn(BUILTIN_ROLES[scope], identifier)) return;
    throw new AppError('ERR_REQUEST_INVALID', 'A built-in role cannot be changed.');
  }

  /** A new project role is worth nothing until it is given, which is checked there; a changed one is worth it at once. */
  async #check(caller: Caller, scope: Scope, { name, permissions }: RoleWish): Promise<void> {
    checkName(name);
    const unknown = permissions.filter((permission) => !KNOWN[scope].includes(permission));
    if (unknown.length > 0) {
      throw new AppError('ERR_REQUEST_INVALID', `There are unknown ${scope} permissions.`, {
        details: unknown.slice(0, 10).map((permission) => `'${permission.slice(0, 80)}' is none.`),
      });
    }
    if (scope === 'workplace') await this.#ceiling.checkWorkplace(caller, permissions, 'roles');
  }
}

function target({ scope, identifier }: RoleRow): string {
  return `role:${scope}/${identifier}`;
}

function text({ permissions }: Pick<RoleWish, 'permissions'>): string {
  return JSON.stringify([...new Set(permissions)].sort());
}

function builtin(scope: Scope, identifier: string): RoleView {
  const permissions = BUILTIN_ROLES[scope][identifier] ?? [];
  return { identifier, name: identifier, permissions, createdAt: 0, isCustom: false };
}

function view({ identifier, name, permissions, created_at }: RoleRow): RoleView {
  return {
    identifier,
    name,
    permissions: JSON.parse(permissions) as string[],
    createdAt: created_at,
    isCustom: true,
  };
}
