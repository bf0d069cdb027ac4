// Groups of users: they hand a workplace role and project memberships on to whoever is in them.
import { randomUUID } from 'node:crypto';
import { type Caller, done } from '../auth/caller.ts';
import type { GroupRow } from '../storage/operations/groups.ts';
import type { Ceiling } from './ceiling.ts';
import { checkName, missing, type Page, type Parts, range } from './parts.ts';

export type GroupView = {
  slug: string;
  name: string;
  createdAt: number;
  workplaceRole: string;
  /** The role that the group has in a project that it joins without one. */
  defaultProjectRole: string | null;
  projects: readonly { project: string; role: string }[];
  members: readonly string[];
};
export type GroupWish = {
  name?: string | undefined;
  workplaceRole?: string | undefined;
  defaultProjectRole?: string | null | undefined;
};

const ALL = { limit: 100_000, offset: 0 };

export class Groups {
  readonly #parts: Parts;
  readonly #ceiling: Ceiling;

  constructor(parts: Parts, ceiling: Ceiling) {
    this.#parts = parts;
    this.#ceiling = ceiling;
  }

  async list({ name, ...page }: Page & { name?: string | undefined }): Promise<GroupView[]> {
    const rows = await this.#parts.store.read.listGroups({ name: name ?? null, ...range(page) });
    return Promise.all(rows.map((row) => this.#view(row)));
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(id: string): Promise<GroupView> {
    return this.#view(await this.#row(id));
  }

  /** @throws AppError ERR_REQUEST_INVALID, ERR_CONFLICT, ERR_ACCESS_DENIED */
  async create(caller: Caller, wanted: GroupWish & { name: string }): Promise<GroupView> {
    const at = this.#parts.clock.now();
    const blank = { id: randomUUID(), name: '', workplace_role: 'no_access', default_project_role: null };
    const group = await this.#changed(caller, { ...blank, created_at: at }, wanted);
    const event = done(caller, at, 'groups.create', `group:${group.id}`);
    await this.#parts.store.write.createGroup({ group, event });
    return this.#view(group);
  }

  /** @throws AppError as `create`, ERR_NOT_FOUND */
  async update(caller: Caller, id: string, wanted: GroupWish): Promise<GroupView> {
    const group = await this.#changed(caller, await this.#row(id), wanted);
    const event = done(caller, this.#parts.clock.now(), 'groups.update', `group:${id}`);
    await this.#parts.store.write.updateGroup({ group, event });
    return this.#view(group);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.#row(id);
    await this.#ceiling.checkGroup(caller, id);
    const event = done(caller, this.#parts.clock.now(), 'groups.delete', `group:${id}`);
    await this.#parts.store.write.deleteGroup({ id, event });
  }

  /** Slugs of users. @throws AppError ERR_NOT_FOUND */
  async members(id: string, page: Page): Promise<string[]> {
    await this.#row(id);
    const rows = await this.#parts.store.read.listGroupMembers({ id, ...range(page) });
    return rows.map(({ principal_id }) => principal_id);
  }

  /** @throws AppError ERR_NOT_FOUND for a group that is not there */
  async hasMember(id: string, user: string): Promise<boolean> {
    await this.#row(id);
    return this.#parts.store.read.isGroupMember({ id, principalId: user });
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_CONFLICT for who is in it already, ERR_ACCESS_DENIED */
  async addMember(caller: Caller, id: string, user: string): Promise<void> {
    await this.#row(id);
    await this.#ceiling.checkGroup(caller, id);
    const event = done(caller, this.#parts.clock.now(), 'groups.join', `group:${id}`, { principal: user });
    await this.#parts.store.write.addGroupMember({ id, principalId: user, event });
  }

  /** @throws AppError ERR_NOT_FOUND */
  async removeMember(caller: Caller, id: string, user: string): Promise<void> {
    await this.#row(id);
    await this.#ceiling.checkGroup(caller, id);
    const event = done(caller, this.#parts.clock.now(), 'groups.leave', `group:${id}`, { principal: user });
    await this.#parts.store.write.removeGroupMember({ id, principalId: user, event });
  }

  /** These users and no others. @throws AppError ERR_NOT_FOUND, ERR_ACCESS_DENIED */
  async setMembers(caller: Caller, id: string, users: readonly string[]): Promise<void> {
    await this.#row(id);
    await this.#ceiling.checkGroup(caller, id);
    const event = done(caller, this.#parts.clock.now(), 'groups.set', `group:${id}`, { members: users.length });
    await this.#parts.store.write.setGroupMembers({ id, principalIds: users, event });
  }

  async #row(id: string): Promise<GroupRow> {
    const row = await this.#parts.store.read.findGroup({ id });
    if (!row) throw missing('group');
    return row;
  }

  async #changed(caller: Caller, old: GroupRow, wanted: GroupWish): Promise<GroupRow> {
    const { name = old.name, workplaceRole, defaultProjectRole } = wanted;
    checkName(name);
    if (workplaceRole !== undefined && workplaceRole !== old.workplace_role) {
      await this.#ceiling.checkGroup(caller, old.id);
      const permissions = await this.#ceiling.permissionsOf('workplace', workplaceRole);
      await this.#ceiling.checkWorkplace(caller, permissions, `group:${old.id}`);
    }
    if (typeof defaultProjectRole === 'string') await this.#ceiling.permissionsOf('project', defaultProjectRole);
    return {
      ...old,
      name,
      workplace_role: workplaceRole ?? old.workplace_role,
      default_project_role: defaultProjectRole === undefined ? old.default_project_role : defaultProjectRole,
    };
  }

  async #view({ id, name, created_at, workplace_role, default_project_role }: GroupRow): Promise<GroupView> {
    const { read } = this.#parts.store;
    const members = await read.listGroupMembers({ id, ...ALL });
    return {
      slug: id,
      name,
      createdAt: created_at,
      workplaceRole: workplace_role,
      defaultProjectRole: default_project_role,
      projects: await read.listGroupProjects({ id }),
      members: members.map(({ principal_id }) => principal_id),
    };
  }
}
