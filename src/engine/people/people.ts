// The features about people, put together over one store for the engine's routes and for its command line.
import { Issuers, type FetchJson } from '../auth/oidc/issuers.ts';
import type { Places } from '../auth/places.ts';
import { AccountTokens } from './account-tokens.ts';
import { Ceiling } from './ceiling.ts';
import { Exchanger } from './exchanger.ts';
import { Groups } from './groups.ts';
import { Identities } from './identities.ts';
import { Logins } from './logins.ts';
import { Members } from './members.ts';
import type { OnPrincipalDeleted, Parts } from './parts.ts';
import { Roles } from './roles.ts';
import { ServiceAccounts } from './service-accounts.ts';
import { Users } from './users.ts';
import { Workplace } from './workplace.ts';

/** What the command line does beside a running engine: it ends no leases itself, the engine's next sweep does. */
export type Directory = { users: Users; tokens: AccountTokens; logins: Logins };

export type People = Directory & {
  groups: Groups;
  roles: Roles;
  members: Members;
  serviceAccounts: ServiceAccounts;
  identities: Identities;
  exchanger: Exchanger;
  workplace: Workplace;
};

export function createDirectory(parts: Parts, onDeleted: OnPrincipalDeleted = async () => undefined): Directory {
  const ceiling = new Ceiling(parts);
  const users = new Users(parts, ceiling, onDeleted);
  return { users, tokens: new AccountTokens(parts, ceiling), logins: new Logins(parts, users) };
}

export function createPeople(
  parts: Parts & { places: Places; fetchJson: FetchJson },
  onDeleted: OnPrincipalDeleted,
): People {
  const ceiling = new Ceiling(parts);
  return {
    ...createDirectory(parts, onDeleted),
    groups: new Groups(parts, ceiling),
    roles: new Roles(parts, ceiling),
    members: new Members(parts, ceiling),
    serviceAccounts: new ServiceAccounts(parts, ceiling, onDeleted),
    identities: new Identities(parts, ceiling),
    exchanger: new Exchanger(parts, new Issuers(parts)),
    workplace: new Workplace(parts),
  };
}
