// What the command line asks an engine about people: users, their tokens and project roles, and logins that wait.
import { list, object, optionalText, word } from '#contract/doppler/decode.js';
import { bare, target, withJson } from '#contract/doppler/wire.js';
import { Sensitive } from '#core/sensitive.js';
import { Asking, type AskingOptions } from './asking.ts';

export type UserLine = {
  readonly slug: string;
  readonly email: string;
  readonly name: string;
  /** Identifier of the role in the workplace. */
  readonly access: string;
};

const USERS = '/workplace/users';
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

  /** A personal token (`dp.pt.`), told this once. Needs the admin token. */
  async createUserToken(
    slug: string,
    wanted: { name: string; expiresAt: string | undefined },
  ): Promise<{ slug: string; key: Sensitive }> {
    const at = target(`${USERS}/${encodeURIComponent(slug)}/tokens`, {});
    const fields = { name: wanted.name, ...(wanted.expiresAt && { expires_at: wanted.expiresAt }) };
    const body = object(await this.#asking.ask(withJson('POST', at, fields), 'create the token', false), 'the body');
    const key = new Sensitive(word(body['api_key'], 'api_key'));
    return { slug: word(object(body['api_token'], 'api_token')['slug'], 'slug'), key };
  }

  /** Lets the login that shows `code` act as the user; without a user it is refused. Answers the machine's name. */
  async decideLogin(code: string, user: string | undefined): Promise<string> {
    const at = target('/auth/cli/approve', {});
    const body = await this.#asking.ask(withJson('POST', at, { code, user }), 'decide on the login', false);
    return word(object(body, 'the body')['name'], 'name');
  }
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
