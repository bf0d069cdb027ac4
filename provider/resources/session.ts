// What one configured provider block holds: its clients, its lease handle, its view of the secrets, and whether it may write.
import type { SecretsClient } from '#client/client.js';
import type { ConfigPlace, ManagementClient } from '#client/management.js';
import { AppError } from '#core/errors.js';
import { type LeaseHandle, newLeaseHandle } from '#core/lease-handle.js';
import type { Visibility } from '#core/visibility.js';
import { wordsFor } from '../framework/definitions.ts';
import type { LeaseSet } from '../framework/leases.ts';
import { toldHere } from './wording.ts';

export type SessionParts = {
  management: ManagementClient;
  /** A fresh client for one use: its time starts when it is made. */
  secrets: () => SecretsClient;
  readOnly: boolean;
};

type Names = ReadonlyMap<string, Visibility>;

export class Session {
  readonly #parts: SessionParts;
  readonly #names = new Map<string, Promise<Names>>();
  readonly handle: LeaseHandle = newLeaseHandle();
  /** One call ends all that was lent under the handle; it needs no token. */
  readonly leaseSet: LeaseSet = {
    revoke: () => toldHere(async () => void (await this.#parts.secrets().revokeSet(this.handle.revokeKey))),
  };

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Asks something of the engine that changes nothing. */
  read<T>(work: (engine: ManagementClient) => Promise<T>): Promise<T> {
    return toldHere(() => work(this.#parts.management));
  }

  /** @throws AppError ERR_ACCESS_DENIED, before anything is sent, where the provider block says read_only */
  async write<T>(work: (engine: ManagementClient) => Promise<T>): Promise<T> {
    this.mayWrite('change');
    return toldHere(() => work(this.#parts.management));
  }

  /** @throws as `write` */
  async values<T>(work: (client: SecretsClient) => Promise<T>): Promise<T> {
    this.mayWrite('open');
    return toldHere(() => work(this.#parts.secrets()));
  }

  /** Closing is allowed whatever the block says. */
  giveBack(work: (parts: { engine: ManagementClient; client: SecretsClient }) => Promise<unknown>): Promise<void> {
    const { management, secrets } = this.#parts;
    return toldHere(async () => void (await work({ engine: management, client: secrets() })));
  }

  /** Names and visibilities of a config: one request for all reads of a run, asked again after a write. */
  secretNames(place: ConfigPlace, signal?: AbortSignal): Promise<Names> {
    const key = `${place.project}/${place.config}`;
    const asked = this.#names.get(key) ?? this.read((engine) => engine.secretNames(place, signal));
    this.#names.set(key, asked);
    asked.catch(() => this.#names.delete(key));
    return asked;
  }

  /** A write that may have changed what a config holds. */
  async writeSecrets<T>(place: ConfigPlace, work: (engine: ManagementClient) => Promise<T>): Promise<T> {
    try {
      return await this.write(work);
    } finally {
      this.#names.delete(`${place.project}/${place.config}`);
    }
  }

  mayWrite(verb: 'change' | 'open'): void {
    if (!this.#parts.readOnly) return;
    throw new AppError('ERR_ACCESS_DENIED', `The provider is read_only and may not ${verb} anything.`, {
      hint: 'Take read_only out of the provider block, or plan only.',
    });
  }
}

export const { resource, dataSource, ephemeral, provider } = wordsFor<Session>();
