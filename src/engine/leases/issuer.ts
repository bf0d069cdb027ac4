// Issuing a lease: intent on disk, credential at the target, activation on disk, and only then the values.
import { AppError, asAppError } from '#core/errors.js';
import { isKind, type Kind, KIND_RULES, leasedNames } from '#core/kinds.js';
import { isFinal, type LeaseState } from '#core/lease.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Declared, Lifetime } from '../integrations/integration.ts';
import { openIntegration } from '../integrations/sealed.ts';
import type { LeasableRow } from '../storage/operations/dynamic-secrets.ts';
import type { Intent } from '../storage/operations/lease-issue.ts';
import { causeOf } from './access.ts';
import type { ClosedSets } from './closed-sets.ts';
import type { Closer } from './closer.ts';
import type { Ender } from './ender.ts';
import { newLeaseId } from './lease-id.ts';
import type { IssuedLease, IssueRequest, LeaseActor } from './lease-service.ts';
import { integrationOf, type LeaseParts, sealPlan } from './parts.ts';
import type { Strokes } from './strokes.ts';
import { CREATE_DEADLINE_MS, PENDING_MS, withDeadline } from './timing.ts';

type TokenActor = Extract<LeaseActor, { kind: 'token' }>;
type Draft = { intent: Intent; plan: Declared; data: Declared; source: LeasableRow; kind: Kind };
type Room = { parts: LeaseParts; strokes: Strokes; closer: Closer; ender: Ender; closedSets: ClosedSets };

/** contracts/leases.md C3 as amended by design.md §5. Values leave here only when the row is `active` on disk. */
export async function issueLease(room: Room, request: IssueRequest): Promise<IssuedLease> {
  const { closedSets, closer } = room;
  const draft = await draftLease(room, request);
  if (request.setId !== undefined && closedSets.has(request.setId)) throw setClosed();
  // Tracked from before the intent: whoever ends this lease meanwhile waits until its create is over.
  return closer.whileCreating(draft.intent.id, async () => {
    const fence = await intend(room, draft, request.replace ?? false);
    try {
      const fields = await createCredential(room.parts, draft);
      if (request.setId !== undefined && closedSets.has(request.setId)) throw setClosed();
      await activate(room, draft.intent, fence);
      await closer.answers(draft.intent.integrationId);
      room.parts.metrics.issued(draft.kind, 'ok');
      const { id, expiresAt } = draft.intent;
      const { usableAfterMs } = KIND_RULES[draft.kind];
      const usableAfter = usableAfterMs === 0 ? {} : { usableAfter: room.parts.now() + usableAfterMs };
      return { id, expiresAt, ...usableAfter, values: named(draft, fields) };
    } catch (error) {
      const failure = asAppError(error);
      room.parts.metrics.issued(draft.kind, 'failed');
      await rollBack(room, draft.intent, { fence, hadNoEffect: failure.hadNoEffect });
      throw failure;
    }
  });
}

async function draftLease({ parts, strokes }: Room, request: IssueRequest): Promise<Draft> {
  const actor = requireToken(request.actor);
  const source = await strokes.source(request.dynamicSecretId);
  if (!source || !isKind(source.kind)) throw new AppError('ERR_NOT_FOUND', 'There is no such dynamic secret.');
  const ttlSec = checkedTtl(source, source.kind, request.ttlSec);
  const integration = integrationOf(parts, source.integration_type);
  const id = newLeaseId(parts.now());
  const data = openIntegration(
    parts.keyring,
    { id: source.integration_id, revision: source.integration_revision },
    { keyId: source.data_key_id, sealed: source.data_sealed },
  );
  const parameters = JSON.parse(source.parameters) as Declared;
  refuseBeyond(integration.lifetime?.(source.kind, parameters, data), ttlSec);
  const { engineId } = parts;
  const planned = integration.plan({
    leaseId: id,
    engineId,
    kind: source.kind,
    data,
    parameters,
  });
  const sealed = await sealPlan(parts, id, planned.plan);
  const row = { id, externalRef: planned.externalRef, planKeyId: sealed.keyId, planSealed: sealed.sealed };
  const intent: Intent = { ...row, ...requested(request, actor), ...terms(parts, source, source.kind, ttlSec) };
  return { intent, plan: planned.plan, data, source, kind: source.kind };
}

function requested(request: IssueRequest, actor: TokenActor) {
  return {
    owner: actor.principalId,
    tokenId: actor.tokenId,
    setId: request.setId ?? null,
    idempotencyKey: request.idempotencyKey ?? null,
    replace: request.replace ?? false,
    cause: causeOf(actor),
  };
}

