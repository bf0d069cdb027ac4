// Phase routes of service accounts, what they may enter, and the lists of roles and members (contracts/phase.md 7).
import { newTokenAnswer } from '#contract/phase/bootstrap.js';
import * as answers from '#contract/phase/management-answers.js';
import { accessChange, accountChange, accountParams, newAccount } from '#contract/phase/management-requests.js';
import type { Caller } from '../../auth/caller.ts';
import { may } from '../../auth/permissions.ts';
import type { AccountTokens } from '../../people/account-tokens.ts';
import type { Members } from '../../people/members.ts';
import type { Roles } from '../../people/roles.ts';
import type { ServiceAccounts, ServiceAccountView } from '../../people/service-accounts.ts';
import type { Users } from '../../people/users.ts';
import type { PhaseTokens } from '../../phase/tokens.ts';
import { type Answer, json, noContent, secret } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { appOf, type PlaceParts } from './place.ts';
import { everyPage, phaseRoute } from './wire.ts';

export type AccountParts = PlaceParts & {
  serviceAccounts: ServiceAccounts;
  tokens: AccountTokens;
  members: Members;
  roles: Roles;
  users: Users;
  phaseTokens: PhaseTokens;
};

const ACCOUNTS = '/v1/service-accounts/';
const ACCOUNT = `${ACCOUNTS}:account/` as const;
const FIRST_TOKEN = 'Default';

export function phaseAccountRoutes(parts: AccountParts): Route[] {
  const { serviceAccounts: accounts, roles, users } = parts;
  return [
    phaseRoute('GET', ACCOUNTS, 'accounts.read', async () => {
      const all = await everyPage((page) => accounts.list(page));
      return json(answers.listed(all.map(answers.accountAnswer)));
    }),
    phaseRoute('POST', ACCOUNTS, 'accounts.manage', (call) => create(parts, call)),
    phaseRoute('GET', ACCOUNT, 'accounts.read', async ({ caller, input }) =>
      detail(parts, caller, await accounts.get(input(accountParams).account)),
    ),
    phaseRoute('PUT', ACCOUNT, 'accounts.manage', async ({ caller, input }) => {
      const { account, name, role_id: role } = input(accountChange);
      const changed = await accounts.update(caller, account, { name, role: chosen(role) });
      return detail(parts, caller, changed);
    }),
    phaseRoute('DELETE', ACCOUNT, 'accounts.manage', async ({ caller, input }) => {
      await accounts.remove(caller, input(accountParams).account);
      return noContent();
    }),
    phaseRoute('PUT', `${ACCOUNT}access/`, 'members.manage', (call) => setAccess(parts, call)),
    phaseRoute('GET', '/v1/roles/', 'roles.read', async () =>
      json(answers.listed((await roles.list('workplace')).map(answers.roleAnswer))),
    ),
    phaseRoute('GET', '/v1/members/', 'users.read', async () => {
      const all = await everyPage((page) => users.list(page));
      return json(answers.listed(all.map(answers.memberAnswer)));
    }),
  ];
}

/** The first token comes along where the caller may make one; whoever names it is refused where he may not. */
async function create({ access, serviceAccounts, phaseTokens }: AccountParts, call: Call): Promise<Answer> {
  const { caller } = call;
  const { name, role_id: role, token_name: tokenName } = call.input(newAccount);
  if (tokenName !== undefined) await access.require(caller, 'account_tokens.manage', 'somewhere');
  const account = await serviceAccounts.create(caller, { name, role: chosen(role) });
  const shown = answers.accountAnswer(account);
  if (!may(caller, 'account_tokens.manage', 'somewhere'))
    return json({ ...shown, initialToken: null }, { status: 201 });
  const wish = { name: tokenName ?? FIRST_TOKEN, expiresAt: null };
  const made = await phaseTokens.create(caller, account.slug, wish);
  const initialToken = newTokenAnswer({ ...made, type: 'ServiceAccount' });
  return secret(json({ ...shown, initialToken }, { status: 201 }));
}

/** What is taken away is asked for as what is given: both are of the app's members. */
async function setAccess(parts: AccountParts, call: Call): Promise<Answer> {
  const { account: slug, apps } = call.input(accessChange);
  // The answer shows the account.
  await parts.access.require(call.caller, 'accounts.read', 'somewhere');
  const account = await parts.serviceAccounts.get(slug);
  const which = { type: 'service_account', slug } as const;
  const held = await parts.members.ofMember(which);
  const ids = new Set([...apps.map(({ id }) => id), ...held.map(({ project_id }) => project_id)]);
  for (const id of ids) await appOf(parts, call, id, 'members.manage');
  const role = projectRole(account);
  const wanted = apps.map(({ id, environments }) => ({ projectId: id, role, environmentIds: environments }));
  await parts.members.replace(call.caller, which, wanted);
  return detail(parts, call.caller, account);
}

function chosen(identifier: string | undefined): { identifier: string } | undefined {
  return identifier === undefined ? undefined : { identifier };
}

/** Phase has one role for an account and no other in its apps. */
function projectRole({ role }: ServiceAccountView): 'viewer' | 'collaborator' {
  return role.identifier === 'viewer' ? 'viewer' : 'collaborator';
}

/** With its tokens, and the apps that the asker knows of as well. */
async function detail(parts: AccountParts, caller: Caller, account: ServiceAccountView): Promise<Answer> {
  const maySeeTokens = may(caller, 'account_tokens.read', 'somewhere');
  const tokens = maySeeTokens ? await parts.tokens.list(account.slug) : [];
  const held = await parts.members.ofMember({ type: 'service_account', slug: account.slug });
  const apps = await Promise.all(
    held.map(async ({ project_id: id, environments }) => {
      const ids = environments === null ? undefined : new Set(JSON.parse(environments) as string[]);
      const known = await parts.apps.environments(caller, id);
      const { name } = await parts.apps.app(id);
      return { id, name, environments: known.filter((one) => ids === undefined || ids.has(one.id)) };
    }),
  );
  return json(
    answers.accountDetailAnswer(account, { tokens, apps: apps.filter((app) => app.environments.length > 0) }),
  );
}
