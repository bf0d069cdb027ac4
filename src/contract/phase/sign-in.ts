// OIDC sign-in in Phase's envelope: an issuer's token for one of a service account (contracts/phase.md 1.6; engine extension).
import { Sensitive } from '#core/sensitive.js';
import { object, optionalText, word } from '../doppler/decode.ts';
import { bare, target, type WireRequest, withJson } from './wire.ts';

const AUTH = target('/identities/external/v1/oidc/auth/', {});

/** Exchanges the token of an OIDC issuer; without a header of authorization, and for as long as the identity says. */
export function exchangeRequest(identity: string, token: Sensitive): WireRequest {
  const body = { account: { type: 'service', id: identity }, oidc: { jwt: token.reveal() }, tokenRequest: {} };
  return { ...withJson('POST', AUTH, body), authorized: false };
}

/** Ends the token that it is sent with. */
export function endTokenRequest(): WireRequest {
  return bare('DELETE', AUTH);
}

/**
 * The tokens of an answer, each to be hidden: what the REST API takes first, then its bare word, then the whole token
 * with its keys where there is one.
 */
export function readExchange(body: unknown): readonly [Sensitive, ...Sensitive[]] {
  const fields = object(object(body, 'the body')['authentication'], 'authentication');
  const bearer = word(fields['bearerToken'], 'authentication.bearerToken');
  const whole = optionalText(fields['token'], 'authentication.token');
  const others = [bearer.split(' ').at(-1) ?? '', whole ?? ''].filter((text) => text !== '' && text !== bearer);
  return [new Sensitive(bearer), ...others.map((text) => new Sensitive(text))];
}
