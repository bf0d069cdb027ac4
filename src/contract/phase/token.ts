// What a Phase token looks like: the whole `pss_` string, or the REST form `ServiceAccount <hex>`; and what is sent of it.
import { Sensitive } from '#core/sensitive.js';

/** `Service` is the legacy token of one app; it owns nothing, so it cannot lease (contracts/phase.md 3.1). */
export type TokenType = 'User' | 'ServiceAccount' | 'Service';

/** Only `bearer` goes over the wire of the REST API; the keys are for clients that decrypt by themselves. */
export type PhaseToken = {
  readonly type: TokenType;
  readonly bearer: Sensitive;
  readonly keys?: { readonly publicKey: string; readonly share: Sensitive; readonly wrapKey: Sensitive };
};

/** contracts/phase.md 1.3. */
const WHOLE = /^pss_(user|service):v(\d{1,9}):([a-fA-F0-9]{64}):([a-fA-F0-9]{64}):([a-fA-F0-9]{64}):([a-fA-F0-9]{64})$/;
/** What the console calls the REST API token, with or without the scheme; several blanks are forgiven (9). */
const REST = /^(?:bearer {1,8})?(User|ServiceAccount|Service) {1,8}([a-fA-F0-9]{64})$/i;
const TYPES: readonly TokenType[] = ['User', 'ServiceAccount', 'Service'];

/** The parts of a token, or undefined when it is none of Phase's. */
export function readToken(text: string): PhaseToken | undefined {
  const whole = WHOLE.exec(text);
  if (whole) {
    const [, who, version, bearer = '', publicKey = '', share = '', wrapKey = ''] = whole;
    const service = version === '2' ? 'ServiceAccount' : 'Service';
    return {
      type: who === 'user' ? 'User' : service,
      bearer: new Sensitive(bearer),
      keys: { publicKey, share: new Sensitive(share), wrapKey: new Sensitive(wrapKey) },
    };
  }
  const [, word = '', bearer = ''] = REST.exec(text) ?? [];
  const type = TYPES.find((one) => one.toLowerCase() === word.toLowerCase());
  return type && { type, bearer: new Sensitive(bearer) };
}

/** The token as one string again, of the kind that Phase's own clients take. */
export function writeToken(token: PhaseToken & { readonly keys: NonNullable<PhaseToken['keys']> }): Sensitive {
  const { type, bearer, keys } = token;
  const head = { User: 'pss_user:v1', ServiceAccount: 'pss_service:v2', Service: 'pss_service:v1' }[type];
  const parts = [bearer.reveal(), keys.publicKey, keys.share.reveal(), keys.wrapKey.reveal()];
  return new Sensitive([head, ...parts].join(':'));
}

/** A shown token as it is known by: `ServiceAccount <hex>`, whichever way it was written; another text as it is. */
export function plainToken(shown: Sensitive): Sensitive {
  const token = readToken(shown.reveal());
  return token ? new Sensitive(`${token.type} ${token.bearer.reveal()}`) : shown;
}

/** The Authorization header (contracts/phase.md 1.1): the type is case-sensitive, and one blank stands between. */
export function authorization({ type, bearer }: PhaseToken): Sensitive {
  return new Sensitive(`Bearer ${type} ${bearer.reveal()}`);
}

const KINDS: Readonly<Record<TokenType, string>> = {
  User: 'Phase personal token',
  ServiceAccount: 'Phase service account token',
  Service: 'Phase service token',
};

/** What a token is called in a sentence. */
export function tokenKind(type: TokenType): string {
  return KINDS[type];
}

/** `text` without any part of a token: the far side's words may quote one. */
export function withoutTokens(text: string): string {
  return text.replace(/\bpss_[a-z]+:v\d+(?::[A-Za-z0-9]*)*/g, '[token]').replace(/\b[a-fA-F0-9]{64}\b/g, '[token]');
}
