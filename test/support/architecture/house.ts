// The house as data: rooms and who may enter them, roofs, and the short lists of who may do what is dangerous.
import type { Floors } from './rules.ts';

export const ROOFS = ['src/main.ts', 'src/post.ts', 'src/cli.ts', 'src/sqlite-worker.ts'];

const FEATURE_PORTS = [
  'src/core',
  'src/engine/audit.ts',
  'src/engine/keyring',
  'src/engine/storage/store.ts',
  'src/engine/storage/operations',
  'src/engine/storage/audit-chain.ts',
];

/** style.md §5 with design.md §3. A room may import itself and what its row names: rooms, or single files. */
export const FLOORS: Floors = {
  'src/core': [],
  'src/formats': ['src/core'],
  'src/crypto': ['src/core'],
  'src/contract': ['src/core', 'src/formats', 'src/crypto'],
  'src/client': ['src/contract', 'src/core', 'src/formats', 'src/crypto'],
  'src/action': ['src/client', 'src/core', 'src/formats'],
};
export const LONG_FILES: readonly string[] = [];
export const REVEALERS: readonly string[] = [];
export const TRANSACTION_OWNERS: readonly string[] = ['src/engine/storage/sqlite/'];
export const CLOCK_READERS: readonly string[] = [];
export const PROCESS_READERS: readonly string[] = [];
export const NETWORK_FILES: readonly string[] = [];
export const PACKAGE_OWNERS: Readonly<Record<string, readonly string[]>> = {
  zod: ['src/contract/', 'src/engine/'],
  hono: ['src/engine/http/'],
  '@hono/node-server': ['src/engine/http/'],
  jose: ['src/engine/auth/oidc/'],
  pg: ['src/engine/integrations/postgres/', 'src/engine/storage/postgres/'],
  '@actions/core': ['src/action/github-runner.ts'],
};
export { FEATURE_PORTS };
