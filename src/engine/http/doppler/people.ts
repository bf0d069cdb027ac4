// Doppler routes of users and groups (contracts/doppler.md 2.13).
import { auditedUserAnswer, groupAnswer, groupMemberAnswer, userAnswer } from '#contract/doppler/people-answers.js';
import {
  groupChange,
  groupMemberList,
  groupMemberParams,
  groupMembersQuery,
  groupParams,
  groupsQuery,
  newGroup,
  newGroupMember,
  userChange,
  userQuery,
  usersQuery,
} from '#contract/doppler/people-requests.js';
import { AppError } from '#core/errors.js';
import type { Groups } from '../../people/groups.ts';
import type { Users } from '../../people/users.ts';
import { json, noContent } from '../answer.ts';
import { type Route, route } from '../route.ts';

export function userRoutes(users: Users): Route[] {
  return [
    route('GET', '/workplace/users', 'users.read', async ({ input }) => {
      const query = input(usersQuery);
      return json({ page: query.page, workplace_users: (await users.list(query)).map(userAnswer), success: true });
    }),
    route('GET', '/workplace/users/:user', 'users.read', async ({ input }) => {
      const { user, settings } = input(userQuery);
      const found = await users.get(user);
      return json({ workplace_user: settings ? auditedUserAnswer(found) : userAnswer(found), success: true });
    }),
    route('PATCH', '/workplace/users/:user', 'users.manage', async ({ caller, input }) => {
      const { user, access } = input(userChange);
      return json({ workplace_user: userAnswer(await users.setAccess(caller, user, access)), success: true });
    }),
    // Users are added on the engine's machine: nobody is ever invited.
    route('GET', '/workplace/invites', 'users.read', async () => json({ page: 1, invites: [], success: true })),
  ];
}

const GROUPS = '/workplace/groups';
const GROUP = `${GROUPS}/group/:group`;
const MEMBER = `${GROUP}/members/:member_type/:member_slug`;

export function groupRoutes(groups: Groups): Route[] {
  return [
    route('GET', GROUPS, 'groups.read', async ({ input }) => {
      const query = input(groupsQuery);
      return json({ page: query.page, groups: (await groups.list(query)).map(groupAnswer), success: true });
    }),
    route('POST', GROUPS, 'groups.manage', async ({ caller, input }) => {
      return json({ group: groupAnswer(await groups.create(caller, input(newGroup))), success: true });
    }),
    route('GET', GROUP, 'groups.read', async ({ input }) => {
      return json({ group: groupAnswer(await groups.get(input(groupParams).group)), success: true });
    }),
    route('PATCH', GROUP, 'groups.manage', async ({ caller, input }) => {
      const { group, change } = input(groupChange);
      return json({ group: groupAnswer(await groups.update(caller, group, change)), success: true });
    }),
    route('DELETE', GROUP, 'groups.manage', async ({ caller, input }) => {
      await groups.remove(caller, input(groupParams).group);
      return noContent();
    }),
    ...groupMemberRoutes(groups),
  ];
}

function groupMemberRoutes(groups: Groups): Route[] {
  return [
    route('GET', `${GROUP}/members`, 'groups.read', async ({ input }) => {
      const { group, page } = input(groupMembersQuery);
      const members = await groups.members(group, page);
      return json({ page: page.page, members: members.map(groupMemberAnswer), success: true });
    }),
    route('POST', `${GROUP}/members`, 'groups.manage', async ({ caller, input }) => {
      const { group, slug } = input(newGroupMember);
      await groups.addMember(caller, group, slug);
      return noContent();
    }),
    route('PUT', `${GROUP}/members`, 'groups.manage', async ({ caller, input }) => {
      const { group, users } = input(groupMemberList);
      await groups.setMembers(caller, group, users);
      return json({ members: [...new Set(users)].map(groupMemberAnswer), success: true });
    }),
    route('GET', MEMBER, 'groups.read', async ({ input }) => {
      const { group, member_slug: slug } = input(groupMemberParams);
      if (await groups.hasMember(group, slug)) return noContent();
      throw new AppError('ERR_NOT_FOUND', 'The user is not a member of the group.');
    }),
    route('DELETE', MEMBER, 'groups.manage', async ({ caller, input }) => {
      const { group, member_slug: slug } = input(groupMemberParams);
      await groups.removeMember(caller, group, slug);
      return noContent();
    }),
  ];
}
