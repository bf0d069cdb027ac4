// OIDC sign-in on the Doppler wire: an issuer's token for one of the service, and the end of that (contracts/doppler.md 1.3, 1.4).
import { Sensitive } from '#core/sensitive.js';
import { object, word } from './decode.ts';
import { target, type WireRequest, withJson } from './wire.ts';

/** Exchanges the token of an OIDC issuer; without a header of authorization. */
export function exchangeRequest(identity: string, token: Sensitive): WireRequest {
  return open('/auth/oidc', { identity, token: token.reveal() });
}

/** The token of an exchange. */
export function readExchange(body: unknown): Sensitive {
  return new Sensitive(word(object(body, 'the body')['token'], 'token'));
}

/** Ends a token; who has it may end it. */
export function endTokenRequest(token: Sensitive): WireRequest {
  return open('/auth/revoke', { token: token.reveal() });
}

function open(path: string, body: object): WireRequest {
  return { ...withJson('POST', target(path, {}), body), authorized: false };
}
