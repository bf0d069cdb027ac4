// The table of all store operations, by name, gathered from their subjects.
import { keyReads, keyWrites } from './operations/keys.ts';
import { auditReads, auditWrites } from './operations/audit.ts';
import { jtiReads, jtiWrites } from './operations/jti.ts';
import { configReads, configWrites } from './operations/configs.ts';
import { projectReads, projectWrites } from './operations/projects.ts';
import { configSettingReads, configSettingWrites } from './operations/config-settings.ts';
import { configTreeReads } from './operations/config-tree.ts';
import { logReads } from './operations/logs.ts';
import { noteWrites } from './operations/notes.ts';
import { referenceReads, referenceWrites } from './operations/references.ts';
import { secretWrites } from './operations/secrets.ts';
import { trustedIpReads, trustedIpWrites } from './operations/trusted-ips.ts';
import { tokenReads, tokenWrites } from './operations/tokens.ts';
import { dynamicSecretReads, dynamicSecretWrites } from './operations/dynamic-secrets.ts';
import { integrationReads, integrationWrites } from './operations/integrations.ts';
import { leaseEndWrites } from './operations/lease-end.ts';
import { leaseIssueWrites } from './operations/lease-issue.ts';
import { leaseSetReads } from './operations/lease-sets.ts';
import { leaseReads, leaseWrites } from './operations/leases.ts';

export const READS = {
  ...keyReads,
  ...auditReads,
  ...projectReads,
  ...configReads,
  ...configSettingReads,
  ...configTreeReads,
  ...logReads,
  ...referenceReads,
  ...trustedIpReads,
  ...tokenReads,
  ...integrationReads,
  ...dynamicSecretReads,
  ...leaseReads,
  ...leaseSetReads,
  ...jtiReads,
} as const;
export const WRITES = {
  ...keyWrites,
  ...auditWrites,
  ...projectWrites,
  ...configWrites,
  ...configSettingWrites,
  ...noteWrites,
  ...referenceWrites,
  ...secretWrites,
  ...trustedIpWrites,
  ...tokenWrites,
  ...integrationWrites,
  ...dynamicSecretWrites,
  ...leaseIssueWrites,
  ...leaseEndWrites,
  ...leaseWrites,
  ...jtiWrites,
} as const;

export type ReadName = keyof typeof READS;
export type WriteName = keyof typeof WRITES;
