// The numbered schema changes, in one subset of SQL that SQLite and PostgreSQL both run; an applied one never changes.
import { LEASE_PATHS, LEASE_ROOM, LEASE_STATES, LEASE_WORK, LEASES_SPENT } from './lease-migrations.ts';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** What only PostgreSQL is told, after that: SQLite has no words for it, or no need. */
  readonly postgres?: string;
};

const FIRST = `
create table kv(key text primary key, value bytea not null);

create table data_keys(
  id text primary key, scope text not null, root_key_id text not null, wrapped bytea not null,
  created_at bigint not null, retired_at bigint);
create unique index data_keys_current on data_keys(scope) where retired_at is null;

create table projects(
  id text primary key, name text not null unique, description text not null default '',
  deletion_protection bigint not null default 0, created_at bigint not null);

create table environments(
  id text primary key, project_id text not null references projects(id) on delete cascade,
  slug text not null, name text not null, personal_configs bigint not null default 0, created_at bigint not null,
  unique (project_id, slug));

create table configs(
  id text primary key, project_id text not null references projects(id) on delete cascade,
  environment_id text not null references environments(id) on delete cascade,
  name text not null, root_config_id text references configs(id) on delete cascade,
  locked bigint not null default 0, deletion_protection bigint not null default 0,
  version bigint not null default 0, created_at bigint not null,
  unique (project_id, name));
create unique index configs_root on configs(environment_id) where root_config_id is null;

create table secrets(
  id text primary key, config_id text not null references configs(id) on delete cascade,
  path text not null default '/', name_digest text not null, name_sealed bytea not null, name_key_id text not null,
  visibility text not null check (visibility in ('unmasked','masked','restricted')),
  value_type text not null default 'string', current_version bigint not null,
  deletion_protection bigint not null default 0, created_at bigint not null, deleted_at bigint);
create unique index secrets_live on secrets(config_id, path, name_digest) where deleted_at is null;

create table secret_versions(
  secret_id text not null references secrets(id) on delete cascade, version bigint not null,
  data_key_id text not null, sealed bytea not null, dialect text not null,
  created_at bigint not null, created_by text not null, primary key (secret_id, version));

create table principals(
  id text primary key, kind text not null check (kind in ('service_account','service_token','user')),
  name text not null, builtin bigint not null default 0, created_at bigint not null, deleted_at bigint);

create table tokens(
  id text primary key, kind text not null, hash text not null unique, preview text not null,
  principal_id text not null references principals(id), name text not null,
  project_id text references projects(id) on delete cascade, config_id text references configs(id) on delete cascade,
  access text not null, created_at bigint not null, expires_at bigint, last_used_at bigint, revoked_at bigint);
create index tokens_config on tokens(config_id) where config_id is not null;

create table integrations(
  id text primary key, type text not null, name text not null, data_key_id text not null,
  data_sealed bytea not null, allowed text not null, ceiling text not null, revision bigint not null default 1,
  created_at bigint not null, deleted_at bigint);
create unique index integrations_live on integrations(name) where deleted_at is null;

create table dynamic_secrets(
  id text primary key, config_id text not null references configs(id), path text not null default '/',
  name text not null, kind text not null, integration_id text not null references integrations(id),
  parameters text not null, key_map text not null, revision bigint not null default 1,
  default_ttl_sec bigint not null, max_ttl_sec bigint not null, max_live_leases bigint not null,
  live bigint not null default 0 check (live >= 0), created_at bigint not null, deleted_at bigint);
create unique index dynamic_secrets_live on dynamic_secrets(config_id, path, name) where deleted_at is null;

create table lease_sets(
  id text primary key, owner text not null, created_at bigint not null, closed_at bigint);

create table leases(
  id text primary key, dynamic_secret_id text not null references dynamic_secrets(id), kind text not null,
  integration_id text not null references integrations(id), owner text not null, token_id text,
  set_id text references lease_sets(id), idem_key text,
  state text not null check (state in
    ('pending','active','revoking','revoke_failed','needs_operator','revoked','expired','aborted')),
  end_reason text check (end_reason in ('revoke','expiry','rollback')),
  external_ref text not null, data_key_id text not null, revoke_plan_sealed bytea not null,
  created_at bigint not null, issued_at bigint, expires_at bigint not null, hard_expires_at bigint not null,
  renew_count bigint not null default 0, next_action_at bigint, attempts bigint not null default 0,
  failing_since bigint, last_error text, claimed_by text, claim_until bigint, fence bigint not null default 0,
  event_seq bigint not null default 0, closed_at bigint, not_found_at bigint,
  check (expires_at <= hard_expires_at));
create index leases_due on leases(next_action_at) where next_action_at is not null;
create index leases_live on leases(dynamic_secret_id)
  where state in ('pending','active','revoking','revoke_failed','needs_operator');
create index leases_failing on leases(integration_id) where state = 'revoke_failed';
create index leases_set on leases(set_id) where set_id is not null;
create index leases_token on leases(token_id)
  where state in ('pending','active','revoking','revoke_failed','needs_operator');
create index leases_owner on leases(owner)
  where state in ('pending','active','revoking','revoke_failed','needs_operator');
create unique index leases_idem on leases(dynamic_secret_id, owner, idem_key) where idem_key is not null;

create table lease_events(
  lease_id text not null references leases(id), seq bigint not null, at bigint not null,
  from_state text, to_state text not null, actor text not null, detail text not null, primary key (lease_id, seq));

create table audit(
  chain text not null, seq bigint not null, at bigint not null, actor text not null, action text not null,
  target text not null, outcome text not null, detail text not null, request_id text not null, ip text not null,
  prev_hash bytea not null, hash bytea not null, primary key (chain, seq));
create index audit_target on audit(target);
`;

