// Schema changes that find leases sooner and end them with fewer writes; their numbers are in migrations.ts.

export const LEASE_WORK = `
create index leases_due_at on leases(integration_id, next_action_at) where next_action_at is not null;
create index leases_operator on leases(integration_id) where state = 'needs_operator';
`;

export const LEASES_SPENT = `
create index leases_spent on leases(expires_at, id)
  where kind in ('aws_sts') and state in ('revoked','expired','aborted');
`;

/**
 * A lease that lives on stays where it is in them, whatever becomes of its state, and nothing stands in two of them: what
 * a change of state writes is most of what ending a lease costs.
 */
export const LEASE_PATHS = `
drop index leases_due;
drop index leases_live;
drop index leases_token;
drop index leases_owner;
create index leases_open on leases(dynamic_secret_id) where closed_at is null;
create index leases_open_token on leases(token_id) where closed_at is null;
create index leases_open_owner on leases(owner) where closed_at is null;
create index leases_closed on leases(closed_at) where closed_at is not null;
`;

/**
 * None of them has the state of a lease among its words: PostgreSQL writes a row anew into all indexes of its table where
 * a column that one of them speaks of has changed.
 */
export const LEASE_STATES = `
drop index leases_failing;
drop index leases_operator;
drop index leases_spent;
create index leases_failing_since on leases(integration_id) where failing_since is not null and closed_at is null;
create index leases_ended on leases(expires_at, id) where kind in ('aws_sts') and closed_at is not null;
`;

/**
 * Room beside each row for what it becomes next, so that no index hears of it. And an event is made from the row of its
 * lease by one statement, or in the transaction that makes that row: to look it up once more for each was a tenth of what
 * ending a lease costs the server.
 */
export const LEASE_ROOM = `
alter table leases set (fillfactor = 60);
alter table lease_events drop constraint lease_events_lease_id_fkey;
`;
