// The one table of who may do what: an action, and the roles that have it. Every route names its action.
import { AppError } from '#core/errors.js';
import type { Caller, Role } from './caller.ts';

const EVERYONE: readonly Role[] = ['admin', 'read', 'read/write'];
const ADMIN: readonly Role[] = ['admin'];
const WRITERS: readonly Role[] = ['admin', 'read/write'];
const READERS: readonly Role[] = ['read', 'read/write'];

/**
 * The admin token manages everything, reads no value and mints no lease (design.md §5, Keys). What a service token
 * has, it has in its own config only (Access.place).
 */
export const PERMISSIONS = {
  'me.read': EVERYONE,
  'workplace.read': EVERYONE,
  'projects.list': EVERYONE,
  'projects.read': EVERYONE,
  'projects.manage': ADMIN,
  'environments.list': EVERYONE,
  'environments.read': ADMIN,
  'environments.manage': ADMIN,
  'configs.list': EVERYONE,
  'configs.read': EVERYONE,
  'configs.manage': ADMIN,
  'configs.logs': EVERYONE,
  'logs.read': ADMIN,
  'trusted_ips.manage': ADMIN,
  'secrets.list': EVERYONE,
  'secrets.values': READERS,
  'secrets.write': WRITERS,
  'secrets.promote': ADMIN,
  'tokens.manage': ADMIN,
  'integrations.manage': ADMIN,
  'dynamic_secrets.read': EVERYONE,
  'dynamic_secrets.manage': ADMIN,
  'leases.list': EVERYONE,
  'leases.issue': READERS,
  'leases.end': EVERYONE,
  'leases.manage': ADMIN,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;

/** Whether the caller may do this somewhere. */
export function may(caller: Pick<Caller, 'role'>, action: Action): boolean {
  return (PERMISSIONS[action] as readonly Role[]).includes(caller.role);
}

/** The refusal of an action. */
export function denied(caller: Pick<Caller, 'role'>, action: Action): AppError {
  const hint =
    caller.role === 'admin'
      ? 'The admin token manages but reads no values and takes no leases; use a service token of the config.'
      : 'Use a token with more access.';
  return new AppError('ERR_ACCESS_DENIED', `This token does not have the permission ${action}.`, { hint });
}

/** The caller as the lease service knows it. */
export function leaseActor({ principalId, tokenId, role, requestId, ip }: Caller) {
  return { kind: 'token' as const, principalId, tokenId, canManage: may({ role }, 'leases.manage'), requestId, ip };
}
