// A client whose code is loaded when it is first asked: a job that speaks one dialect does not pay for the other.
import type { SecretsClient } from './client.ts';

export class LazyClient implements SecretsClient {
  readonly #load: () => Promise<SecretsClient>;
  #loading: Promise<SecretsClient> | undefined;
  /** Until the code is there, in general words. */
  tokenKind: string;

  constructor(tokenKind: string, load: () => Promise<SecretsClient>) {
    this.tokenKind = tokenKind;
    this.#load = load;
  }

  fetchSecrets: SecretsClient['fetchSecrets'] = async (...given) => (await this.#client()).fetchSecrets(...given);
  fetchSecret: SecretsClient['fetchSecret'] = async (...given) => (await this.#client()).fetchSecret(...given);
  downloadSecrets: SecretsClient['downloadSecrets'] = async (...given) =>
    (await this.#client()).downloadSecrets(...given);
  listDynamicSecrets: SecretsClient['listDynamicSecrets'] = async (...given) =>
    (await this.#client()).listDynamicSecrets(...given);
  issueLease: SecretsClient['issueLease'] = async (...given) => (await this.#client()).issueLease(...given);
  revokeLease: SecretsClient['revokeLease'] = async (...given) => (await this.#client()).revokeLease(...given);
  revokeSet: SecretsClient['revokeSet'] = async (...given) => (await this.#client()).revokeSet(...given);
  nameCandidates: NonNullable<SecretsClient['nameCandidates']> = async (...given) =>
    (await (await this.#client()).nameCandidates?.(...given)) ?? '';
  me: SecretsClient['me'] = async () => (await this.#client()).me();

  async #client(): Promise<SecretsClient> {
    this.#loading ??= this.#load();
    const client = await this.#loading;
    this.tokenKind = client.tokenKind;
    return client;
  }
}
