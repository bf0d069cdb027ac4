// The lease engine: the service that the routes call, and its life from start to stop.
import { AppError } from '#core/errors.js';
import { isFinal } from '#core/lease.js';
import type { Declared } from '../integrations/integration.ts';
import type { IntegrationRow } from '../storage/operations/integrations.ts';
import type { Cause, Claimant } from '../storage/operations/lease-rows.ts';
import type { Ending } from '../storage/operations/lease-end.ts';
import type { LeaseRow } from '../storage/operations/leases.ts';
import { authorize, cause, causeOf } from './access.ts';
import { ClosedSets } from './closed-sets.ts';
import { Closer } from './closer.ts';
import { Ender } from './ender.ts';
import { issueLease } from './issuer.ts';
import { Lanes } from './lanes.ts';
import type {
  IssuedLease,
  IssueRequest,
  LeaseActor,
  LeaseService,
  LeaseSummary,
  NamedLease,
  Renewal,
  StuckLease,
} from './lease-service.ts';
import { credentialEnd, type LeaseParts } from './parts.ts';
import { type Reconciled, Reconciler } from './reconciler.ts';
import { type Renewed, renewLease } from './renewer.ts';
import { Strokes } from './strokes.ts';
import { Sweeper } from './sweeper.ts';
import { Tidier } from './tidier.ts';
import { REVOKE_WAIT_MS, waitAtMost } from './timing.ts';
import { Whereabouts } from './whereabouts.ts';

