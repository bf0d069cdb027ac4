// Login of a command line: it shows a short code, somebody at the engine approves that code, and it picks up a token.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { AppError, oneLine } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { type Doer, done, type Origin } from '../auth/caller.ts';
import { hashOf, mintToken } from '../auth/token-mint.ts';
import type { Parts } from './parts.ts';
import type { Users } from './users.ts';

export type Asked = { code: Sensitive; pollingCode: Sensitive };
export type Picked = { token: Sensitive; name: string } | { refused: true };

const LIFE_MS = 10 * 60_000;
/** Wrong short codes that a waiting login survives. */
const MAX_ATTEMPTS = 10;
/** Logins that may wait at once: anybody may ask for one. */
const MAX_WAITING = 1000;
/** No letters that are read as others; 32 of them make 5 bits each. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const POLLING_BYTES = 32;

export class Logins {
  readonly #parts: Parts;
  readonly #users: Pick<Users, 'get'>;

  constructor(parts: Parts, users: Pick<Users, 'get'>) {
    this.#parts = parts;
    this.#users = users;
  }

  /** @throws AppError ERR_RATE_LIMITED while too many wait */
  async ask(hostname: string): Promise<Asked> {
    const { store, keyring, clock } = this.#parts;
    const code = `${letters(4)}-${letters(4)}`;
    const pollingCode = new Sensitive(randomBytes(POLLING_BYTES).toString('base64url'));
    const now = clock.now();
    const login = {
      id: randomUUID(),
      codeHash: this.#codeHash(code),
      pollingHash: hashOf(keyring, pollingCode),
      name: oneLine(hostname, 80) || 'command line',
      createdAt: now,
      expiresAt: now + LIFE_MS,
    };
    if (!(await store.write.openLogin({ login, max: MAX_WAITING }))) {
      throw new AppError('ERR_RATE_LIMITED', 'Too many logins are waiting.', { retryAfterSec: 60 });
    }
    return { code: new Sensitive(code), pollingCode };
  }

  /**
   * Lets the login that shows this code act as the user, given by slug or email.
   * @returns the name of the machine that asked
   * @throws AppError ERR_NOT_FOUND for an unknown user, or a code that is wrong, old or used
   */
  async approveLogin(code: string, user: string, doer: Doer = 'engine'): Promise<string> {
    const { slug } = await this.#users.get(user);
    return this.#decide(code, slug, doer);
  }

  /** Tells the login that shows this code that it was refused. @throws AppError ERR_NOT_FOUND */
  async refuseLogin(code: string, doer: Doer = 'engine'): Promise<string> {
    return this.#decide(code, null, doer);
  }

  /** @throws AppError ERR_CONFLICT while nobody has decided, ERR_NOT_FOUND */
  async pickUp(pollingCode: Sensitive, origin: Origin): Promise<Picked> {
    const { store, keyring, clock } = this.#parts;
    const now = clock.now();
    const { row, key } = mintToken(keyring, { kind: 'cli', principalId: '', name: '', now, expiresAt: null });
    const event = { ...done('engine', now, 'tokens.create', `token:${row.id}`, { kind: 'cli' }), ...origin };
    const found = await store.write.pickUpLogin({
      pollingHash: hashOf(keyring, pollingCode),
      at: now,
      token: row,
      limit: this.#parts.limits?.cliTokens,
      event,
    });
    if (found.state === 'pending') throw new AppError('ERR_CONFLICT', 'The login has not been approved yet.');
    if (found.state === 'unknown') throw new AppError('ERR_NOT_FOUND', 'There is no such login, or it has expired.');
    return found.state === 'refused' ? { refused: true } : { token: key, name: found.name };
  }

  /** A new token in the place of a command line's; its leases follow it. @throws AppError ERR_UNAUTHENTICATED */
  async roll(token: Sensitive, origin: Origin): Promise<Sensitive> {
    const { store, keyring, clock } = this.#parts;
    const now = clock.now();
    const old = await store.read.findToken({ hash: hashOf(keyring, token) });
    const isAlive = old?.kind === 'cli' && old.revoked_at === null && old.principal_deleted_at === null;
    if (!isAlive) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
    const { principal_id: principalId, name, expires_at: expiresAt } = old;
    if (expiresAt !== null && expiresAt <= now) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
    const { row, key } = mintToken(keyring, { kind: 'cli', principalId, name, now, expiresAt });
    const event = { ...done('engine', now, 'tokens.roll', `token:${row.id}`, { old: old.id }), ...origin };
    await store.write.rollToken({ oldId: old.id, token: row, at: now, event: { ...event, actor: `token:${old.id}` } });
    return key;
  }

  async #decide(code: string, principalId: string | null, doer: Doer): Promise<string> {
    const at = this.#parts.clock.now();
    const action = principalId === null ? 'login.refuse' : 'login.approve';
    const name = await this.#parts.store.write.decideLogin({
      codeHash: this.#codeHash(code),
      principalId,
      at,
      maxAttempts: MAX_ATTEMPTS,
      event: done(doer, at, action, 'login', { principal: principalId }),
    });
    if (name === undefined) {
      throw new AppError('ERR_NOT_FOUND', 'No login waits with this code.', {
        hint: 'Codes live 10 minutes; ask for a new one where you log in.',
      });
    }
    return name;
  }

  /** As people type it: in any case, with or without the dash. */
  #codeHash(code: string): string {
    return this.#parts.keyring.hashToken(`login:${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`);
  }
}

function letters(count: number): string {
  return Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
