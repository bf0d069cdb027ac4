// What one configured provider block holds: its clients, its lease handle, its view of the secrets, and whether it may write.
import type { SecretsClient } from '#client/client.js';
import type { ManagementClient } from '#client/management.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { type LeaseHandle, newLeaseHandle } from '#core/lease-handle.js';
import { wordsFor } from '../framework/definitions.ts';
import { type Diagnostic, problem } from '../framework/diagnostics.ts';
import type { LeaseSet } from '../framework/leases.ts';
import { ConfigSecrets } from './config-secrets.ts';
import { toldHere } from './wording.ts';

/** Clients under one token. */
export type Signed = {
  management: ManagementClient;
  /** A fresh client for one use: its time starts when it is made. */
  secrets: () => SecretsClient;
};

export type SessionParts = {
  /** Signs in, where that is due. */
  signed: () => Promise<Signed>;
  /** Under no token: what a lease handle opens. */
  unsigned: () => SecretsClient;
  clock: Clock;
  readOnly: boolean;
};

export class Session {
  readonly #parts: SessionParts;
  readonly handle: LeaseHandle = newLeaseHandle();
  readonly secrets: ConfigSecrets;
  /** One call ends all that was lent under the handle; it needs no token. */
  readonly leaseSet: LeaseSet = {
    revoke: () => toldHere(async () => void (await this.#parts.unsigned().revokeSet(this.handle.revokeKey))),
  };

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { clock } = parts;
    this.secrets = new ConfigSecrets({ read: (work) => this.read(work), write: (work) => this.write(work), clock });
  }

  /** Asks something of the engine that changes nothing. */
  read<T>(work: (engine: ManagementClient) => Promise<T>): Promise<T> {
    return toldHere(async () => work((await this.#parts.signed()).management));
  }

  /** @throws AppError ERR_ACCESS_DENIED, before anything is sent, where the provider block says read_only */
  async write<T>(work: (engine: ManagementClient) => Promise<T>): Promise<T> {
    this.mayWrite('change');
    return toldHere(async () => work((await this.#parts.signed()).management));
  }

  /** @throws as `write` */
  async values<T>(work: (client: SecretsClient) => Promise<T>): Promise<T> {
    this.mayWrite('open');
    return toldHere(async () => work((await this.#parts.signed()).secrets()));
  }

  /** Closing is allowed whatever the block says. */
  giveBack(work: (parts: { engine: ManagementClient; client: SecretsClient }) => Promise<unknown>): Promise<void> {
    return toldHere(async () => {
      const { management, secrets } = await this.#parts.signed();
      await work({ engine: management, client: secrets() });
    });
  }

  mayWrite(verb: 'change' | 'open'): void {
    if (!this.#parts.readOnly) return;
    throw new AppError('ERR_ACCESS_DENIED', `The provider is read_only and may not ${verb} anything.`, {
      hint: 'Take read_only out of the provider block, or plan only.',
    });
  }

  /** At plan: the finding that `what` needs an engine, where there is none. */
  async engineOnly(what: string, signal: AbortSignal): Promise<readonly Diagnostic[]> {
    if (await this.read((engine) => engine.isEngine(signal))) return [];
    return [problem(`${what} needs a secrets-action engine`, NO_ENGINE)];
  }
}

const NO_ENGINE =
  "What answers at host has no such thing in its API, as Doppler's cloud has none. Point host at an engine, or declare this elsewhere.";

export const { resource, dataSource, ephemeral, provider } = wordsFor<Session>();