const OIDC_JTIS = `
create table oidc_jtis(
  digest text primary key, identity_id text not null, first_at bigint not null, expires_at bigint not null,
  uses bigint not null);
create index oidc_jtis_expiry on oidc_jtis(expires_at);
`;

const PEOPLE = `
alter table tokens add column identity_id text;
create index tokens_principal on tokens(principal_id);

create table accounts(
  principal_id text primary key references principals(id), email text unique, role text, permissions text);

create table roles(
  scope text not null check (scope in ('workplace','project')), identifier text not null, name text not null,
  permissions text not null, created_at bigint not null, primary key (scope, identifier));

create table people_groups(
  id text primary key, name text not null unique, workplace_role text not null, default_project_role text,
  created_at bigint not null);

create table people_group_members(
  group_id text not null references people_groups(id) on delete cascade,
  principal_id text not null references principals(id), primary key (group_id, principal_id));
create index people_group_members_principal on people_group_members(principal_id);

create table project_members(
  project_id text not null references projects(id) on delete cascade,
  type text not null check (type in ('workplace_user','group','service_account')), member_id text not null,
  role text not null, environments text, created_at bigint not null, primary key (project_id, type, member_id));
create index project_members_member on project_members(member_id);

create table identities(
  id text primary key, principal_id text not null references principals(id), name text not null,
  discovery_url text not null, claims_type text not null, claims text not null, ttl_sec bigint not null,
  single_use bigint not null, created_at bigint not null, last_seen_at bigint);
create index identities_principal on identities(principal_id);

create table cli_logins(
  id text primary key, code_hash text not null unique, polling_hash text not null unique, name text not null,
  created_at bigint not null, expires_at bigint not null, attempts bigint not null default 0,
  approved_by text references principals(id), refused_at bigint);
create index cli_logins_expiry on cli_logins(expires_at);
`;

const OPERATIONS = `
create index audit_at on audit(at);
create table audit_heads(chain text primary key, seq bigint not null, hash bytea not null, at bigint not null);
create table audit_segments(
  chain text primary key, last_seq bigint not null, last_hash bytea not null, closed_at bigint not null,
  signature bytea not null);

create table webhooks(
  id text primary key, project_id text not null references projects(id) on delete cascade, name text not null,
  url text not null, enabled bigint not null default 1, data_key_id text not null, data_sealed bytea not null,
  created_at bigint not null);
create index webhooks_project on webhooks(project_id);
create table webhook_configs(
  webhook_id text not null references webhooks(id) on delete cascade,
  config_id text not null references configs(id) on delete cascade, primary key (webhook_id, config_id));
create index webhook_configs_config on webhook_configs(config_id);
create table webhook_outbox(
  id text primary key, webhook_id text not null references webhooks(id) on delete cascade, payload text not null,
  created_at bigint not null, attempts bigint not null default 0, next_at bigint not null);
create index webhook_outbox_due on webhook_outbox(next_at);
create index webhook_outbox_webhook on webhook_outbox(webhook_id, created_at);
`;

