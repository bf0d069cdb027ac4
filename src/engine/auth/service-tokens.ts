// Service tokens of a config: made, listed, ended; ending one ends the leases it holds.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Keyring } from '../keyring/keyring.ts';
import type { Place } from './places.ts';
import type { NewToken } from '../storage/operations/tokens.ts';
import type { Store } from '../storage/store.ts';
import { by, type Caller, event } from './caller.ts';
import { newServiceToken, tokenKind, tokenPreview } from './token-format.ts';
import type { CountLimit } from '../storage/operations/configs.ts';

export type ServiceTokenView = {
  slug: string;
  name: string;
  access: string;
  createdAt: number;
  expiresAt: number | null;
  project: string;
  environment: string;
  config: string;
};

export type NewServiceToken = {
  name: string;
  access: string;
  expiresAt: number | null;
  /** A key that the caller made itself, so that it need not read one back; undefined: one is made here. */
  key?: Sensitive | undefined;
};

/** contracts/doppler.md 2.16. */
const NAME = /^[^\u0000-\u001f\u007f]{2,100}$/u;

type Parts = {
  store: Store;
  keyring: Keyring;
  clock: Clock;
  /** Service tokens of one config. */
  limit: CountLimit;
  onTokenDeleted(tokenId: string, cause: ReturnType<typeof by>): Promise<void>;
};

export class ServiceTokens {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The only time that the key is told. @throws AppError ERR_REQUEST_INVALID */
  async create(caller: Caller, place: Place, wanted: NewServiceToken): Promise<ServiceTokenView & { key: Sensitive }> {
    const { store, clock, limit } = this.#parts;
    const now = clock.now();
    checkNew(wanted, now);
    const key = wanted.key ?? newServiceToken(place.config);
    const token = this.#row(place, wanted, key, now);
    await store.write.createToken({
      token,
      principal: { kind: 'service_token', name: wanted.name, builtin: false },
      limit,
      event: event(caller, now, {
        action: 'tokens.create',
        target: `token:${token.id}`,
        outcome: 'ok',
        detail: { config: place.configId, access: wanted.access },
      }),
    });
    return { ...view(token, place), key };
  }

  async list(place: Place): Promise<ServiceTokenView[]> {
    const rows = await this.#parts.store.read.listConfigTokens({ configId: place.configId });
    return rows.map((row) => view(row, place));
  }

  /**
   * Ends the token named by its slug or by itself, then its leases. Repeating it after a failure finishes the work.
   * @throws AppError ERR_NOT_FOUND
   */
  async remove(caller: Caller, place: Place, which: { slug?: string | undefined; token?: Sensitive | undefined }) {
    const { store, clock, onTokenDeleted } = this.#parts;
    const id = which.slug ?? (await this.#idOf(which.token));
    if (id === undefined) throw new AppError('ERR_NOT_FOUND', 'Could not find requested service token');
    const at = clock.now();
    await store.write.revokeConfigToken({
      configId: place.configId,
      id,
      at,
      event: event(caller, at, { action: 'tokens.revoke', target: `token:${id}`, outcome: 'ok' }),
    });
    await onTokenDeleted(id, by(caller));
  }

  async #idOf(token: Sensitive | undefined): Promise<string | undefined> {
    if (!token) return undefined;
    const { store, keyring } = this.#parts;
    return (await store.read.findToken({ hash: keyring.hashToken(token.reveal()) }))?.id;
  }

  /** A service token is its own account: its leases are its own (design.md §5, Owner), so both share one id. */
  #row(place: Place, { name, access, expiresAt }: NewServiceToken, key: Sensitive, now: number): NewToken {
    const id = randomUUID();
    return {
      id,
      kind: 'service_token',
      hash: this.#parts.keyring.hashToken(key.reveal()),
      preview: tokenPreview(key),
      principal_id: id,
      name,
      project_id: place.projectId,
      config_id: place.configId,
      access,
      created_at: now,
      expires_at: expiresAt,
    };
  }
}

function checkNew({ name, access, expiresAt, key }: NewServiceToken, now: number): void {
  const problems: string[] = [];
  if (!NAME.test(name)) problems.push('The name must have 2 to 100 characters.');
  if (access !== 'read' && access !== 'read/write') problems.push("The access must be 'read' or 'read/write'.");
  if (expiresAt !== null && expiresAt <= now) problems.push('The expiry lies in the past.');
  if (key && tokenKind(key.reveal()) !== 'service_token') {
    problems.push('The key must be dp.st. and 40 to 44 letters and digits, with the config between them if you like.');
  }
  const [first, ...details] = problems;
  if (first) throw new AppError('ERR_REQUEST_INVALID', first, { details });
}

function view(row: NewToken, { project, environment, config }: Place): ServiceTokenView {
  const { id, name, access } = row;
  return { slug: id, name, access, createdAt: row.created_at, expiresAt: row.expires_at, project, environment, config };
}
