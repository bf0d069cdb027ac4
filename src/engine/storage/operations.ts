// The table of all store operations, by name, gathered from their subjects.
import { keyReads, keyWrites } from './operations/keys.ts';
import { auditReads, auditWrites } from './operations/audit.ts';
import { jtiReads, jtiWrites } from './operations/jti.ts';
import { configReads, configWrites } from './operations/configs.ts';
import { projectReads, projectWrites } from './operations/projects.ts';
import { secretReads, secretWrites } from './operations/secrets.ts';
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
  ...secretReads,
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
  ...secretWrites,
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
