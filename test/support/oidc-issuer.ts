// An OIDC issuer for tests: keys, tokens signed by node:crypto alone, and the documents that it would publish.
import { createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import type { Clock } from '#core/clock.js';

export const GITHUB = 'https://token.actions.githubusercontent.com';
export type KeyKind = 'RS256' | 'ES256' | 'EdDSA';
export type SigningKey = {
  readonly kid: string;
  readonly alg: KeyKind;
  readonly secret: KeyObject;
  readonly jwk: JsonWebKey;
};
type Fields = Readonly<Record<string, unknown>>;

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

export function signingKey(kid: string, alg: KeyKind, modulusLength = 2048): SigningKey {
  const pair =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength })
      : alg === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519');
  return {
    kid,
    alg,
    secret: pair.privateKey,
    jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' },
  };
}

/** Time that moves only when the test says so; sleepers wake when it passes their instant. */
export class StillClock implements Clock {
  time = Date.UTC(2026, 6, 1);
  #sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.time;
  }
  monotonic(): number {
    return this.time;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.time + ms, wake });
      signal?.addEventListener('abort', () => wake());
    });
  }
  advance(ms: number): void {
    this.time += ms;
    for (const { at, wake } of this.#sleepers) if (at <= this.time) wake();
  }
}

export class TestIssuer {
  readonly clock = new StillClock();
  readonly issuer: string;
  readonly requests: string[] = [];
  keys: SigningKey[] = [];
  /** Published as they are, in place of the public parts of `keys`. */
  jwks: unknown[] | undefined;
  discovery: Fields;
  /** Answers every request, when set. */
  answer: ((url: string, signal: AbortSignal) => Promise<unknown>) | undefined;

  constructor(issuer: string = GITHUB, ...keys: SigningKey[]) {
    this.issuer = issuer;
    this.keys = keys;
    this.discovery = { issuer, jwks_uri: `${issuer}/.well-known/jwks` };
  }

  readonly fetchJson = async (url: string, signal: AbortSignal): Promise<unknown> => {
    this.requests.push(url);
    if (this.answer) return this.answer(url, signal);
    if (url.endsWith('/.well-known/openid-configuration')) return this.discovery;
    return { keys: this.jwks ?? this.keys.map(({ jwk }) => jwk) };
  };

  /** Claims as GitHub sends them: nbf before iat, and gone after five minutes. */
  claims(more: Fields = {}): Fields {
    const now = Math.floor(this.clock.time / 1000);
    return {
      iss: this.issuer,
      aud: 'https://secrets.example',
      sub: 'repo:octo/hello:ref:refs/heads/main',
      jti: 'e8f1f1c4-0001',
      event_name: 'push',
      repository: 'octo/hello',
      iat: now,
      nbf: now - 300,
      exp: now + 300,
      ...more,
    };
  }

  /** A token over `claims`, by the first key unless another is given. */
  token(more: Fields = {}, key: SigningKey | undefined = this.keys[0], header: Fields = {}): string {
    if (!key) throw new Error('the test issuer has no key');
    const input = `${encode({ alg: key.alg, typ: 'JWT', kid: key.kid, ...header })}.${encode(this.claims(more))}`;
    const hash = key.alg === 'EdDSA' ? null : 'sha256';
    const signature = sign(hash, Buffer.from(input), { key: key.secret, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }

  /** The same, with a MAC under a text of the attacker's choice. */
  forged(header: Fields, secret: string): string {
    const input = `${encode({ typ: 'JWT', ...header })}.${encode(this.claims())}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }
}
