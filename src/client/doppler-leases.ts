// Leases over the Doppler API v3: issued, ended by id, and ended by the handle of their set.
import * as leases from '#contract/doppler/leases.js';
import { listSecretsRequest } from '#contract/doppler/secrets.js';
import { iso } from '#core/clock.js';
import { asAppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { isOk, stillRevoking } from './answer.ts';
import type { IssuedLease, LeaseAsk, LeaseToRevoke, Scope, SetOutcome } from './client.ts';
import { type DopplerCalls, named } from './doppler-calls.ts';
import type { HttpRequest } from './http.ts';
import { sendMinting } from './minting.ts';
import { withDetail } from './problem.ts';

/** A name that every config answers to, so that a read of it costs next to nothing. */
const PROBE = 'DOPPLER_CONFIG';

/** As SecretsClient promises them. */
export class DopplerLeases {
  readonly #calls: DopplerCalls;

  constructor(calls: DopplerCalls) {
    this.#calls = calls;
  }

  async names(scope: Scope): Promise<readonly string[]> {
    const doing = `list the dynamic secrets of ${named(scope)}`;
    const answer = await this.#calls.ask(leases.listDynamicRequest(scope), doing);
    return leases.readDynamicNames(this.#calls.json(answer));
  }

  /** The minting rules of design.md §4. */
  async issue(ask: LeaseAsk): Promise<IssuedLease> {
    const { scope, dynamic, ttlSec, setId, round } = ask;
    const calls = this.#calls;
    const idempotencyKey = [setId, dynamic, round].filter((part) => part !== undefined).join('.');
    const build = (replace: boolean): HttpRequest => {
      const terms = setId === undefined ? undefined : { setId, idempotencyKey, replace };
      return calls.outgoing(leases.issueLeaseRequest(scope, { dynamic, ttlSec }, terms));
    };
    const minted = await sendMinting(calls.http, { build, repeatable: setId !== undefined, signal: ask.signal });
    let { inDoubt } = minted;
    try {
      const answer = await calls.expect(minted.outcome, `lease ${dynamic} of ${named(scope)}`);
      inDoubt = true;
      const body = calls.json(answer);
      const { id, expiresAt = calls.now + ttlSec * 1000 } = leases.readLeaseHead(body);
      inDoubt = false;
      ask.onIssued({ id, expiresAt });
      return { id, expiresAt, fields: leases.readLeaseFields(body) };
    } catch (error) {
      const found = asAppError(error);
      if (!inDoubt || setId !== undefined) throw found;
      const until = iso(calls.now + ttlSec * 1000);
      throw withDetail(
        found,
        `A lease of ${dynamic} may live until ${until}: its id never arrived, so nothing can end it.`,
      );
    }
  }

  /** "Revoked means" of design.md §4: a 404 counts only while a read of that config with the same token works. */
  async revoke(lease: LeaseToRevoke): Promise<number | undefined> {
    const calls = this.#calls;
    const doing = `revoke lease ${lease.id} of ${lease.dynamic}`;
    const outcome = await calls.http.safe(calls.outgoing(leases.revokeLeaseRequest(lease)));
    if ('answer' in outcome && outcome.answer.status === 410) return undefined;
    if ('answer' in outcome && outcome.answer.status === 404 && !lease.byHand) {
      const probe = await calls.http.safe(calls.outgoing(listSecretsRequest(lease, [PROBE])));
      if ('answer' in probe && isOk(probe.answer)) return undefined;
    }
    const answer = await calls.expect(outcome, doing);
    if (answer.status === 202) throw stillRevoking(lease);
    return leases.readValidUntil(answer.text);
  }

  async revokeSet(handle: Sensitive): Promise<SetOutcome> {
    const answer = await this.#calls.ask(leases.revokeSetRequest(handle), 'revoke the leases');
    const set = leases.readRevokedSet(this.#calls.json(answer));
    // An aborted lease never had a credential that anyone was given.
    return { ...set, leases: set.leases.filter((lease) => lease.state !== 'aborted') };
  }
}
