// What an account holds: permissions in the workplace, in projects and in integrations, from itself and its groups.
import type { GrantRows } from '../storage/operations/grants.ts';
import {
  BUILTIN_ROLES,
  INTEGRATION_PERMISSIONS,
  INTEGRATION_ROLES,
  type IntegrationPermission,
  rolePermissions,
} from './roles.ts';

export type ProjectGrant = {
  permissions: ReadonlySet<string>;
  /** Ids; null: all environments, later ones included. */
  environments: ReadonlySet<string> | null;
};
export type Grants = {
  workplace: ReadonlySet<string>;
  projects: ReadonlyMap<string, readonly ProjectGrant[]>;
  /** By the id of the integration. */
  integrations: ReadonlyMap<string, ReadonlySet<IntegrationPermission>>;
};

/** Where something is done: in a project as a whole, or in one environment of it. A Place is one. */
export type At = { projectId: string; environmentId?: string | undefined };

/** Whoever has any permission there. */
export const MEMBER = 'member';

export const NO_GRANTS: Grants = { workplace: new Set(), projects: new Map(), integrations: new Map() };

/** Read from the rows of an account, or of a group. */
export function readGrants({ roles, members, integrations: entries }: GrantRows): Grants {
  const workplace = new Set(roles.flatMap(({ role, permissions, custom }) => permissionsOf(role, permissions, custom)));
  const projects = new Map<string, ProjectGrant[]>();
  for (const { project_id: id, role, custom, environments } of members) {
    const permissions = new Set(rolePermissions('project', role, list(custom)));
    const all = environments === null || permissions.has('enclave_project_environment_all');
    const grant = { permissions, environments: all ? null : new Set(list(environments)) };
    projects.set(id, [...(projects.get(id) ?? []), grant]);
  }
  const integrations = new Map<string, ReadonlySet<IntegrationPermission>>();
  for (const { integration_id: id, role } of entries) {
    integrations.set(id, new Set([...(integrations.get(id) ?? []), ...(INTEGRATION_ROLES[role] ?? [])]));
  }
  return { workplace, projects, integrations };
}

function permissionsOf(role: string | null, inline: string | null, custom: string | null): readonly string[] {
  return role === null ? (list(inline) ?? []) : rolePermissions('workplace', role, list(custom));
}

function list(json: string | null): readonly string[] | undefined {
  return json === null ? undefined : (JSON.parse(json) as string[]);
}

/** `all_enclave_projects` shows every project as its viewers see it: the least that "access to all" can mean. */
function everywhere({ workplace }: Grants): readonly string[] {
  const { admin = [], viewer = [] } = BUILTIN_ROLES.project;
  if (workplace.has('all_enclave_projects_admin')) return admin;
  return workplace.has('all_enclave_projects') ? viewer : [];
}

/**
 * Whether `permission` is held there. In a project as a whole it must reach all environments; being a MEMBER needs one.
 */
export function holds(grants: Grants, permission: string, { projectId, environmentId }: At): boolean {
  const has = (permissions: ReadonlySet<string> | readonly string[]) => {
    const set = new Set(permissions);
    return permission === MEMBER ? set.size > 0 : set.has(permission);
  };
  if (has(everywhere(grants))) return true;
  return (grants.projects.get(projectId) ?? []).some(({ permissions, environments }) => {
    if (!has(permissions)) return false;
    if (environmentId !== undefined) return environments?.has(environmentId) ?? true;
    return environments === null || (permission === MEMBER && environments.size > 0);
  });
}

/** Whether `permission` is held in any project, for the gate that knows no place yet. */
export function holdsSomewhere(grants: Grants, permission: string): boolean {
  if (permission === MEMBER) return true;
  if (everywhere(grants).includes(permission)) return true;
  return [...grants.projects.values()].flat().some(({ permissions }) => permissions.has(permission));
}

/** Whether this may be done with an integration, by a role in it or with every one. */
export function holdsIn(grants: Grants, permission: IntegrationPermission, integrationId: string): boolean {
  const has = grants.integrations.get(integrationId)?.has(permission) ?? false;
  return has || grants.workplace.has(INTEGRATION_PERMISSIONS[permission]);
}

/** Whether an environment is shown to somebody who may see its project; only accounts are kept to some. */
export function sees(asker: { role: string; grants: Grants }, projectId: string, environmentId: string): boolean {
  return asker.role !== 'account' || holds(asker.grants, MEMBER, { projectId, environmentId });
}

/** Whether `holder` has all of `wanted`: nobody hands on more than he has. */
export function covers(holder: Grants, wanted: Grants): boolean {
  if (![...wanted.workplace].every((permission) => holder.workplace.has(permission))) return false;
  const isWithin = [...wanted.integrations].every(([id, permissions]) =>
    [...permissions].every((permission) => holdsIn(holder, permission, id)),
  );
  if (!isWithin) return false;
  return [...wanted.projects].every(([projectId, grants]) =>
    grants.every(({ permissions, environments }) => {
      const places: At[] =
        environments === null
          ? [{ projectId }]
          : [...environments].map((environmentId) => ({ projectId, environmentId }));
      return places.every((at) => [...permissions].every((permission) => holds(holder, permission, at)));
    }),
  );
}
