// Engine extensions about people: adding and removing users, tokens for them and for directories, approving logins.
import { accountTokenAnswer, newAccountTokenAnswer, userAnswer } from '#contract/doppler/people-answers.js';
import {
  loginDecision,
  newDirectoryToken,
  newUser,
  newUserToken,
  tokenKindQuery,
  tokenParams,
  userParams,
} from '#contract/doppler/people-requests.js';
import { newTokenAnswer } from '#contract/phase/bootstrap.js';
import type { AccountTokens } from '../../people/account-tokens.ts';
import type { Logins } from '../../people/logins.ts';
import type { Users } from '../../people/users.ts';
import type { PhaseTokens } from '../../phase/tokens.ts';
import { json, noContent, secret } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = { users: Users; tokens: AccountTokens; phaseTokens: PhaseTokens; logins: Logins };

/** What the command line asks of a running engine, whose store it cannot open beside it. */
export function peopleExtensionRoutes({ users, tokens, phaseTokens, logins }: Parts): Route[] {
  return [
    route('POST', '/workplace/users', 'users.manage', async ({ caller, input }) => {
      return json({ workplace_user: userAnswer(await users.add(caller, input(newUser))), success: true });
    }),
    route('DELETE', '/workplace/users/:user', 'users.manage', async ({ caller, input }) => {
      await users.remove(caller, input(userParams).user);
      return noContent();
    }),
    route('GET', '/workplace/users/:user/tokens', 'user_tokens.manage', async ({ input }) => {
      const { slug: user } = await users.get(input(userParams).user);
      return json({ api_tokens: (await tokens.listOf({ user })).map(accountTokenAnswer), success: true });
    }),
    route('POST', '/workplace/users/:user/tokens', 'user_tokens.manage', async ({ caller, input }) => {
      const { user, dialect, wish } = input(newUserToken);
      const { slug } = await users.get(user);
      if (dialect === 'doppler') {
        return secret(json(newAccountTokenAnswer(await tokens.createPersonal(caller, slug, wish))));
      }
      const made = await phaseTokens.createPersonal(caller, slug, wish);
      const { token } = newTokenAnswer({ ...made, type: 'User' });
      return secret(json({ api_token: accountTokenAnswer(made), api_key: token, success: true }));
    }),
    route('GET', '/workplace/tokens', 'user_tokens.manage', async ({ input }) => {
      const found = await tokens.listOf(input(tokenKindQuery));
      return json({ api_tokens: found.map(accountTokenAnswer), success: true });
    }),
    route('POST', '/workplace/tokens', 'user_tokens.manage', async ({ caller, input }) => {
      const { kind, wish } = input(newDirectoryToken);
      return secret(json(newAccountTokenAnswer(await tokens.createDirectory(caller, kind, wish))));
    }),
    route('DELETE', '/workplace/tokens/token/:token', 'user_tokens.manage', async ({ caller, input }) => {
      await tokens.endPersonalOrDirectory(caller, input(tokenParams).token);
      return noContent();
    }),
    route('POST', '/auth/cli/approve', 'user_tokens.manage', async ({ caller, input }) => {
      const { code, user } = input(loginDecision);
      const name =
        user === undefined ? await logins.refuseLogin(code, caller) : await logins.approveLogin(code, user, caller);
      return json({ name, approved: user !== undefined, success: true });
    }),
  ];
}
