// Signing in by OIDC on the Doppler wire, and the answer of GitHub's token service (contracts/doppler.md 1.3, 1.4).
import { Sensitive } from '#core/sensitive.js';
import { object, offContract, text, word } from './decode.ts';
import { type WireRequest, target, withJson } from './wire.ts';

export function exchangeRequest(identity: string, jwt: Sensitive): WireRequest {
  return { ...withJson('POST', target('/auth/oidc', {}), { identity, token: jwt.reveal() }), authorized: false };
}

/** `expiresAt` in epoch milliseconds. */
export function readExchange(body: unknown): { readonly token: Sensitive; readonly expiresAt: number } {
  const fields = object(body, 'the body');
  const expiresAt = Date.parse(text(fields['expires_at'], 'expires_at'));
  if (Number.isNaN(expiresAt)) throw offContract('expires_at', 'a date');
  return { token: new Sensitive(word(fields['token'], 'token')), expiresAt };
}

export function endTokenRequest(token: Sensitive): WireRequest {
  return { ...withJson('POST', target('/auth/revoke', {}), { token: token.reveal() }), authorized: false };
}

/** `{"value": "<JWT>"}` (GitHub docs, "OpenID Connect", ACTIONS_ID_TOKEN_REQUEST_URL). */
export function readGithubToken(body: unknown): Sensitive {
  return new Sensitive(word(object(body, 'the body')['value'], 'value'));
}
