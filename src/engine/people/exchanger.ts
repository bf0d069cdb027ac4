// The exchange of an issuer's token for one of ours: judged, remembered and issued, with one face for every refusal.
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Origin } from '../auth/caller.ts';
import { judgeToken } from '../auth/oidc/exchange.ts';
import { failureDetail, oidcRefused } from '../auth/oidc/failure.ts';
import { isIdentityId } from '../auth/oidc/identity.ts';
import type { Issuers } from '../auth/oidc/issuers.ts';
import { mintToken } from '../auth/token-mint.ts';
import type { IdentityRow } from '../storage/operations/identities.ts';
import { identityView } from './identities.ts';
import type { Parts } from './parts.ts';

export type Exchanged = { token: Sensitive; expiresAt: number };

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
    const { store, clock } = this.#parts;
    if (!isIdentityId(wanted.identity)) {
      throw new AppError('ERR_REQUEST_INVALID', 'The identity is not the UUID of one.');
    }
    const row = await store.read.findIdentity({ id: wanted.identity.toLowerCase() });
    // Nobody is accused of anything here, and strangers must not fill the log.
    if (!row) throw oidcRefused();
    const identity = identityView(row);
    const judgement = await judgeToken(this.#issuers, identity, wanted.token, clock.now());
    if (!judgement.isAccepted) {
      await this.#refuse(row, origin, failureDetail(judgement.failure));
      throw oidcRefused();
    }
    return this.#issue(row, judgement.seen, origin);
  }

  async #issue(row: IdentityRow, seen: { digest: string; expiresAt: number }, origin: Origin): Promise<Exchanged> {
    const { store, keyring, clock } = this.#parts;
    const now = clock.now();
    const { id: identityId, principal_id: principalId, name } = row;
    const expiresAt = now + Number(row.ttl_sec) * 1000;
    const minted = mintToken(keyring, { kind: 'service_account_identity', principalId, name, now, expiresAt });
    const isIssued = await store.write.exchangeToken({
      seen: { ...seen, ...origin, identityId, principalId, now, singleUse: Number(row.single_use) === 1 },
      token: minted.row,
      event: { ...act(row, now, origin), outcome: 'ok', detail: { token: minted.row.id, principal: principalId } },
    });
    if (!isIssued) throw oidcRefused();
    return { token: minted.key, expiresAt };
  }

  async #refuse(row: IdentityRow, origin: Origin, detail: Readonly<Record<string, string>>): Promise<void> {
    const event = { ...act(row, this.#parts.clock.now(), origin), outcome: 'denied' as const, detail };
    await this.#parts.store.write.recordAudit({ events: [event] });
  }
}

function act({ id, principal_id }: IdentityRow, at: number, origin: Origin) {
  return { at, actor: `principal:${principal_id}`, action: 'identity.exchange', target: `identity:${id}`, ...origin };
}
