// SecretsClient over Phase's REST v1: Phase's cloud, a self-hosted Phase and our engine.
import { ENGINE_HEADER, readEngineHeader } from '#contract/doppler/wire.js';
import * as dynamic from '#contract/phase/dynamic.js';
import * as leases from '#contract/phase/leases.js';
import * as secrets from '#contract/phase/secrets.js';
import { tokenKind } from '#contract/phase/token.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Secret } from '#core/secret.js';
import type { Sensitive } from '#core/sensitive.js';
import { stillRevoking } from './answer.ts';
import type {
  Actor,
  DoubtfulLease,
  IssuedLease,
  LeaseAsk,
  LeaseToRevoke,
  Scope,
  SecretsClient,
  SecretsRead,
  SetOutcome,
} from './client.ts';
import { DopplerClient } from './doppler.ts';
import { engineBase, named, placeOf } from './phase-address.ts';
import { PhaseDynamic } from './phase-dynamic.ts';
import { PhaseHttp, type PhaseOptions } from './phase-http.ts';
import { withDetail } from './problem.ts';

export class PhaseClient implements SecretsClient {
  readonly tokenKind: string;
  readonly #http: PhaseHttp;
  readonly #options: PhaseOptions;
  readonly #dynamic: PhaseDynamic;
  readonly #issued = new Set<string>();

  constructor(options: PhaseOptions) {
    this.#options = options;
    this.#http = new PhaseHttp(options);
    this.#dynamic = new PhaseDynamic(this.#http);
    this.tokenKind = this.#http.tokenKind;
  }

