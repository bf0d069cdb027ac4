// The table of all store operations, by name, gathered from their subjects.
import { keyReads, keyWrites } from './operations/keys.ts';
import { auditReads, auditWrites } from './operations/audit.ts';

export const READS = { ...keyReads, ...auditReads } as const;
export const WRITES = { ...keyWrites, ...auditWrites } as const;

export type ReadName = keyof typeof READS;
export type WriteName = keyof typeof WRITES;
