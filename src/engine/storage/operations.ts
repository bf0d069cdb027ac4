// The table of all store operations, by name, gathered from their subjects.
import { keyReads, keyWrites } from './operations/keys.ts';
import { auditReads, auditWrites } from './operations/audit.ts';
import { jtiReads, jtiWrites } from './operations/jti.ts';

export const READS = { ...keyReads, ...auditReads, ...jtiReads } as const;
export const WRITES = { ...keyWrites, ...auditWrites, ...jtiWrites } as const;

export type ReadName = keyof typeof READS;
export type WriteName = keyof typeof WRITES;
