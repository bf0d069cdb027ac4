// Store operations of grants: the roles and memberships that say what an account or a group may do.
import { all, type ReadOperation } from '../operation.ts';

export type GrantRows = {
  /** Workplace: a role's name or a list of permissions; `custom` are the permissions of a role that is not built in. */
  roles: { role: string | null; permissions: string | null; custom: string | null }[];
  members: { project_id: string; role: string; custom: string | null; environments: string | null }[];
  integrations: { integration_id: string; role: string }[];
};

const WORKPLACE_ROLE = "left join roles r on r.scope = 'workplace' and r.identifier =";
const MEMBERSHIP = `select m.project_id, m.role, r.permissions as custom, m.environments from project_members m
  left join roles r on r.scope = 'project' and r.identifier = m.role`;
const ENTRY = 'select integration_id, role from integration_members where';

/** Of an account, its groups included. */
const findGrants: ReadOperation<{ principalId: string }, GrantRows> = function* ({ principalId }) {
  const roles = yield* all<GrantRows['roles'][number]>(
    `select a.role, a.permissions, r.permissions as custom from accounts a ${WORKPLACE_ROLE} a.role
     where a.principal_id = $1
     union all
     select g.workplace_role, null, r.permissions from people_group_members gm
     join people_groups g on g.id = gm.group_id ${WORKPLACE_ROLE} g.workplace_role where gm.principal_id = $1`,
    principalId,
  );
  const members = yield* all<GrantRows['members'][number]>(
    `${MEMBERSHIP} where m.member_id = $1
       or m.member_id in (select group_id from people_group_members where principal_id = $1)`,
    principalId,
  );
  const integrations = yield* all<GrantRows['integrations'][number]>(
    `${ENTRY} member_id = $1 or member_id in (select group_id from people_group_members where principal_id = $1)`,
    principalId,
  );
  return { roles, members, integrations };
};

/** What a group hands on to its members. */
const findGroupGrants: ReadOperation<{ groupId: string }, GrantRows> = function* ({ groupId }) {
  const roles = yield* all<GrantRows['roles'][number]>(
    `select g.workplace_role as role, null as permissions, r.permissions as custom
     from people_groups g ${WORKPLACE_ROLE} g.workplace_role where g.id = $1`,
    groupId,
  );
  const members = yield* all<GrantRows['members'][number]>(`${MEMBERSHIP} where m.member_id = $1`, groupId);
  const integrations = yield* all<GrantRows['integrations'][number]>(`${ENTRY} member_id = $1`, groupId);
  return { roles, members, integrations };
};

export const grantReads = { findGrants, findGroupGrants };
