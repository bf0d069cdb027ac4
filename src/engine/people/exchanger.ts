// The exchange of an issuer's token for one of ours: judged, remembered and issued, with one face for every refusal.
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Origin } from '../auth/caller.ts';
import { isOfIssuer } from '../auth/oidc/discovery-url.ts';
import { judgeToken } from '../auth/oidc/exchange.ts';
import { failureDetail, oidcRefused, type OidcFailure } from '../auth/oidc/failure.ts';
import { isIdentityId } from '../auth/oidc/identity.ts';
import type { Issuers } from '../auth/oidc/issuers.ts';
import { claimedIssuer } from '../auth/oidc/token.ts';
import type { TokenForm } from '../auth/token-format.ts';
import { mintToken } from '../auth/token-mint.ts';
import type { AuditEvent } from '../storage/audit-event.ts';
import type { IdentityRow } from '../storage/operations/identities.ts';
import { identityView } from './identities.ts';
import type { Parts } from './parts.ts';

export type Exchanged = { token: Sensitive; expiresAt: number };
/** The same for a client that wants to know whose token it is, and how long it could have been. */
export type ExchangedForm = Exchanged & { tokenId: string; principalId: string; ttlSec: number; maxTtlSec: number };

type Wish = { token: string; ttlSec?: number | undefined; form: TokenForm };
type Seen = { digest: string; expiresAt: number };

/** Of one account and one issuer; more would let strangers make us work. */
const MAX_IDENTITIES = 20;

export class Exchanger {
  readonly #parts: Parts;
  readonly #issuers: Issuers;

  constructor(parts: Parts, issuers: Issuers) {
    this.#parts = parts;
    this.#issuers = issuers;
  }

  /**
   * A short-lived token of the identity's service account, whose leases outlive it (design.md §5, Owner).
   * @throws AppError ERR_REQUEST_INVALID for an identity that is no UUID, ERR_UNAUTHENTICATED with one message for
   * every other refusal, ERR_UNAVAILABLE when the issuer's keys cannot be had
   */
  async exchange(wanted: { identity: string; token: string }, origin: Origin): Promise<Exchanged> {
    const { identity: id, token } = wanted;
    const rows = await this.#identities(id, () => []);
    return this.#exchange(rows, { token, form: 'doppler' }, origin);
  }

  /**
   * The same for Phase's clients, in their form, by the id of an identity or of its account. `ttlSec`: at most what the
   * identity gives, and that where nothing is said.
   * @throws AppError as `exchange`, ERR_TTL_EXCEEDED
   */
  async exchangeForPhase(
    wanted: { id: string; token: string; ttlSec?: number | undefined },
    origin: Origin,
  ): Promise<ExchangedForm> {
    const { id, token, ttlSec } = wanted;
    const issuer = claimedIssuer(token);
    const rows = await this.#identities(id, async (principalId) => {
      const all = await this.#parts.store.read.listIdentities({ principalId, limit: MAX_IDENTITIES, offset: 0 });
      return all.filter((row) => issuer !== undefined && isOfIssuer(row.discovery_url, issuer));
    });
    return this.#exchange(rows, { token, ttlSec, form: 'phase' }, origin);
  }

  /** The identity of this id, or else what `ofAccount` finds. */
  async #identities(
    id: string,
    ofAccount: (principalId: string) => Promise<IdentityRow[]> | IdentityRow[],
  ): Promise<IdentityRow[]> {
    if (!isIdentityId(id)) throw new AppError('ERR_REQUEST_INVALID', 'The identity is not the UUID of one.');
    const lower = id.toLowerCase();
    const row = await this.#parts.store.read.findIdentity({ id: lower });
    return row ? [row] : ofAccount(lower);
  }

  /** By the first that takes the token. Where there is none nobody is accused: strangers must not fill the log. */
  async #exchange(rows: readonly IdentityRow[], wish: Wish, origin: Origin): Promise<ExchangedForm> {
    const refusals: AuditEvent[] = [];
    for (const row of rows) {
      const now = this.#parts.clock.now();
      const judgement = await judgeToken(this.#issuers, identityView(row), wish.token, now);
      if (judgement.isAccepted) return this.#issue(row, judgement.seen, wish, origin);
      refusals.push(refusal(row, now, origin, judgement.failure));
    }
    if (refusals.length > 0) await this.#parts.store.write.recordAudit({ events: refusals });
    throw oidcRefused();
  }

  async #issue(row: IdentityRow, seen: Seen, { ttlSec, form }: Wish, origin: Origin): Promise<ExchangedForm> {
    const { store, keyring, clock } = this.#parts;
    const now = clock.now();
    const { id: identityId, principal_id: principalId, name } = row;
    const maxTtlSec = Number(row.ttl_sec);
    const lifeSec = ttlSec ?? maxTtlSec;
    if (lifeSec > maxTtlSec) {
      await store.write.recordAudit({ events: [refusal(row, now, origin, { reason: 'ttl' })] });
      throw new AppError('ERR_TTL_EXCEEDED', `The ttl is over the ${maxTtlSec} seconds of this identity.`);
    }
    const expiresAt = now + lifeSec * 1000;
    const minted = mintToken(keyring, { kind: 'service_account_identity', principalId, name, now, expiresAt, form });
    const tokenId = minted.row.id;
    const isIssued = await store.write.exchangeToken({
      seen: { ...seen, ...origin, identityId, principalId, now, singleUse: Number(row.single_use) === 1 },
      token: minted.row,
      event: { ...act(row, now, origin), outcome: 'ok', detail: { token: tokenId, principal: principalId } },
    });
    if (!isIssued) throw oidcRefused();
    return { token: minted.key, expiresAt, tokenId, principalId, ttlSec: lifeSec, maxTtlSec };
  }
}

function refusal(row: IdentityRow, at: number, origin: Origin, failure: OidcFailure): AuditEvent {
  return { ...act(row, at, origin), outcome: 'denied', detail: failureDetail(failure) };
}

function act({ id, principal_id }: IdentityRow, at: number, origin: Origin) {
  return { at, actor: `principal:${principal_id}`, action: 'identity.exchange', target: `identity:${id}`, ...origin };
}
