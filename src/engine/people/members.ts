// Members of a project: users, groups and service accounts with a role, in all of its environments or in some.
import { AppError } from '#core/errors.js';
import { type Caller, done } from '../auth/caller.ts';
import { type Grants, NO_GRANTS } from '../auth/grants.ts';
import type { Places } from '../auth/places.ts';
import type { MemberKey, MemberRow, MemberType } from '../storage/operations/members.ts';
import type { Ceiling } from './ceiling.ts';
import { missing, type Page, type Parts, range } from './parts.ts';

export type MemberView = {
  type: MemberType;
  slug: string;
  role: string;
  /** Slugs; null: all. */
  environments: readonly string[] | null;
};
type Which = { type: MemberType; slug: string };
/** Absent environments: as before, and all for a new member. */
type Change = { role?: string | undefined; environments?: readonly string[] | null | undefined };

type Wanted = {
  projectId: string;
  /** Of a new member. */
  role: string;
  environmentIds: readonly string[];
};

export class Members {
  readonly #parts: Parts;
  readonly #places: Places;
  readonly #ceiling: Ceiling;

  constructor(parts: Parts & { places: Places }, ceiling: Ceiling) {
    this.#parts = parts;
    this.#places = parts.places;
    this.#ceiling = ceiling;
  }