  async fetchSecrets(scope: Scope, names: readonly string[]): Promise<SecretsRead> {
    const place = placeOf(scope);
    const request = secrets.listSecretsRequest(place, names.length === 1 ? names[0] : undefined);
    const answer = this.#http.expect(await this.#http.try(request), `read the secrets of ${named(place)}`);
    const engine = readEngineHeader(answer.headers[ENGINE_HEADER]);
    return { secrets: secrets.readSecretList(this.#http.json(answer)), engine };
  }

  async fetchSecret(scope: Scope, name: string): Promise<Secret> {
    const read = await this.fetchSecrets(scope, [name]);
    const found = read.secrets.find((secret) => secret.name === name);
    const none = {
      raw: null,
      computed: null,
      rawVisibility: 'masked',
      computedVisibility: 'masked',
      note: '',
    } as const;
    return found ?? { name, ...none };
  }

  async downloadSecrets(scope: Scope): Promise<ReadonlyMap<string, Sensitive>> {
    const read = await this.fetchSecrets(scope, []);
    return new Map(read.secrets.flatMap(({ name, computed }) => (computed ? [[name, computed]] : [])));
  }

  /** The names of what can be leased at a path. */
  async listDynamicSecrets(scope: Scope): Promise<readonly string[]> {
    return (await this.#dynamic.list(placeOf(scope))).map(({ name }) => name);
  }

  /** The minting rules of design.md §4: one secret per request, and no second try that could make a second lease. */
  async issueLease(ask: LeaseAsk): Promise<IssuedLease> {
    const place = placeOf(ask.scope);
    if (this.tokenKind === tokenKind('Service')) {
      throw new AppError('ERR_CONFIG_INVALID', 'A service token of one app (pss_service:v1) cannot lease.', {
        hint: 'Use the token of a service account (pss_service:v2).',
      });
    }
    const secretId = await this.#dynamic.idOf(place, ask.dynamic);
    const { ttlSec, setId, round, signal } = ask;
    const startedAt = this.#options.clock.now();
    const build = (replace: boolean) => {
      const idempotencyKey = [setId, secretId, round].filter((part) => part !== undefined).join('.');
      const terms = setId === undefined ? undefined : { setId, idempotencyKey, replace };
      return dynamic.issueLeaseRequest(place, { secretId, ttlSec }, terms);
    };
    const minted = await this.#http.mint({ build, repeatable: setId !== undefined, signal });
    let { inDoubt } = minted;
    try {
      const answer = this.#http.expect(minted.outcome, `lease ${ask.dynamic} of ${named(place)}`);
      inDoubt = true;
      const lease = this.#take(dynamic.readIssuedLeases(this.#http.json(answer)), secretId, ask);
      inDoubt = false;
      return { ...lease, fields: lease.fields() };
    } catch (error) {
      if (!inDoubt || setId !== undefined) throw error;
      const until = iso(this.#options.clock.now() + ttlSec * 1000);
      const candidates = await this.#dynamic.candidates(place, secretId, { startedAt, known: this.#issued });
      throw withDetail(asAppError(error), `A lease of ${ask.dynamic} may live until ${until}: ${candidates}`);
    }
  }

  /** Renews on Phase's terms, where `ttlSec` is added to the old expiry; the new one is looked up, not believed. */
  async renewLease(lease: LeaseToRevoke, ttlSec: number): Promise<{ readonly expiresAt: number }> {
    const place = placeOf(lease);
    const doing = `renew lease ${lease.id} of ${lease.dynamic}`;
    // No second try after a doubt: it would add the time twice.
    const minted = await this.#http.mint({
      build: () => leases.renewLeaseRequest({ ...place, id: lease.id }, ttlSec),
      repeatable: false,
    });
    const told = leases.readRenewal(this.#http.json(this.#http.expect(minted.outcome, doing)));
    const secretId = await this.#dynamic.idOf(place, lease.dynamic);
    const listed = (await this.#dynamic.leases(place, secretId)).find(({ id }) => id === lease.id);
    const expiresAt = listed?.expiresAt ?? told.expiresAt;
    if (expiresAt === undefined) throw new AppError('ERR_CONTRACT', `Nobody says until when ${lease.id} lives now.`);
    return { expiresAt };
  }

  /** The leases of a dynamic secret, the ended ones too. */
  async listLeases(scope: Scope, name: string): Promise<leases.LeaseLine[]> {
    const place = placeOf(scope);
    return this.#dynamic.leases(place, await this.#dynamic.idOf(place, name));
  }

  /** Success means gone, also when it was already. A 404 may only mean that the lease is of another environment. */
  async revokeLease(lease: LeaseToRevoke): Promise<undefined> {
    const request = leases.revokeLeaseRequest({ ...placeOf(lease), id: lease.id });
    const outcome = await this.#http.try(request);
    if ('answer' in outcome && outcome.answer.status === 410) return undefined;
    const answer = this.#http.expect(outcome, `revoke lease ${lease.id} of ${lease.dynamic}`);
    // The clouds only know done and failed.
    if (answer.status === 202) throw stillRevoking(lease);
    return undefined;
  }

  async revokeSet(handle: Sensitive): Promise<SetOutcome> {
    const baseUrl = engineBase(this.#options.baseUrl);
    return new DopplerClient({ ...this.#options, baseUrl, token: undefined }).revokeSet(handle);
  }

  async nameCandidates({ dynamic, since, ...scope }: DoubtfulLease, known: ReadonlySet<string>): Promise<string> {
    const place = placeOf(scope);
    const secretId = await this.#dynamic.idOf(place, dynamic).catch(() => undefined);
    if (secretId === undefined) return '';
    return `${dynamic}: ${await this.#dynamic.candidates(place, secretId, { startedAt: since, known })}`;
  }

  /** Phase has no word for this; what the token says of itself is all there is without its keys. */
  async me(): Promise<Actor> {
    return { type: this.tokenKind, name: '', slug: '' };
  }

  /** Every id is told before any value is read; then the lease that was asked for. */
  #take(found: readonly dynamic.IssuedLease[], secretId: string, ask: LeaseAsk) {
    const latest = this.#options.clock.now() + ask.ttlSec * 1000;
    const heads = found.map((lease) => ({ ...lease, expiresAt: lease.expiresAt ?? latest }));
    for (const { id, expiresAt } of heads) {
      this.#issued.add(id);
      ask.onIssued({ id, expiresAt });
    }
    const lease = heads.find((one) => one.secretId === secretId);
    if (!lease) throw new AppError('ERR_CONTRACT', `The answer holds no lease of ${ask.dynamic}.`);
    return { id: lease.id, expiresAt: lease.expiresAt, fields: lease.fields };
  }
}
