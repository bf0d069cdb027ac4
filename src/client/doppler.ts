// SecretsClient over the Doppler API v3: Doppler's cloud and our engine.
import { meRequest, readMe } from '#contract/doppler/actor.js';
import * as secrets from '#contract/doppler/secrets.js';
import { ENGINE_HEADER, readEngineHeader } from '#contract/doppler/wire.js';
import type { Secret } from '#core/secret.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Actor, IssuedLease, LeaseAsk, LeaseToRevoke } from './client.ts';
import type { Scope, SecretsClient, SecretsRead, SetOutcome } from './client.ts';
import { DopplerCalls, type DopplerOptions, named } from './doppler-calls.ts';
import type { DopplerLeases } from './doppler-leases.ts';

export type { DopplerOptions } from './doppler-calls.ts';

/** What static reads do not need is loaded when it is first asked for: a job that leases nothing does not pay for it. */
export class DopplerClient implements SecretsClient {
  readonly #calls: DopplerCalls;
  #leases: Promise<DopplerLeases> | undefined;

  constructor(options: DopplerOptions) {
    this.#calls = new DopplerCalls(options);
  }

  get tokenKind(): string {
    return this.#calls.tokenKind;
  }

  async fetchSecrets(scope: Scope, names: readonly string[]): Promise<SecretsRead> {
    const doing = `read the secrets of ${named(scope)}`;
    const answer = await this.#calls.ask(secrets.listSecretsRequest(scope, names), doing);
    const engine = readEngineHeader(answer.headers[ENGINE_HEADER]);
    return { secrets: secrets.readSecretList(this.#calls.json(answer)), engine };
  }

  async fetchSecret(scope: Scope, name: string): Promise<Secret> {
    const answer = await this.#calls.ask(secrets.getSecretRequest(scope, name), `read ${name} of ${named(scope)}`);
    return secrets.readSecret(this.#calls.json(answer));
  }

  async downloadSecrets(scope: Scope, format: 'json' | 'env'): Promise<ReadonlyMap<string, Sensitive>> {
    const { downloadRequest, readDownload } = await import('#contract/doppler/download.js');
    const answer = await this.#calls.ask(downloadRequest(scope, format), `download ${named(scope)}`);
    return readDownload(format, answer.text);
  }

  async listDynamicSecrets(scope: Scope): Promise<readonly string[]> {
    return (await this.#lending()).names(scope);
  }

  async issueLease(ask: LeaseAsk): Promise<IssuedLease> {
    return (await this.#lending()).issue(ask);
  }

  async revokeLease(lease: LeaseToRevoke): Promise<number | undefined> {
    return (await this.#lending()).revoke(lease);
  }

  async revokeSet(handle: Sensitive): Promise<SetOutcome> {
    return (await this.#lending()).revokeSet(handle);
  }

  async me(): Promise<Actor> {
    return readMe(this.#calls.json(await this.#calls.ask(meRequest(), 'say whose token this is')));
  }

  #lending(): Promise<DopplerLeases> {
    this.#leases ??= import('./doppler-leases.ts').then(({ DopplerLeases }) => new DopplerLeases(this.#calls));
    return this.#leases;
  }
}
