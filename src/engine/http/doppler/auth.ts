// Doppler routes without a header of authorization: OIDC exchange, revocation, login of a command line (1.3, 1.4).
import { exchangeAnswer, loginAnswer, pickedUpAnswer, rolledAnswer } from '#contract/doppler/people-answers.js';
import { loginPickup, loginQuery, oidcExchange, shownToken } from '#contract/doppler/people-requests.js';
import { plainToken } from '#contract/phase/token.js';
import type { AccountTokens } from '../../people/account-tokens.ts';
import type { Exchanger } from '../../people/exchanger.ts';
import type { Logins } from '../../people/logins.ts';
import { type Answer, json, secret, text } from '../answer.ts';
import type { OpenCall, OpenRoute, Route } from '../route.ts';

type Parts = { exchanger: Exchanger; logins: Logins; tokens: AccountTokens };

/** Kinds whose end is nobody else's: a service token is its config's, and takes its leases along. */
const REVOCABLE = ['service_account_identity', 'service_account', 'cli', 'personal'];
const APPROVE = `This engine has no page to approve a login on. On its machine, run:

  secrets-action login approve CODE

with the code that your command line shows.
`;

export function authRoutes({ exchanger, logins, tokens }: Parts): Route[] {
  return [
    open('POST', '/auth/oidc', async ({ input, origin, base }) => {
      return secret(json(exchangeAnswer(await exchanger.exchange(input(oidcExchange), origin), base)));
    }),
    open('POST', '/auth/revoke', async ({ input, origin }) => {
      await tokens.endShown(plainToken(input(shownToken).token), origin, REVOCABLE);
      return { status: 200, text: undefined, contentType: '', headers: [] };
    }),
    open('GET', '/auth/cli/generate/2', async ({ input, base }) => {
      const { hostname } = input(loginQuery);
      return secret(json(loginAnswer(await logins.ask(hostname), `${base}/v3/auth/cli/approve`)));
    }),
    open('GET', '/auth/cli/approve', async () => text(APPROVE, 'text/plain; charset=utf-8')),
    open('POST', '/auth/cli/authorize', async ({ input, origin, base }) => {
      return secret(json(pickedUpAnswer(await logins.pickUp(input(loginPickup).code, origin), base)));
    }),
    open('POST', '/auth/cli/roll', async ({ input, origin }) => {
      return secret(json(rolledAnswer(await logins.roll(input(shownToken).token, origin))));
    }),
    open('POST', '/auth/cli/revoke', async ({ input, origin }) => {
      await tokens.endShown(input(shownToken).token, origin, ['cli']);
      return json({ success: true });
    }),
  ];
}

function open(method: OpenRoute['method'], path: string, handleOpen: (call: OpenCall) => Promise<Answer>): OpenRoute {
  return { method, path: `/v3${path}`, action: 'open', handleOpen };
}