function terms(parts: LeaseParts, source: LeasableRow, kind: Kind, ttlSec: number) {
  const createdAt = parts.now();
  return {
    dynamicSecretId: source.id,
    kind,
    integrationId: source.integration_id,
    integrationRevision: source.integration_revision,
    claimedBy: parts.processId,
    createdAt,
    expiresAt: createdAt + ttlSec * 1000,
    hardExpiresAt: createdAt + source.max_ttl_sec * 1000,
    pendingUntil: createdAt + PENDING_MS + KIND_RULES[kind].settleMs,
  };
}

function requireToken(actor: LeaseActor): TokenActor {
  if (actor.kind === 'token') return actor;
  throw new AppError('ERR_ACCESS_DENIED', 'A lease handle cannot issue leases.');
}

function checkedTtl(source: LeasableRow, kind: Kind, asked: number | undefined): number {
  const ttlSec = asked ?? source.default_ttl_sec;
  const min = KIND_RULES[kind].minTtlSec;
  if (!Number.isSafeInteger(ttlSec) || ttlSec < min) {
    throw new AppError('ERR_REQUEST_INVALID', `The ttl must be at least ${min} seconds.`);
  }
  if (ttlSec > source.max_ttl_sec) {
    throw new AppError('ERR_TTL_EXCEEDED', `The ttl may be at most ${source.max_ttl_sec} seconds here.`, {
      hint: 'Ask for less, or raise the maximum of the dynamic secret.',
    });
  }
  return ttlSec;
}

/** The maximum of the dynamic secret may have been set before its integration became what it is. */
function refuseBeyond(lifetime: Lifetime | undefined, ttlSec: number): void {
  if (!lifetime || ttlSec <= lifetime.maxTtlSec) return;
  const { maxTtlSec, because } = lifetime;
  throw new AppError('ERR_TTL_EXCEEDED', `The ttl may be at most ${maxTtlSec} seconds: ${because}.`, {
    hint: 'Ask for less.',
  });
}

async function intend({ strokes, ender }: Room, { intent }: Draft, replace: boolean): Promise<number> {
  const first = await strokes.intend(intent);
  if ('fence' in first) return first.fence;
  if (!replace) throw used(first.duplicate);
  // At most one credential per key: the earlier one must be gone before the new one is made.
  if (!isFinal(first.duplicate.state)) await ender.end({ by: 'lease', id: first.duplicate.id }, intent.cause);
  const second = await strokes.intend(intent);
  if ('fence' in second) return second.fence;
  const { id, last_error } = second.duplicate;
  throw new AppError('ERR_UNAVAILABLE', `The earlier lease ${id} could not be ended yet.`, {
    details: last_error === null ? [] : [last_error],
    hint: 'Try again in a moment.',
  });
}

function used({ id, state }: { id: string; state: LeaseState }): AppError {
  return new AppError('ERR_CONFLICT', 'This Idempotency-Key was used already; its values were shown once.', {
    hint: 'Send replace=true to end that lease and get a new one.',
    details: [`Lease ${id} is ${state}.`],
  });
}

function createCredential(parts: LeaseParts, draft: Draft): Promise<ReadonlyMap<string, Sensitive>> {
  const { plan, data, source, intent } = draft;
  const deadlineAt = intent.createdAt + CREATE_DEADLINE_MS;
  const { expiresAt, hardExpiresAt } = intent;
  const integration = integrationOf(parts, source.integration_type);
  return withDeadline(parts.clock, Math.max(0, deadlineAt - parts.now()), (signal) =>
    integration.create({ plan, data, expiresAt, hardExpiresAt, deadlineAt }, signal),
  );
}

async function activate({ parts, strokes }: Room, { id, cause }: Intent, fence: number): Promise<void> {
  const active = await strokes.activate({ id, fence, at: parts.now(), cause });
  if (active) return;
  throw new AppError('ERR_CONFLICT', 'The lease was ended while it was being issued.', { hint: 'Issue a new one.' });
}

/**
 * Starts the roll-back and does not wait for it; what cannot be started is done by the sweep. Where the target was
 * never reached there is nothing to undo, and the row is closed at once.
 */
async function rollBack({ parts, ender }: Room, { id }: Intent, how: { fence: number; hadNoEffect: boolean }) {
  const cause = { actor: 'engine' };
  try {
    if (how.hadNoEffect && (await parts.store.write.abortIntent({ id, fence: how.fence, at: parts.now(), cause })))
      return;
    await ender.begin({ by: 'lease', id }, cause);
  } catch (error) {
    parts.log(`lease ${id}: ${asAppError(error).line}`);
  }
}

function named({ kind, source }: Draft, fields: ReadonlyMap<string, Sensitive>): ReadonlyMap<string, Sensitive> {
  const names = leasedNames(kind, source.name, JSON.parse(source.key_map) as Record<string, string>);
  const values = new Map<string, Sensitive>();
  for (const [field, name] of names) {
    const value = fields.get(field);
    if (value) values.set(name, value);
  }
  return values;
}

function setClosed(): AppError {
  return new AppError('ERR_CONFLICT', 'The lease set is closed or not yours.', { hint: 'Start a new set.' });
}
