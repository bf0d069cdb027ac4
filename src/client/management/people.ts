// Service accounts, their identities and their place in projects, managed over the Doppler API v3.
import * as asked from '#contract/doppler/management-people.js';
import { AppError } from '#core/errors.js';
import type { ManagementCalls } from '../management-calls.ts';
import type { ManagesPeople, Membership, ServiceAccount } from '../management.ts';

/** No workplace has more accounts than this many pages hold. */
const MAX_PAGES = 100;

export function peopleCalls(calls: ManagementCalls): ManagesPeople {
  return { ...accountCalls(calls), ...identityCalls(calls), ...memberCalls(calls) };
}

type OfIdentities = 'identity' | 'createIdentity' | 'updateIdentity' | 'deleteIdentity';
type OfMembers = 'membership' | 'setMembership' | 'removeMembership';

function accountCalls(calls: ManagementCalls): Omit<ManagesPeople, OfIdentities | OfMembers> {
  const at = (slug: string) => `service account ${slug}`;
  return {
    serviceAccount: async (slug, signal) =>
      asked.readServiceAccount(await calls.get(asked.getServiceAccountRequest(slug), `read ${at(slug)}`, signal)),
    serviceAccountNamed: async (name, signal) => accountNamed(name, await allAccounts(calls, signal)),
    createServiceAccount: async (wanted) => {
      const request = asked.createServiceAccountRequest(wanted);
      return asked.readServiceAccount(await calls.ask(request, `create ${at(wanted.name)}`, 'once'));
    },
    updateServiceAccount: async (slug, next) =>
      asked.readServiceAccount(await calls.ask(asked.updateServiceAccountRequest(slug, next), `change ${at(slug)}`)),
    deleteServiceAccount: async (slug) => {
      await calls.ask(asked.deleteServiceAccountRequest(slug), `delete ${at(slug)}`);
    },
  };
}

async function allAccounts(calls: ManagementCalls, signal: AbortSignal | undefined): Promise<ServiceAccount[]> {
  const all: ServiceAccount[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const body = await calls.get(asked.listServiceAccountsRequest(page), 'list the service accounts', signal);
    const found = asked.readServiceAccounts(body);
    all.push(...found);
    if (found.length < asked.ACCOUNTS_PER_PAGE) break;
  }
  return all;
}

/** @throws AppError ERR_NOT_FOUND, or ERR_CONFLICT where several have the name */
export function accountNamed(name: string, all: readonly ServiceAccount[]): ServiceAccount {
  const [found, second] = all.filter((one) => one.name === name);
  if (!found) throw new AppError('ERR_NOT_FOUND', `There is no service account ${name}.`);
  if (second) {
    throw new AppError('ERR_CONFLICT', `Several service accounts are called ${name}.`, { hint: 'Name it by its id.' });
  }
  return found;
}

function identityCalls(calls: ManagementCalls): Pick<ManagesPeople, OfIdentities> {
  const at = (id: string) => `identity ${id}`;
  return {
    identity: async (account, id, signal) =>
      asked.readIdentity(await calls.get(asked.getIdentityRequest(account, id), `read ${at(id)}`, signal)),
    createIdentity: async (account, wanted) => {
      const request = asked.createIdentityRequest(account, wanted);
      return asked.readIdentity(await calls.ask(request, `create ${at(wanted.name)}`, 'once'));
    },
    updateIdentity: async (account, id, next) =>
      asked.readIdentity(await calls.ask(asked.updateIdentityRequest(account, id, next), `change ${at(id)}`)),
    deleteIdentity: async (account, id) => {
      await calls.ask(asked.deleteIdentityRequest(account, id), `delete ${at(id)}`);
    },
  };
}

function memberCalls(calls: ManagementCalls): Pick<ManagesPeople, OfMembers> {
  const membership: ManagesPeople['membership'] = async (project, account, signal) => {
    try {
      const doing = `read the members of ${project}`;
      return asked.readMembership(await calls.get(asked.getMemberRequest(project, account), doing, signal));
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_NOT_FOUND') return undefined;
      throw error;
    }
  };
  return {
    membership,
    setMembership: async (project: string, account: string, wanted: Membership) => {
      const isMember = (await membership(project, account)) !== undefined;
      const build = isMember ? asked.updateMemberRequest : asked.addMemberRequest;
      const doing = `give a service account a role in ${project}`;
      await calls.ask(build(project, account, wanted), doing, isMember ? 'again' : 'once');
    },
    removeMembership: async (project, account) => {
      await calls.ask(asked.removeMemberRequest(project, account), `take a service account out of ${project}`);
    },
  };
}
