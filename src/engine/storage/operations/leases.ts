// Store operations that look leases up and move their expiry.
import type { LeaseState } from '#core/lease.js';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { type Cause, leaseAudit, recordMove, unclaimed, WORK, type WorkRow } from './lease-rows.ts';

/** A lease as it is listed. `last_error` is printable. */
export type LeaseRow = {
  id: string;
  kind: string;
  dynamic_secret_id: string;
  dynamic_secret: string;
  project: string;
  config: string;
  owner: string;
  token_id: string | null;
  set_id: string | null;
  state: LeaseState;
  external_ref: string;
  created_at: number;
  expires_at: number;
  hard_expires_at: number;
  closed_at: number | null;
  last_error: string | null;
  failing_since: number | null;
  next_action_at: number | null;
  owner_kind: string;
  owner_name: string;
  owner_email: string | null;
  /** Null where it has permissions of its own, or is no account. */
  owner_role: string | null;
  owner_since: number | null;
  renewed_at: number | null;
};

export const VIEW = `select l.id, l.kind, l.dynamic_secret_id, d.name as dynamic_secret, p.name as project, c.name as config,
  l.owner, l.token_id, l.set_id, l.state, l.external_ref, l.created_at, l.expires_at, l.hard_expires_at, l.closed_at, l.last_error,
  l.failing_since, l.next_action_at, coalesce(o.kind, 'service_account') as owner_kind, coalesce(o.name, '') as owner_name,
  a.email as owner_email, a.role as owner_role, o.created_at as owner_since,
  (select max(e.at) from lease_events e where e.lease_id = l.id and e.detail = 'renewed') as renewed_at
  from leases l join dynamic_secrets d on d.id = l.dynamic_secret_id join configs c on c.id = d.config_id
  left join principals o on o.id = l.owner left join accounts a on a.principal_id = l.owner
  join projects p on p.id = c.project_id`;
const LIST_LIMIT = 1000;

const getLease: ReadOperation<{ id: string }, LeaseRow | undefined> = function* ({ id }) {
  return yield* one<LeaseRow>(`${VIEW} where l.id = $1`, id);
};

/** Newest first, at most 1,000. */
const listLeases: ReadOperation<{ dynamicSecretId: string }, LeaseRow[]> = function* ({ dynamicSecretId }) {
  return yield* all<LeaseRow>(
    `${VIEW} where l.dynamic_secret_id = $1 order by l.created_at desc, l.id limit ${LIST_LIMIT}`,
    dynamicSecretId,
  );
};

const listSetLeases: ReadOperation<{ setId: string }, LeaseRow[]> = function* ({ setId }) {
  return yield* all<LeaseRow>(`${VIEW} where l.set_id = $1 order by l.created_at, l.id`, setId);
};

const getLeaseWork: ReadOperation<{ id: string }, WorkRow | undefined> = function* ({ id }) {
  return yield* one<WorkRow>(`${WORK} where l.id = $1`, id);
};

/** Epoch milliseconds of the earliest thing to do after a moment; each integration has its own line in the index. */
const nextLeaseDue: ReadOperation<{ after: number }, number | undefined> = function* ({ after }) {
  const row = yield* one<{ due: number | null }>(
    `select min(first_due) as due from (select (select min(l.next_action_at) from leases l
       where l.integration_id = i.id and l.next_action_at > $1) as first_due from integrations i) as lines`,
    after,
  );
  return row?.due ?? undefined;
};

/** Integrations that have a lease to be ended now. */
const integrationsDue: ReadOperation<{ at: number }, string[]> = function* ({ at }) {
  const rows = yield* all<{ id: string }>(
    `select id from integrations i where exists (select 1 from leases where integration_id = i.id
       and next_action_at <= $1 and ${unclaimed('$1')})`,
    at,
  );
  return rows.map(({ id }) => id);
};

export type Renewal = { id: string; from: number; to: number; at: number; cause: Cause };

/** Compare-and-swap of the expiry. False: it was ended or renewed meanwhile. */
const renewLease: WriteOperation<Renewal, boolean> = function* (context, { id, from, to, at, cause }) {
  const row = yield* one(
    `update leases set expires_at = $3, next_action_at = $3, renew_count = renew_count + 1
     where id = $1 and expires_at = $2 and state = 'active' and $3 >= expires_at returning id`,
    id,
    from,
    to,
  );
  if (!row) return false;
  yield* recordMove({ id, at, from: 'active', to: 'active', cause, detail: 'renewed' });
  yield* context.audit(leaseAudit(id, at, cause, { action: 'lease.renew', outcome: 'ok', detail: { expiresAt: to } }));
  return true;
};

const CLOCK = 'leases.clock';

/** The latest instant that was remembered, 0 without one. */
const lastMoment: ReadOperation<Record<string, never>, number> = function* () {
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', CLOCK);
  return row ? Number(Buffer.from(row.value).toString('utf8')) : 0;
};

/** Remembers how late it has been, for a start after the wall clock went backward; the latest word of several engines. */
const saveMoment: WriteOperation<{ at: number }, void> = function* (_, { at }) {
  if (at <= (yield* lastMoment({}))) return;
  yield* run(
    'insert into kv(key, value) values($1,$2) on conflict (key) do update set value = excluded.value',
    CLOCK,
    Buffer.from(String(at)),
  );
};

export const leaseReads = {
  getLease,
  listLeases,
  listSetLeases,
  getLeaseWork,
  nextLeaseDue,
  integrationsDue,
  lastMoment,
};
export const leaseWrites = { renewLease, saveMoment };