export class Leases implements LeaseService {
  readonly #parts: LeaseParts;
  readonly #strokes: Strokes;
  readonly #closer: Closer;
  readonly #ender: Ender;
  readonly #sweeper: Sweeper;
  readonly #tidier: Tidier;
  readonly #closedSets = new ClosedSets();
  readonly #renewals = new Lanes(1);
  #stopping = false;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#strokes = new Strokes(parts);
    this.#closer = new Closer(parts, this.#strokes);
    this.#ender = new Ender(parts, this.#closer);
    this.#sweeper = new Sweeper(parts, this.#closer);
    this.#tidier = new Tidier(parts);
  }

  /**
   * Call it once, holding the store's lock: takes over what earlier processes left half done, starts sweeping, and
   * returns without waiting for any target.
   */
  async start(): Promise<void> {
    await this.#parts.store.write.takeOverLeases({ claimedBy: this.#parts.processId, at: this.#parts.now() });
    this.#sweeper.start();
    this.#tidier.start();
  }

  /**
   * Refuses new leases, stops sweeping, and waits up to 10 s for creates and revokes that are under way; what is left
   * is on disk as an intent and will be taken over.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([this.#sweeper.stop(), this.#tidier.stop()]);
    await waitAtMost(this.#parts.clock, REVOKE_WAIT_MS, this.#closer.idle());
  }

  /** Claims what is due, and waits until everything under way has ended; what a target refuses stays for later. */
  async settle(): Promise<number> {
    let claimed = 0;
    for (let isMore = true; isMore; ) {
      const swept = await this.#sweeper.sweep();
      await this.#closer.idle();
      claimed += swept.claimed;
      isMore = swept.isMore;
    }
    return claimed;
  }

  /** Takes away once what ended leases left at their targets; it happens by itself every hour. */
  async tidy(): Promise<void> {
    await this.#tidier.tidy();
  }

  /** Empties deleted integrations that nothing has to be tidied with any more. */
  async forget(): Promise<void> {
    await this.#tidier.forget();
  }

  /** Compares with the targets once. */
  reconcile(): Promise<Reconciled> {
    return new Reconciler(this.#parts).reconcile();
  }

  async issue(request: IssueRequest): Promise<IssuedLease> {
    if (this.#stopping) throw new AppError('ERR_UNAVAILABLE', 'The engine is stopping.', { hint: 'Try again.' });
    const room = { parts: this.#parts, strokes: this.#strokes, closer: this.#closer, ender: this.#ender };
    return issueLease({ ...room, closedSets: this.#closedSets }, request);
  }

  async renew(request: Renewal): Promise<Renewed> {
    return this.#audited(request, 'lease.renew', () =>
      this.#renewals.run(request.id, () => renewLease(this.#parts, request)),
    );
  }

  async revoke(request: NamedLease): Promise<LeaseSummary> {
    return this.#audited(request, 'lease.revoke', async () => {
      const { id, actor } = request;
      const lease = authorize(await this.#parts.store.read.getLease({ id }), request, 'revoke');
      if (isFinal(lease.state)) throw new AppError('ERR_LEASE_EXPIRED', `The lease is ${lease.state} already.`);
      await this.#ender.end({ by: 'lease', id }, causeOf(actor));
      return this.#summary((await this.#parts.store.read.getLease({ id })) ?? lease);
    });
  }

  async revokeSet(request: { setId: string; requestId?: string; ip?: string }): Promise<readonly LeaseSummary[]> {
    const { setId } = request;
    const known = await this.#ender.endBy(cause('handle', request), (claimant) =>
      this.#parts.store.write.endLeaseSet({ ...claimant, setId }),
    );
    if (!known) this.#closedSets.add(setId);
    return this.#summaries(await this.#parts.store.read.listSetLeases({ setId }));
  }

  async list({ dynamicSecretId }: { dynamicSecretId: string }): Promise<readonly LeaseSummary[]> {
    return this.#summaries(await this.#parts.store.read.listLeases({ dynamicSecretId }));
  }

  /** Targets that count as down. */
  get integrationsDown(): number {
    return this.#closer.down;
  }

  async stuck(): Promise<readonly StuckLease[]> {
    return (await this.#parts.store.read.stuckLeases({})).map(stuckLease);
  }

  async forceClose({ id, cause: by }: { id: string; cause: Cause }): Promise<StuckLease> {
    const { store, now } = this.#parts;
    const isClosed = await store.write.forceCloseLease({ id, at: now(), cause: by });
    const row = await store.read.getLease({ id });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'There is no such lease.');
    if (isClosed) return stuckLease(row);
    throw new AppError('ERR_CONFLICT', `The lease is ${row.state}: only one whose revocation fails is closed by hand.`);
  }

  async find({ id }: { id: string }): Promise<LeaseSummary | undefined> {
    const row = await this.#parts.store.read.getLease({ id });
    return row && (await this.#summaries([row]))[0];
  }

  /** Ends every live lease that a deleted service token minted, or that a deleted principal owns. */
  async revokeOwnedBy(owner: { tokenId: string } | { principalId: string }, by: Cause): Promise<void> {
    const selector =
      'tokenId' in owner
        ? ({ by: 'token', id: owner.tokenId } as const)
        : ({ by: 'principal', id: owner.principalId } as const);
    await this.#ender.end(selector, by);
  }

  /** Whether anything of the integration is at its target still: it is then found with `data`, or that is refused. */
  mustBeFound(integration: Pick<IntegrationRow, 'id' | 'type'>, data: Declared): Promise<boolean> {
    return new Whereabouts(this.#parts, this.#tidier).mustBeFound(integration, data);
  }

  /** For features whose own store operation claims leases (deleting a dynamic secret). Waits up to 10 s. */
  async endClaimed(by: Cause, write: (claimant: Claimant) => Promise<Ending | undefined>): Promise<void> {
    await this.#ender.endBy(by, write);
  }

  #summaries(rows: readonly LeaseRow[]): Promise<LeaseSummary[]> {
    return Promise.all(rows.map((row) => this.#summary(row)));
  }

  async #summary(row: LeaseRow): Promise<LeaseSummary> {
    const until = await credentialEnd(this.#parts, row);
    return until === undefined ? summary(row) : { ...summary(row), credentialValidUntil: until };
  }

  /** Refusals are written down too: somebody tried to touch a lease of others. */
  async #audited<Result>(
    { id, actor }: { id: string; actor: LeaseActor },
    action: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_ACCESS_DENIED') {
        const event = { ...causeOf(actor), at: this.#parts.now(), action, target: `lease:${id}` };
        await this.#parts.store.write.recordAudit({ events: [{ ...event, outcome: 'denied' }] });
      }
      throw error;
    }
  }
}

function summary(row: LeaseRow): LeaseSummary {
  return {
    id: row.id,
    dynamicSecretId: row.dynamic_secret_id,
    dynamicSecret: row.dynamic_secret,
    project: row.project,
    config: row.config,
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    closedAt: row.closed_at,
    renewedAt: row.renewed_at,
    holder: {
      ...{ id: row.owner, name: row.owner_name, isUser: row.owner_kind === 'user' },
      ...{ email: row.owner_email, role: row.owner_role, createdAt: row.owner_since },
    },
  };
}

function stuckLease(row: LeaseRow): StuckLease {
  return {
    ...summary(row),
    externalRef: row.external_ref,
    error: row.last_error ?? '',
    failingSince: row.failing_since,
    nextTryAt: row.next_action_at,
  };
}