  async list(project: string, page: Page): Promise<MemberView[]> {
    const { id: projectId } = await this.#places.project(project);
    const rows = await this.#parts.store.read.listMembers({ projectId, ...range(page) });
    return Promise.all(rows.map((row) => this.#view(row)));
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(project: string, which: Which): Promise<MemberView> {
    return this.#view(await this.#row(await this.#key(project, which)));
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_CONFLICT, ERR_REQUEST_INVALID, ERR_ACCESS_DENIED */
  async add(caller: Caller, project: string, wanted: Which & Change): Promise<MemberView> {
    const key = await this.#key(project, wanted);
    const role = wanted.role ?? (await this.#defaultRole(wanted));
    const at = this.#parts.clock.now();
    const environments = await this.#ids(key.project_id, wanted.environments ?? null);
    const member: MemberRow = { ...key, role, environments, created_at: at };
    await this.#checkGrant(caller, member);
    const event = done(caller, at, 'members.add', target(key), { member: key.member_id, role });
    await this.#parts.store.write.addMember({ member, event });
    return this.#view(member);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID, ERR_ACCESS_DENIED */
  async update(caller: Caller, project: string, which: Which, wanted: Change): Promise<MemberView> {
    const old = await this.#row(await this.#key(project, which));
    const { role = old.role, environments: slugs } = wanted;
    const environments = slugs === undefined ? old.environments : await this.#ids(old.project_id, slugs);
    const member = { ...old, role, environments };
    await this.#checkGrant(caller, old);
    await this.#checkGrant(caller, member);
    const event = done(caller, this.#parts.clock.now(), 'members.update', target(old), { member: old.member_id, role });
    await this.#parts.store.write.updateMember({ member, event });
    return this.#view(member);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_ACCESS_DENIED over a member that has more */
  async remove(caller: Caller, project: string, which: Which): Promise<void> {
    const member = await this.#row(await this.#key(project, which));
    await this.#checkGrant(caller, member);
    const event = done(caller, this.#parts.clock.now(), 'members.remove', target(member), { member: member.member_id });
    await this.#parts.store.write.removeMember({ member, event });
  }

  /** Where a member is one, as it is stored. */
  async ofMember({ type, slug }: Which): Promise<readonly MemberRow[]> {
    return this.#parts.store.read.listMemberships({ type, member_id: slug });
  }

  /**
   * Makes it a member of exactly these projects, in these environments of theirs. Where it is one already it keeps its
   * role, and "all environments" stays that when all there are is wanted.
   * @throws AppError ERR_NOT_FOUND for an environment of another project, ERR_ACCESS_DENIED, before anything is done
   */
  async replace(caller: Caller, which: Which, wanted: readonly Wanted[]): Promise<void> {
    const old = await this.ofMember(which);
    const at = this.#parts.clock.now();
    const members = await Promise.all(wanted.map((one) => this.#wanted(which, one, old, at)));
    const isSame = (one: MemberRow, other: MemberRow) =>
      one.project_id === other.project_id && one.environments === other.environments;
    const changed = (these: readonly MemberRow[], those: readonly MemberRow[]) =>
      these.filter((one) => !those.some((other) => isSame(one, other)));
    for (const member of [...changed(old, members), ...changed(members, old)]) await this.#checkGrant(caller, member);
    const event = done(caller, at, 'members.replace', `principal:${which.slug}`, { projects: members.length });
    const key = { type: which.type, member_id: which.slug };
    await this.#parts.store.write.setMemberships({ ...key, members, event });
  }

  async #wanted(which: Which, one: Wanted, all: readonly MemberRow[], at: number): Promise<MemberRow> {
    const { projectId, environmentIds } = one;
    const old = all.find(({ project_id }) => project_id === projectId);
    const known = (await this.#parts.store.read.listEnvironments({ projectId })).map(({ id }) => id);
    const stray = environmentIds.find((id) => !known.includes(id));
    if (stray !== undefined) throw missing(`environment '${stray.slice(0, 80)}'`);
    const isAll = old?.environments === null && known.every((id) => environmentIds.includes(id));
    const ids = known.filter((id) => environmentIds.includes(id));
    const environments = isAll ? null : JSON.stringify(ids);
    const made = { project_id: projectId, type: which.type, member_id: which.slug, created_at: old?.created_at ?? at };
    return { ...made, role: old?.role ?? one.role, environments };
  }

  async #key(project: string, { type, slug }: Which): Promise<MemberKey> {
    const { id } = await this.#places.project(project);
    return { project_id: id, type, member_id: slug };
  }

  async #row(key: MemberKey): Promise<MemberRow> {
    const row = await this.#parts.store.read.findMember(key);
    if (!row) throw missing('member');
    return row;
  }

  async #defaultRole({ type, slug }: Which): Promise<string> {
    const group = type === 'group' ? await this.#parts.store.read.findGroup({ id: slug }) : undefined;
    if (group?.default_project_role) return group.default_project_role;
    throw new AppError('ERR_REQUEST_INVALID', 'The request is missing or has a wrong value for: role.');
  }

  async #checkGrant(caller: Caller, { project_id, role, environments }: MemberRow): Promise<void> {
    const permissions = new Set(await this.#ceiling.permissionsOf('project', role));
    const isAll = environments === null || permissions.has('enclave_project_environment_all');
    const grant = { permissions, environments: isAll ? null : new Set(JSON.parse(environments) as string[]) };
    const wanted: Grants = { ...NO_GRANTS, projects: new Map([[project_id, [grant]]]) };
    await this.#ceiling.check(caller, wanted, `project:${project_id}`);
  }

  async #ids(projectId: string, slugs: readonly string[] | null): Promise<string | null> {
    if (slugs === null) return null;
    const known = await this.#parts.store.read.listEnvironments({ projectId });
    const ids = [...new Set(slugs)].map((slug) => {
      const found = known.find((environment) => environment.slug === slug);
      if (!found) throw new AppError('ERR_REQUEST_INVALID', `There is no environment '${slug.slice(0, 80)}'.`);
      return found.id;
    });
    return JSON.stringify(ids);
  }

  async #view({ project_id: projectId, type, member_id, role, environments }: MemberRow): Promise<MemberView> {
    const permissions = await this.#ceiling.permissionsOf('project', role);
    if (environments === null || permissions.includes('enclave_project_environment_all')) {
      return { type, slug: member_id, role, environments: null };
    }
    const ids = new Set(JSON.parse(environments) as string[]);
    const known = await this.#parts.store.read.listEnvironments({ projectId });
    const slugs = known.filter(({ id }) => ids.has(id)).map(({ slug }) => slug);
    return { type, slug: member_id, role, environments: slugs };
  }
}

function target({ project_id }: MemberKey): string {
  return `project:${project_id}`;
}
