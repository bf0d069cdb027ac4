// ManagementClient over the Doppler API v3 with our engine's extensions.
import { readLeaseFields, readLeaseHead, issueLeaseRequest } from '#contract/doppler/leases.js';
import * as lending from '#contract/doppler/management-lending.js';
import * as asked from '#contract/doppler/management.js';
import * as read from '#contract/doppler/management-answers.js';
import { listSecretsRequest, readSecretList } from '#contract/doppler/secrets.js';
import { AppError } from '#core/errors.js';
import { isManagedName } from '#core/names.js';
import type { Sensitive } from '#core/sensitive.js';
import type { IssuedLease } from './client.ts';
import { didNothing } from './http.ts';
import { type CallOptions, ManagementCalls } from './management-calls.ts';
import type * as port from './management.ts';

type Request = Parameters<ManagementCalls['ask']>[0];

/** Projects, environments, configs and secrets by name; a call is repeated only where nothing can happen twice. */
export class DopplerManagement implements port.ManagementClient {
  readonly #calls: ManagementCalls;

  constructor(options: CallOptions) {
    this.#calls = new ManagementCalls(options);
  }

  async project(name: string, signal?: AbortSignal) {
    return read.readProject(await this.#get(asked.getProjectRequest(name), `read project ${name}`, signal));
  }

  async createProject(wanted: { name: string; description: string; usual: boolean }) {
    const request = asked.createProjectRequest(wanted);
    return read.readProject(await this.#calls.ask(request, `create project ${wanted.name}`, 'once'));
  }

  async deleteProject(name: string) {
    await this.#calls.ask(asked.deleteProjectRequest(name), `delete project ${name}`);
  }

  async environments(project: string, signal?: AbortSignal) {
    const request = asked.listEnvironmentsRequest(project);
    return read.readEnvironments(await this.#get(request, `list the environments of ${project}`, signal));
  }

  async environment(place: port.EnvironmentPlace, signal?: AbortSignal) {
    const doing = `read environment ${place.environment} of ${place.project}`;
    return read.readEnvironment(await this.#get(asked.getEnvironmentRequest(place), doing, signal));
  }

  async createEnvironment(wanted: port.Environment) {
    const doing = `create environment ${wanted.slug} of ${wanted.project}`;
    return read.readEnvironment(await this.#calls.ask(asked.createEnvironmentRequest(wanted), doing, 'once'));
  }

  async deleteEnvironment(place: port.EnvironmentPlace) {
    const doing = `delete environment ${place.environment} of ${place.project}`;
    await this.#calls.ask(asked.deleteEnvironmentRequest(place), doing);
  }

  async config(place: port.ConfigPlace, signal?: AbortSignal) {
    return read.readConfig(await this.#get(asked.getConfigRequest(place), `read config ${named(place)}`, signal));
  }

  async createConfig(wanted: { project: string; environment: string; name: string }) {
    const doing = `create config ${wanted.project}/${wanted.name}`;
    return read.readConfig(await this.#calls.ask(asked.createConfigRequest(wanted), doing, 'once'));
  }

  async deleteConfig(place: port.ConfigPlace) {
    await this.#calls.ask(asked.deleteConfigRequest(place), `delete config ${named(place)}`);
  }

  async secretNames(place: port.ConfigPlace, signal?: AbortSignal) {
    const body = await this.#get(listSecretsRequest(place), `list the secrets of ${named(place)}`, signal);
    const own = readSecretList(body).filter(({ name }) => !isManagedName(name));
    return new Map(own.map(({ name, rawVisibility }) => [name, rawVisibility]));
  }

  async changeSecrets(place: port.ConfigPlace, changes: readonly port.SecretChange[]) {
    const names = changes.map(({ name }) => name).join(', ');
    // A rename that was done already is refused the second time.
    const manner = changes.some(({ name, from }) => from !== undefined && from !== name) ? 'once' : 'again';
    const request = asked.changeSecretsRequest(place, changes);
    await this.#calls.ask(request, `write ${names} of ${named(place)}`, manner);
  }

  async deleteSecret(place: port.ConfigPlace, name: string) {
    await this.#calls.ask(asked.deleteSecretRequest(place, name), `delete ${name} of ${named(place)}`);
  }

  async compareSecrets(place: port.ConfigPlace, values: ReadonlyMap<string, Sensitive>) {
    const names = [...values.keys()];
    const doing = `compare ${names.join(', ')} of ${named(place)}`;
    try {
      return read.readComparison(await this.#calls.ask(asked.compareSecretsRequest(place, values), doing), names);
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_NOT_FOUND') return undefined;
      throw error;
    }
  }

  async createToken(
    place: port.ConfigPlace,
    wanted: { name: string; access: port.TokenAccess; expiresAt: number },
  ): Promise<port.NewToken> {
    try {
      const request = lending.createTokenRequest(place, wanted);
      return read.readNewToken(await this.#calls.ask(request, `create a token of ${named(place)}`, 'once'));
    } catch (error) {
      await this.#deleteTokenNamed(place, wanted.name).catch(() => undefined);
      throw error;
    }
  }

  async #deleteTokenNamed(place: port.ConfigPlace, name: string): Promise<void> {
    const body = await this.#calls.ask(lending.listTokensRequest(place), `list the tokens of ${named(place)}`);
    const lost = read.readTokens(body).filter((token) => token.name === name);
    await Promise.all(lost.map(({ slug }) => this.deleteToken(place, slug)));
  }

  async deleteToken(place: port.ConfigPlace, slug: string) {
    await this.#calls.ask(lending.deleteTokenRequest(place, slug), `delete token ${slug} of ${named(place)}`);
  }

  async integration(which: string, signal?: AbortSignal) {
    const request = lending.getIntegrationRequest(which);
    return read.readIntegration(await this.#get(request, `read integration ${which}`, signal));
  }

  async createPostgres(wanted: port.PostgresIntegration) {
    return this.#createIntegration(wanted.name, lending.createPostgresRequest(wanted));
  }

  async createAws(wanted: port.AwsIntegration) {
    return this.#createIntegration(wanted.name, lending.createAwsRequest(wanted));
  }

  async #createIntegration(name: string, request: Request) {
    return read.readIntegration(await this.#calls.ask(request, `create integration ${name}`, 'once'));
  }

  async deleteIntegration(which: string) {
    await this.#calls.ask(lending.deleteIntegrationRequest(which), `delete integration ${which}`);
  }

  async dynamicSecret(place: port.ConfigPlaceOrOwn, name: string, signal?: AbortSignal) {
    const doing = `read dynamic secret ${name} of ${named(place)}`;
    return read.readDynamicSecret(await this.#get(lending.getDynamicSecretRequest(place, name), doing, signal));
  }

  async createDynamicPostgres(wanted: port.PostgresDynamicSecret) {
    return this.#createDynamicSecret(wanted, lending.createDynamicPostgresRequest(wanted));
  }

  async createDynamicAwsSts(wanted: port.AwsStsDynamicSecret) {
    return this.#createDynamicSecret(wanted, lending.createDynamicAwsStsRequest(wanted));
  }

  async createDynamicAwsIamUser(wanted: port.AwsIamUserDynamicSecret) {
    return this.#createDynamicSecret(wanted, lending.createDynamicAwsIamUserRequest(wanted));
  }

  async #createDynamicSecret(wanted: port.ConfigPlace & { name: string }, request: Request) {
    const doing = `create dynamic secret ${wanted.name} of ${named(wanted)}`;
    return read.readDynamicSecret(await this.#calls.ask(request, doing, 'once'));
  }

  async deleteDynamicSecret(place: port.ConfigPlace, name: string) {
    const doing = `delete dynamic secret ${name} of ${named(place)}`;
    await this.#calls.ask(lending.deleteDynamicSecretRequest(place, name), doing);
  }

  /** The minting rules of design.md §4, under a key of the caller's. */
  async issueLease(ask: port.ManagedLeaseAsk, signal?: AbortSignal): Promise<IssuedLease> {
    const { dynamic, ttlSec, setId, key, ...scope } = ask;
    let replace = false;
    const sent = await this.#calls.exchange((_, before) => {
      if (before && !didNothing(before)) replace = true;
      return issueLeaseRequest(scope, { dynamic, ttlSec }, { setId, idempotencyKey: key, replace });
    }, signal);
    const body = this.#calls.expect(sent, `lease ${dynamic} of ${named(scope)}`);
    const { id, expiresAt = this.#calls.clock.now() + ttlSec * 1000 } = readLeaseHead(body);
    return { id, expiresAt, fields: readLeaseFields(body) };
  }

  async renewLease(renewKey: Sensitive, lease: { id: string; ttlSec: number }, signal?: AbortSignal) {
    const request = lending.renewLeaseRequest(renewKey, lease);
    return read.readRenewal(await this.#get(request, `renew lease ${lease.id}`, signal));
  }

  #get(request: Request, doing: string, signal: AbortSignal | undefined) {
    return this.#calls.ask(request, doing, 'again', signal);
  }
}

/** A ConnectManagement over the machine's network, clock and chance, which only a roof has. */
export function connectManagementWith(machine: Pick<CallOptions, 'send' | 'clock' | 'random'>): port.ConnectManagement {
  return (options) => new DopplerManagement({ ...machine, ...options });
}

function named({ project, config }: port.ConfigPlaceOrOwn): string {
  return project === undefined && config === undefined ? "the token's own config" : `${project ?? ''}/${config ?? ''}`;
}
