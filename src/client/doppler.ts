// SecretsClient over the Doppler API v3: Doppler's cloud and our engine.
import { meRequest, readMe, tokenKind } from '#contract/doppler/actor.js';
import * as leases from '#contract/doppler/leases.js';
import * as secrets from '#contract/doppler/secrets.js';
import { type AuthForm, ENGINE_HEADER, type WireRequest } from '#contract/doppler/wire.js';
import { authorization, readEngineHeader } from '#contract/doppler/wire.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Secret } from '#core/secret.js';
import type { Sensitive } from '#core/sensitive.js';
import type {
  Actor,
  IssuedLease,
  LeaseAsk,
  LeaseToRevoke,
  Scope,
  SecretsClient,
  SecretsRead,
  SetOutcome,
} from './client.ts';
import { Http, type HttpOptions, type HttpRequest, didNothing, failureError, mayPass } from './http.ts';
import { isOk, readJson, statusError, withDetail } from './problem.ts';
import type { Outcome, SendAnswer } from './send.ts';

/** A name that every config answers to, so that a read of it costs next to nothing. */
const PROBE = 'DOPPLER_CONFIG';

export type DopplerOptions = HttpOptions & { readonly token?: Sensitive | undefined; readonly authForm?: AuthForm };

export class DopplerClient implements SecretsClient {
  readonly tokenKind: string;
  readonly #http: Http;
  readonly #options: DopplerOptions;
  readonly #authorization: Sensitive | undefined;
  readonly #redact: (text: string) => string;

  constructor(options: DopplerOptions) {
    this.#options = options;
    this.#http = new Http(options);
    const token = options.token?.reveal() ?? '';
    this.tokenKind = tokenKind(token);
    this.#authorization = options.token && authorization(options.token, options.authForm ?? 'bearer');
    this.#redact = (text) => {
      const known = token === '' ? text : text.replaceAll(token, '[token]');
      return known.replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
    };
  }

  async fetchSecrets(scope: Scope, names: readonly string[]): Promise<SecretsRead> {
    const doing = `read the secrets of ${named(scope)}`;
    const answer = await this.#ask(secrets.listSecretsRequest(scope, names), doing);
    const engine = readEngineHeader(answer.headers[ENGINE_HEADER]);
    return { secrets: secrets.readSecretList(this.#json(answer)), engine };
  }

  async fetchSecret(scope: Scope, name: string): Promise<Secret> {
    const answer = await this.#ask(secrets.getSecretRequest(scope, name), `read ${name} of ${named(scope)}`);
    return secrets.readSecret(this.#json(answer));
  }

  async downloadSecrets(scope: Scope, format: 'json' | 'env'): Promise<ReadonlyMap<string, Sensitive>> {
    const answer = await this.#ask(secrets.downloadRequest(scope, format), `download ${named(scope)}`);
    return secrets.readDownload(format, answer.text);
  }

  async listDynamicSecrets(scope: Scope): Promise<readonly string[]> {
    const answer = await this.#ask(leases.listDynamicRequest(scope), `list the dynamic secrets of ${named(scope)}`);
    return leases.readDynamicNames(this.#json(answer));
  }

  /** The minting rules of design.md §4. */
  async issueLease(ask: LeaseAsk): Promise<IssuedLease> {
    const { scope, dynamic, ttlSec, setId } = ask;
    const build = (replace: boolean): HttpRequest => {
      const terms = setId === undefined ? undefined : { setId, idempotencyKey: `${setId}.${dynamic}`, replace };
      return this.#outgoing(leases.issueLeaseRequest(scope, { dynamic, ttlSec }, terms));
    };
    let inDoubt = false;
    const next = (outcome: Outcome): HttpRequest | undefined => {
      if (!didNothing(outcome) && mayHaveLeased(outcome)) inDoubt = true;
      if (!mayPass(outcome)) return undefined;
      if (didNothing(outcome)) return build(inDoubt);
      return setId === undefined ? undefined : build(true);
    };
    try {
      const outcome = await this.#http.exchange(build(false), next, ask.signal);
      const answer = this.#expect(outcome, `lease ${dynamic} of ${named(scope)}`);
      inDoubt = true;
      const body = this.#json(answer);
      const { id, expiresAt = this.#options.clock.now() + ttlSec * 1000 } = leases.readLeaseHead(body);
      inDoubt = false;
      ask.onIssued({ id, expiresAt });
      return { id, expiresAt, fields: leases.readLeaseFields(body) };
    } catch (error) {
      const found = asAppError(error);
      if (!inDoubt || setId !== undefined) throw found;
      const until = iso(this.#options.clock.now() + ttlSec * 1000);
      throw withDetail(
        found,
        `A lease of ${dynamic} may live until ${until}: its id never arrived, so nothing can end it.`,
      );
    }
  }

  /** "Revoked means" of design.md §4: a 404 counts only while a read of that config with the same token works. */
  async revokeLease(lease: LeaseToRevoke): Promise<number | undefined> {
    const doing = `revoke lease ${lease.id} of ${lease.dynamic}`;
    const outcome = await this.#http.safe(this.#outgoing(leases.revokeLeaseRequest(lease)));
    if ('answer' in outcome && outcome.answer.status === 410) return undefined;
    if ('answer' in outcome && outcome.answer.status === 404) {
      const probe = await this.#http.safe(this.#outgoing(secrets.listSecretsRequest(lease, [PROBE])));
      if ('answer' in probe && isOk(probe.answer)) return undefined;
    }
    return leases.readValidUntil(this.#expect(outcome, doing).text);
  }

  async revokeSet(handle: Sensitive): Promise<SetOutcome> {
    const answer = await this.#ask(leases.revokeSetRequest(handle), 'revoke the leases');
    const set = leases.readRevokedSet(this.#json(answer));
    // An aborted lease never had a credential that anyone was given.
    return { ...set, leases: set.leases.filter((lease) => lease.state !== 'aborted') };
  }

  async me(): Promise<Actor> {
    return readMe(this.#json(await this.#ask(meRequest(), 'say whose token this is')));
  }

  async #ask(request: WireRequest, doing: string): Promise<SendAnswer> {
    return this.#expect(await this.#http.safe(this.#outgoing(request)), doing);
  }

  #outgoing(request: WireRequest): HttpRequest {
    const { authorized, ...rest } = request;
    if (!authorized) return rest;
    if (!this.#authorization) throw new AppError('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
    return { ...rest, headers: { ...rest.headers, authorization: this.#authorization } };
  }

  #expect(outcome: Outcome, doing: string): SendAnswer {
    if ('failure' in outcome) throw failureError(outcome.failure, this.#http.host);
    if (isOk(outcome.answer)) return outcome.answer;
    const { tokenKind } = this;
    const now = this.#options.clock.now();
    throw statusError(outcome.answer, { host: this.#http.host, doing, tokenKind, now, redact: this.#redact });
  }

  #json(answer: SendAnswer): unknown {
    return readJson(answer, this.#http.host);
  }
}

/** Whether the far side may have issued a lease and we cannot see it. */
function mayHaveLeased(outcome: Outcome): boolean {
  return 'failure' in outcome || outcome.answer.status >= 500;
}

function named(scope: Scope): string {
  if (scope.project === undefined && scope.config === undefined) return "the token's own config";
  return `${scope.project ?? '(own project)'}/${scope.config ?? '(own config)'}`;
}
