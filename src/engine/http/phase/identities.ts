// Phase's side of OIDC identities, an engine extension: a token for an issuer's, and the end of it (contracts/phase.md 1.6).
import { exchangedAnswer } from '#contract/phase/bootstrap.js';
import { oidcSignIn } from '#contract/phase/exchange.js';
import type { AccountTokens } from '../../people/account-tokens.ts';
import type { Exchanger } from '../../people/exchanger.ts';
import type { PhaseTokens } from '../../phase/tokens.ts';
import { type Answer, json, noContent, secret } from '../answer.ts';
import type { OpenCall, Route } from '../route.ts';
import { openPhaseRoute, phaseRoute } from './wire.ts';

export type IdentityParts = { exchanger: Exchanger; tokens: AccountTokens; phaseTokens: PhaseTokens };

const AUTH = '/identities/external/v1/oidc/auth/';

export function phaseIdentityRoutes(parts: IdentityParts): Route[] {
  return [
    openPhaseRoute('POST', AUTH, (call) => signIn(parts, call)),
    // Who holds an exchanged token may end it; its leases are its account's and live on.
    phaseRoute('DELETE', AUTH, 'me.read', async ({ caller }) => {
      await parts.tokens.endOwn(caller);
      return noContent();
    }),
  ];
}

async function signIn({ exchanger, phaseTokens }: IdentityParts, { input, origin }: OpenCall): Promise<Answer> {
  const exchanged = await exchanger.exchangeForPhase(input(oidcSignIn), origin);
  const token = { type: 'ServiceAccount', ...phaseTokens.whole(exchanged) } as const;
  return secret(json(exchangedAnswer(token, exchanged)));
}