const CONFIGS = `
alter table configs add column inheritable bigint not null default 0;
alter table secret_versions add column visibility text not null default 'restricted';

create table config_inherits(
  config_id text not null references configs(id) on delete cascade, position bigint not null,
  target_config_id text not null references configs(id) on delete cascade,
  created_at bigint not null, created_by text not null, primary key (config_id, target_config_id));
create index config_inherits_target on config_inherits(target_config_id);

create table secret_references(
  id text primary key, secret_id text not null references secrets(id) on delete cascade, version bigint not null,
  path_digest text not null, target_config_id text not null references configs(id) on delete cascade,
  target_digest text not null, created_at bigint not null, created_by text not null,
  unique (secret_id, version, path_digest));
create index secret_references_target on secret_references(target_config_id);

create table secret_notes(
  project_id text not null references projects(id) on delete cascade, name_digest text not null,
  data_key_id text not null, sealed bytea not null, updated_at bigint not null, updated_by text not null,
  primary key (project_id, name_digest));

create table trusted_ips(
  config_id text not null references configs(id) on delete cascade, cidr text not null,
  created_at bigint not null, created_by text not null, primary key (config_id, cidr));

create table logs(
  id text primary key, seq bigint not null, at bigint not null,
  config_id text references configs(id) on delete set null,
  project text not null, environment text, config text, body text not null, rollback bigint not null default 0,
  actor text not null, actor_name text not null);
create index logs_seq on logs(seq);
create index logs_config on logs(config_id, seq) where config_id is not null;

create table log_changes(
  log_id text not null references logs(id) on delete cascade,
  secret_id text not null references secrets(id) on delete cascade,
  before text, after text, primary key (log_id, secret_id));
`;

/** `edits`: changes that left the value alone, which Phase's versions count too. */
const PHASE_SECRETS = `
alter table secrets add column tags text not null default '[]';
alter table secrets add column edits bigint not null default 0;

create table secret_overrides(
  secret_id text not null references secrets(id) on delete cascade,
  principal_id text not null references principals(id), id text not null unique,
  data_key_id text not null, sealed bytea not null, active bigint not null,
  created_at bigint not null, updated_at bigint not null, primary key (secret_id, principal_id));
create index secret_overrides_principal on secret_overrides(principal_id);
`;

/** `name_key`: the name in lower case, because the two databases fold case differently. */
const WORKPLACE = `
create table tags(
  slug text primary key, name text not null, name_key text not null unique, color text not null,
  created_at bigint not null);
create table project_tags(
  project_id text not null references projects(id) on delete cascade, tag text not null references tags(slug),
  created_at bigint not null, primary key (project_id, tag));
create index project_tags_tag on project_tags(tag);

create table integration_members(
  integration_id text not null references integrations(id) on delete cascade,
  type text not null check (type in ('workplace_user','group','service_account')), member_id text not null,
  role text not null, created_at bigint not null, primary key (integration_id, type, member_id));
create index integration_members_member on integration_members(member_id);
create table pending_external_ids(
  principal_id text not null references principals(id), type text not null, external_id text not null,
  created_at bigint not null, primary key (principal_id, type));

alter table environments add column initial_fetch_at bigint;
alter table configs add column initial_fetch_at bigint;
alter table configs add column last_fetch_at bigint;
`;

export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'first', sql: FIRST },
  { number: 2, name: 'oidc_jtis', sql: OIDC_JTIS },
  { number: 3, name: 'people', sql: PEOPLE },
  { number: 4, name: 'configs', sql: CONFIGS },
  { number: 5, name: 'operations', sql: OPERATIONS },
  { number: 6, name: 'lease_work', sql: LEASE_WORK },
  { number: 7, name: 'phase_secrets', sql: PHASE_SECRETS },
  { number: 8, name: 'workplace', sql: WORKPLACE },
  { number: 9, name: 'leases_spent', sql: LEASES_SPENT },
  { number: 10, name: 'lease_paths', sql: LEASE_PATHS },
  { number: 11, name: 'lease_states', sql: LEASE_STATES, postgres: LEASE_ROOM },
];
