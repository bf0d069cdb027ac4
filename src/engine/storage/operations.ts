// The table of all store operations, by name, gathered from their subjects.
import { keyReads, keyWrites } from './operations/keys.ts';
import { auditReads, auditWrites } from './operations/audit.ts';
import { configReads, configWrites } from './operations/configs.ts';
import { projectReads, projectWrites } from './operations/projects.ts';
import { secretReads, secretWrites } from './operations/secrets.ts';
import { tokenReads, tokenWrites } from './operations/tokens.ts';

export const READS = {
  ...keyReads,
  ...auditReads,
  ...projectReads,
  ...configReads,
  ...secretReads,
  ...tokenReads,
} as const;
export const WRITES = {
  ...keyWrites,
  ...auditWrites,
  ...projectWrites,
  ...configWrites,
  ...secretWrites,
  ...tokenWrites,
} as const;

export type ReadName = keyof typeof READS;
export type WriteName = keyof typeof WRITES;
