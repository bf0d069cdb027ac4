// Nobody hands on more than he has: what somebody would gain is compared with what the giver holds.
import { AppError } from '#core/errors.js';
import { type Doer, event } from '../auth/caller.ts';
import { covers, type Grants, NO_GRANTS, readGrants } from '../auth/grants.ts';
import { BUILTIN_ROLES, rolePermissions, type Scope } from '../auth/roles.ts';
import { isAbove, type Parts } from './parts.ts';

export class Ceiling {
  readonly #parts: Pick<Parts, 'store' | 'clock'>;

  constructor(parts: Pick<Parts, 'store' | 'clock'>) {
    this.#parts = parts;
  }

  /** @throws AppError ERR_ACCESS_DENIED, audited, when `wanted` holds what the doer does not */
  async check(doer: Doer, wanted: Grants, target: string): Promise<void> {
    if (isAbove(doer) || doer === 'engine' || covers(doer.grants, wanted)) return;
    const refused = event(doer, this.#parts.clock.now(), { action: 'grants.check', target, outcome: 'denied' });
    await this.#parts.store.write.recordAudit({ events: [refused] });
    throw new AppError('ERR_ACCESS_DENIED', 'This would give more than you have yourself.', {
      hint: 'Ask somebody who has these permissions.',
    });
  }

  /** Permissions of the workplace, by role or one by one. */
  async checkWorkplace(doer: Doer, permissions: readonly string[], target: string): Promise<void> {
    await this.check(doer, { ...NO_GRANTS, workplace: new Set(permissions) }, target);
  }

  /** What an account has already, before somebody is let act as it or change it. */
  async checkAccount(doer: Doer, principalId: string): Promise<void> {
    const grants = readGrants(await this.#parts.store.read.findGrants({ principalId }));
    await this.check(doer, grants, `principal:${principalId}`);
  }

  /** The same of a user who is to have less; that, and who is in a group, is what SCIM tokens are for. */
  async checkUser(doer: Doer, principalId: string): Promise<void> {
    if (!isDirectory(doer)) await this.checkAccount(doer, principalId);
  }

  /** What a group has, before somebody joins it or it is changed. */
  async checkGroup(doer: Doer, groupId: string): Promise<void> {
    if (isDirectory(doer)) return;
    const grants = readGrants(await this.#parts.store.read.findGroupGrants({ groupId }));
    await this.check(doer, grants, `group:${groupId}`);
  }

  /** The permissions of a role that exists. @throws AppError ERR_REQUEST_INVALID */
  async permissionsOf(scope: Scope, identifier: string): Promise<readonly string[]> {
    const custom = await this.#parts.store.read.findRole({ scope, identifier });
    if (!custom && !Object.hasOwn(BUILTIN_ROLES[scope], identifier)) {
      throw new AppError('ERR_REQUEST_INVALID', `There is no ${scope} role '${identifier.slice(0, 80)}'.`);
    }
    return rolePermissions(scope, identifier, custom && (JSON.parse(custom.permissions) as string[]));
  }
}

function isDirectory(doer: Doer): boolean {
  return doer !== 'engine' && doer.role === 'scim';
}
