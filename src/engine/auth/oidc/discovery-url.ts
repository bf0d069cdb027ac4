// Where an issuer publishes itself: the address of its discovery document, and what it may say about its own name.

const WELL_KNOWN = '/.well-known/openid-configuration';
const MAX_URL = 512;

/** The configured address without the well-known part and without a final slash, or undefined when it is no such address. */
export function discoveryBase(url: string): string | undefined {
  if (url.length > MAX_URL || !URL.canParse(url)) return undefined;
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'https:' || username !== '' || password !== '' || /[?#\s\\]/.test(url)) return undefined;
  const issuer = url.endsWith(WELL_KNOWN) ? url.slice(0, -WELL_KNOWN.length) : url;
  return issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
}

/** Whether tokens of `issuer` are for whoever trusts the issuer at `url`. */
export function isOfIssuer(url: string, issuer: string): boolean {
  const base = discoveryBase(url);
  return base !== undefined && (issuer === base || issuer === `${base}/`);
}

/** OpenID Connect Discovery 1.0 §4. */
export function discoveryAddress(base: string): string {
  return `${base}${WELL_KNOWN}`;
}

/** What a discovery document must say: its issuer (as `iss` must be, to the letter) and where its keys are. */
export type Discovery = { readonly issuer: string; readonly jwksUri: string };

/**
 * Reads a discovery document. Its issuer must be the configured one (§4.3), with or without a final slash, and its keys
 * must lie on the issuer's own origin: a document that points elsewhere would let somebody else sign.
 */
export function readDiscovery(document: unknown, base: string): Discovery | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const { issuer, jwks_uri: jwksUri } = document as { issuer?: unknown; jwks_uri?: unknown };
  if (issuer !== base && issuer !== `${base}/`) return undefined;
  if (typeof jwksUri !== 'string' || jwksUri.length > MAX_URL || !URL.canParse(jwksUri)) return undefined;
  const address = new URL(jwksUri);
  if (address.origin !== new URL(base).origin || address.username !== '' || address.password !== '') return undefined;
  return { issuer, jwksUri: address.href };
}
