// Doppler routes of roles, their permissions, and the members of projects (contracts/doppler.md 1.6, 2.2, 2.13).
import { memberAnswer, roleAnswer } from '#contract/doppler/people-answers.js';
import {
  memberChange,
  memberParams,
  membersQuery,
  newMember,
  newRole,
  roleChange,
  roleParams,
} from '#contract/doppler/people-requests.js';
import type { Access } from '../../auth/access.ts';
import type { Members } from '../../people/members.ts';
import type { Roles } from '../../people/roles.ts';
import { json, noContent } from '../answer.ts';
import { type Route, route } from '../route.ts';

const HOMES = [
  { scope: 'workplace', home: '/workplace' },
  { scope: 'project', home: '/projects' },
] as const;

export function roleRoutes(roles: Roles): Route[] {
  return HOMES.flatMap(({ scope, home }) => [
    route('GET', `${home}/permissions`, 'roles.read', async () =>
      json({ permissions: roles.permissions(scope), success: true }),
    ),
    route('GET', `${home}/roles`, 'roles.read', async () =>
      json({ roles: (await roles.list(scope)).map(roleAnswer), success: true }),
    ),
    route('POST', `${home}/roles`, 'roles.manage', async ({ caller, input }) =>
      json({ role: roleAnswer(await roles.create(caller, scope, input(newRole))), success: true }),
    ),
    route('GET', `${home}/roles/role/:role`, 'roles.read', async ({ input }) =>
      json({ role: roleAnswer(await roles.get(scope, input(roleParams).role)), success: true }),
    ),
    route('PATCH', `${home}/roles/role/:role`, 'roles.manage', async ({ caller, input }) => {
      const { role, change } = input(roleChange);
      return json({ role: roleAnswer(await roles.update(caller, scope, role, change)), success: true });
    }),
    route('DELETE', `${home}/roles/role/:role`, 'roles.manage', async ({ caller, input }) => {
      await roles.remove(caller, scope, input(roleParams).role);
      return noContent();
    }),
  ]);
}

const MEMBERS = '/projects/project/members';
const MEMBER = `${MEMBERS}/member/:member_type/:member_slug`;

export function memberRoutes({ access, members }: { access: Access; members: Members }): Route[] {
  return [
    route('GET', MEMBERS, 'members.read', async ({ caller, input }) => {
      const { project, page } = input(membersQuery);
      const home = await access.project(caller, project, 'members.read');
      const found = await members.list(home, page);
      return json({ page: page.page, members: found.map(memberAnswer), success: true });
    }),
    route('POST', MEMBERS, 'members.manage', async ({ caller, input }) => {
      const { project, ...wanted } = input(newMember);
      const home = await access.project(caller, project, 'members.manage');
      return json({ member: memberAnswer(await members.add(caller, home, wanted)), success: true });
    }),
    route('GET', MEMBER, 'members.read', async ({ caller, input }) => {
      const { project, which } = input(memberParams);
      const home = await access.project(caller, project, 'members.read');
      return json({ member: memberAnswer(await members.get(home, which)), success: true });
    }),
    route('PATCH', MEMBER, 'members.manage', async ({ caller, input }) => {
      const { project, which, change } = input(memberChange);
      const home = await access.project(caller, project, 'members.manage');
      return json({ member: memberAnswer(await members.update(caller, home, which, change)), success: true });
    }),
    route('DELETE', MEMBER, 'members.manage', async ({ caller, input }) => {
      const { project, which } = input(memberParams);
      const home = await access.project(caller, project, 'members.manage');
      await members.remove(caller, home, which);
      return noContent();
    }),
  ];
}
