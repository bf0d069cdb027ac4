// The table of all store operations, by name, gathered from their subjects.
import { keyReads, keyWrites } from './operations/keys.ts';
import { auditReads, auditWrites } from './operations/audit.ts';
import { auditUpkeepReads, auditUpkeepWrites } from './operations/audit-upkeep.ts';
import { webhookReads, webhookWrites } from './operations/webhooks.ts';
import { restoreReads, restoreWrites } from './operations/restore.ts';
import { retentionWrites } from './operations/retention.ts';
import { jtiReads, jtiWrites } from './operations/jti.ts';
import { fetchWrites } from './operations/fetches.ts';
import { tagReads, tagWrites } from './operations/tags.ts';
import { configReads, configWrites } from './operations/configs.ts';
import { projectReads, projectWrites } from './operations/projects.ts';
import { accountReads, accountWrites } from './operations/accounts.ts';
import { accountTokenReads, accountTokenWrites } from './operations/account-tokens.ts';
import { grantReads } from './operations/grants.ts';
import { groupReads, groupWrites } from './operations/groups.ts';
import { identityReads, identityWrites } from './operations/identities.ts';
import { loginWrites } from './operations/logins.ts';
import { memberReads, memberWrites } from './operations/members.ts';
import { roleReads, roleWrites } from './operations/roles.ts';
import { configSettingReads, configSettingWrites } from './operations/config-settings.ts';
import { configTreeReads } from './operations/config-tree.ts';
import { logReads } from './operations/logs.ts';
import { noteWrites } from './operations/notes.ts';
import { referenceReads, referenceWrites } from './operations/references.ts';
import { secretReads, secretWrites } from './operations/secrets.ts';
import { trustedIpReads, trustedIpWrites } from './operations/trusted-ips.ts';
import { tokenReads, tokenWrites } from './operations/tokens.ts';
import { dynamicSecretReads, dynamicSecretWrites } from './operations/dynamic-secrets.ts';
import { integrationReads, integrationWrites } from './operations/integrations.ts';
import { integrationMemberReads, integrationMemberWrites } from './operations/integration-members.ts';
import { leaseEndWrites } from './operations/lease-end.ts';
import { placeEndReads, placeEndWrites } from './operations/place-end.ts';
import { leaseIssueWrites } from './operations/lease-issue.ts';
import { leaseUpkeepReads, leaseUpkeepWrites } from './operations/lease-upkeep.ts';
import { leaseSetReads } from './operations/lease-sets.ts';
import { leaseReads, leaseWrites } from './operations/leases.ts';
import { workplaceReads, workplaceWrites } from './operations/workplace.ts';
import { leaseTidyReads, leaseTidyWrites } from './operations/lease-tidy.ts';

export const READS = {
  ...keyReads,
  ...auditReads,
  ...auditUpkeepReads,
  ...restoreReads,
  ...webhookReads,
  ...projectReads,
  ...tagReads,
  ...configReads,
  ...configSettingReads,
  ...configTreeReads,
  ...logReads,
  ...referenceReads,
  ...secretReads,
  ...trustedIpReads,
  ...tokenReads,
  ...accountReads,
  ...accountTokenReads,
  ...grantReads,
  ...groupReads,
  ...identityReads,
  ...memberReads,
  ...roleReads,
  ...integrationReads,
  ...integrationMemberReads,
  ...dynamicSecretReads,
  ...leaseReads,
  ...placeEndReads,
  ...leaseTidyReads,
  ...leaseSetReads,
  ...leaseUpkeepReads,
  ...jtiReads,
  ...workplaceReads,
} as const;
export const WRITES = {
  ...keyWrites,
  ...auditWrites,
  ...auditUpkeepWrites,
  ...restoreWrites,
  ...webhookWrites,
  ...retentionWrites,
  ...projectWrites,
  ...tagWrites,
  ...configWrites,
  ...fetchWrites,
  ...configSettingWrites,
  ...noteWrites,
  ...referenceWrites,
  ...secretWrites,
  ...trustedIpWrites,
  ...tokenWrites,
  ...accountWrites,
  ...accountTokenWrites,
  ...groupWrites,
  ...identityWrites,
  ...loginWrites,
  ...memberWrites,
  ...roleWrites,
  ...integrationWrites,
  ...integrationMemberWrites,
  ...dynamicSecretWrites,
  ...leaseIssueWrites,
  ...leaseEndWrites,
  ...placeEndWrites,
  ...leaseUpkeepWrites,
  ...leaseWrites,
  ...leaseTidyWrites,
  ...jtiWrites,
  ...workplaceWrites,
} as const;

export type ReadName = keyof typeof READS;
export type WriteName = keyof typeof WRITES;

/**
 * They only add to the audit log. Everything else reads before it writes and was written for one writer, so it takes its
 * turn; who reads a value waits for none of that.
 */
export const NOTES: ReadonlySet<WriteName> = new Set(['recordAudit']);

/**
 * They take rows that nobody is at work on, leave out those that somebody is writing, and audit nothing: beside whoever
 * has the turn, so that the next leases are claimed while the ends of the last are written. Whatever else reads a lease
 * and then writes it locks the row first (`forUpdate`). Nobody is told of a claim: where only its holder could have it
 * from the store, it need not be on the disk.
 */
export const CLAIMS: ReadonlySet<WriteName> = new Set(['claimDueLeases']);
