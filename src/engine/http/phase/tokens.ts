// Phase routes of tokens: what a client that decrypts is told of its own, and tokens of service accounts (contracts/phase.md 1.4, 1.7).
import { setImmediate as turn } from 'node:timers/promises';
import { bootstrapAnswer, newTokenAnswer } from '#contract/phase/bootstrap.js';
import { listed, tokenAnswer } from '#contract/phase/management-answers.js';
import { accountParams } from '#contract/phase/management-requests.js';
import { newToken, tokenParams } from '#contract/phase/requests.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { AccountTokens } from '../../people/account-tokens.ts';
import type { PhaseApps } from '../../phase/apps.ts';
import type { PhaseKeys } from '../../phase/keys.ts';
import type { PhaseTokens } from '../../phase/tokens.ts';
import { type Answer, json, noContent, secret } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { phaseRoute } from './wire.ts';

export type TokenParts = {
  apps: PhaseApps;
  keys: PhaseKeys;
  tokens: AccountTokens;
  phaseTokens: PhaseTokens;
  clock: Clock;
};

/** One engine is one organisation. */
const ORGANISATION = { id: '00000000-0000-4000-8000-000000000001', name: 'secrets' };
const TOKENS = '/v1/service-accounts/:account/tokens/';

export function phaseTokenRoutes(parts: TokenParts): Route[] {
  const { tokens, phaseTokens, clock } = parts;
  return [
    phaseRoute('GET', '/secrets/tokens/', 'me.read', (call) => bootstrap(parts, call)),
    phaseRoute('GET', TOKENS, 'account_tokens.read', async ({ input }) =>
      json(listed((await tokens.list(input(accountParams).account)).map(tokenAnswer))),
    ),
    phaseRoute('POST', TOKENS, 'account_tokens.manage', async ({ caller, input }) => {
      const { account, name, expires_at: at, expires_in: inSec } = input(newToken);
      const expiresAt = at ?? (inSec === undefined ? null : clock.now() + inSec * 1000);
      const made = await phaseTokens.create(caller, account, { name, expiresAt });
      return secret(json(newTokenAnswer({ ...made, type: 'ServiceAccount' }), { status: 201 }));
    }),
    phaseRoute('DELETE', `${TOKENS}:token/`, 'account_tokens.manage', async ({ caller, input }) => {
      const { account, token } = input(tokenParams);
      await tokens.remove(caller, account, token);
      return noContent();
    }),
  ];
}

async function bootstrap({ apps, keys }: TokenParts, { caller }: Call): Promise<Answer> {
  const { tokenId, principalId, isUser } = caller;
  if (caller.role !== 'account') throw new AppError('ERR_ACCESS_DENIED', 'Only a token of an account has keys.');
  const seal = keys.sealerForAccount(principalId);
  const readable = [];
  for (const { environments, ...app } of await apps.readable(caller)) {
    readable.push({ ...app, environments: environments.map((one) => ({ ...one, ...keys.wrapped(one.id, seal) })) });
    // Each environment costs a key pair: others take their turn in between.
    await turn();
  }
  const body = bootstrapAnswer({
    principalId,
    isUser,
    wrappedShare: keys.wrappedShare(tokenId, principalId),
    organisation: ORGANISATION,
    apps: readable,
  });
  return secret(json(body));
}
