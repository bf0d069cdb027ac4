// What the command line asks an engine about people: users, their tokens and project roles, and logins that wait.
import { list, object, optionalText, word } from '#contract/doppler/decode.js';
import * as accounts from '#contract/doppler/management-people.js';
import { bare, target, withJson } from '#contract/doppler/wire.js';
import { Sensitive } from '#core/sensitive.js';
import { Asking, type AskingOptions } from './asking.ts';
import type { ServiceAccount } from './management.ts';
import { accountNamed } from './management/people.ts';

export type UserLine = {
  readonly slug: string;
  readonly email: string;
  readonly name: string;
  /** Identifier of the role in the workplace. */
  readonly access: string;
};

/** Whose clients a token is for. */
export type Dialect = 'doppler' | 'phase';
export type TokenWish = { readonly name: string; readonly expiresAt: string | undefined; readonly dialect: Dialect };
export type NewToken = { readonly slug: string; readonly key: Sensitive };

const USERS = '/workplace/users';
const ACCOUNT = '/workplace/service_accounts/service_account';
const PAGE = 100;

/** Engine only, but for the list. Every method rejects with AppError and nothing else. */
export class PeopleRemote {
  readonly #asking: Asking;

  constructor(options: AskingOptions) {
    this.#asking = new Asking(options);
  }

  /** All of them, page by page; those with this email where one is given. */
  async listUsers(email?: string): Promise<UserLine[]> {
    const found: UserLine[] = [];
    for (let page = 1; ; page++) {
      const at = target(USERS, { page: String(page), per_page: String(PAGE), email });
      const body = object(await this.#asking.ask(bare('GET', at), 'list the users'), 'the body');
      const users = list(body['workplace_users'], 'workplace_users').map(userLine);
      found.push(...users);
      if (users.length < PAGE) return found;
    }
  }

  async addUser(wanted: { email: string; name: string | undefined; access: string | undefined }): Promise<UserLine> {
    const body = await this.#asking.ask(withJson('POST', target(USERS, {}), wanted), 'add the user', false);
    return userLine(object(body, 'the body')['workplace_user']);
  }

  /** With all tokens and leases. */
  async removeUser(slug: string): Promise<void> {
    await this.#asking.ask(bare('DELETE', target(`${USERS}/${encodeURIComponent(slug)}`, {})), 'remove the user');
  }

  async addToProject(slug: string, project: string, role: string): Promise<void> {
    const member = { project, type: 'workplace_user', slug, role };
    const at = target('/projects/project/members', {});
    await this.#asking.ask(withJson('POST', at, member), 'add the user to the project');
  }

  /** A personal token (`dp.pt.` or `pss_user:`), told this once. Needs the admin token. */
  async createUserToken(slug: string, { dialect, ...wish }: TokenWish): Promise<NewToken> {
    const at = target(`${USERS}/${encodeURIComponent(slug)}/tokens`, {});
    return readNewToken(await this.#create(at, { ...fieldsOf(wish), dialect }));
  }

  /** A token of a service account, by its name or id (`dp.sa.` or `pss_service:`), told this once. */
  async createAccountToken(account: string, { dialect, ...wish }: TokenWish): Promise<NewToken> {
    const { slug } = await this.#account(account);
    if (dialect === 'doppler')
      return readNewToken(await this.#create(target(`${ACCOUNT}/${slug}/tokens`, {}), fieldsOf(wish)));
    const body = await this.#create(`/v1/service-accounts/${slug}/tokens/`, fieldsOf(wish));
    return { slug: word(body['id'], 'id'), key: new Sensitive(word(body['token'], 'token')) };
  }

  async #create(at: string, fields: object): Promise<Readonly<Record<string, unknown>>> {
    return object(await this.#asking.ask(withJson('POST', at, fields), 'create the token', false), 'the body');
  }

  async #account(nameOrId: string): Promise<ServiceAccount> {
    const all: ServiceAccount[] = [];
    for (let page = 1; ; page++) {
      const request = accounts.listServiceAccountsRequest(page);
      const found = accounts.readServiceAccounts(await this.#asking.ask(request, 'list the service accounts'));
      all.push(...found);
      if (found.length < accounts.ACCOUNTS_PER_PAGE) break;
    }
    return all.find(({ slug }) => slug === nameOrId) ?? accountNamed(nameOrId, all);
  }

  /** Lets the login that shows `code` act as the user; without a user it is refused. Answers the machine's name. */
  async decideLogin(code: string, user: string | undefined): Promise<string> {
    const at = target('/auth/cli/approve', {});
    const body = await this.#asking.ask(withJson('POST', at, { code, user }), 'decide on the login', false);
    return word(object(body, 'the body')['name'], 'name');
  }
}

function fieldsOf({ name, expiresAt }: Omit<TokenWish, 'dialect'>) {
  return { name, ...(expiresAt && { expires_at: expiresAt }) };
}

function readNewToken(body: Readonly<Record<string, unknown>>): NewToken {
  const key = new Sensitive(word(body['api_key'], 'api_key'));
  return { slug: word(object(body['api_token'], 'api_token')['slug'], 'slug'), key };
}

function userLine(value: unknown): UserLine {
  const one = object(value, 'a user');
  const user = object(one['user'], 'user');
  return {
    slug: word(one['id'], 'id'),
    email: word(user['email'], 'email'),
    name: optionalText(user['name'], 'name') ?? '',
    access: optionalText(one['access'], 'access') ?? '',
  };
}
