// Starts a real PostgreSQL server for as long as this process lives, and can take it down and bring it back.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { madeOnce } from './once.ts';
import { type Account, findBinaries, type Source, serverAccount } from './postgres-binaries.ts';

export type PostgresOptions = {
  source?: Source;
  /** Lines of postgresql.conf, such as `max_connections: '20'`. */
  settings?: Readonly<Record<string, string>>;
  /** Is given the server's log as it is written. */
  onLog?: (text: string) => void;
};

export type Postgres = {
  /** 127.0.0.1; also listens on a socket in `socketFolder`. Both ask for a SCRAM password. */
  host: string;
  port: number;
  socketFolder: string;
  superuser: { user: string; password: string };
  /** Connection string of the superuser. */
  url(database?: string): string;
  /** Takes the server down at once, as a crash would; its data stays. */
  stopServer(): Promise<void>;
  /** Brings it back on the same port with the same data. */
  startServer(): Promise<void>;
  /** Ends it and removes everything. Happens by itself when this process ends in whatever way. */
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';
const PORT_TRIES = 5;
/** No fsync, but synchronous commits: what was answered must outlive stopServer, though not a crash of the machine. */
const SETTINGS = {
  listen_addresses: HOST,
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
};

/**
 * A shell that does what its stdin says and, when that ends for whatever reason, takes the server and the folder
 * ($0) with it. It is the only parent the server has, so that nothing survives a SIGKILL of ours.
 */
const GUARD = `
trap "" INT TERM HUP PIPE
server=
halt() { if [ -n "$server" ]; then kill -QUIT "$server"; wait "$server"; server=; fi; }
while read -r word port bin; do
  case $word in
    init)
      "$bin/initdb" -D "$0/data" -U postgres -A scram-sha-256 --pwfile="$0/password" -E UTF8 --locale=C --no-sync >"$0/initdb.log" 2>&1
      echo "init $?" ;;
    keep) cp -R "$0/data/." "$port"; echo "keep $?" ;;
    take) cp -R "$port" "$0/data" && chmod 700 "$0/data"; echo "take $?" ;;
    start) "$bin/postgres" -D "$0/data" -k "$0" -p "$port" & server=$! ;;
    stop) halt; echo stopped ;;
  esac
done
halt
cd /
rm -rf "$0"
`;

/**
 * Starts a server on a free loopback port with a generated superuser password. As root it runs as uid 65534.
 * @throws Error with the server's own words when it does not come up
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const account = serverAccount();
  const base = makeBase(account);
  const guard = new Guard(base, account, options.onLog);
  try {
    const bin = await findBinaries(base, account, options.source);
    const password = await makeData({ guard, base, account, bin, source: options.source });
    const settings = Object.entries({ ...SETTINGS, ...options.settings });
    writeFileSync(
      join(base, 'data', 'postgresql.conf'),
      settings.map(([name, value]) => `${name} = '${value}'\n`).join(''),
    );
    writeFileSync(
      join(base, 'data', 'pg_hba.conf'),
      `local all all scram-sha-256\nhost all all ${HOST}/32 scram-sha-256\n`,
    );
    let port = 0;
    for (let tries = 1; ; tries++) {
      port = await freePort();
      const problem = await guard.startServer(port, bin);
      if (problem === undefined) break;
      if (tries === PORT_TRIES || !isPortTaken(problem)) throw new Error(problem);
    }
    return serverOf({ guard, base, bin, port, password });
  } catch (error) {
    await guard.stop();
    throw error;
  }
}

type Making = { guard: Guard; base: string; account: Account; bin: string; source: Source | undefined };

/** A cluster that nobody has used: a copy of the one of this run, whose password all of them have. */
async function makeData({ guard, base, account, bin, source }: Making): Promise<string> {
  const kept = await madeOnce(`postgres-${source ?? 'any'}`, async (path) => {
    const password = await initialize({ guard, base, account, bin });
    mkdirSync(path);
    mkdirSync(join(path, 'data'), { mode: 0o700 });
    give(join(path, 'data'), account);
    await must(guard, 'keep', `${join(path, 'data')} 0`);
    writeFileSync(join(path, 'password'), password, { mode: 0o600 });
  });
  if (kept === undefined) return initialize({ guard, base, account, bin });
  if (!existsSync(join(base, 'data'))) await must(guard, 'take', `${join(kept, 'data')} 0`);
  return readFileSync(join(kept, 'password'), 'utf8');
}

/** Lets initdb make it, with a password of its own. */
async function initialize({ guard, base, account, bin }: Omit<Making, 'source'>): Promise<string> {
  const password = randomBytes(18).toString('base64url');
  writeFileSync(join(base, 'password'), password, { mode: 0o600 });
  give(join(base, 'password'), account);
  if ((await guard.ask(`init 0 ${bin}`)) !== 'init 0') throw new Error(readFileSync(join(base, 'initdb.log'), 'utf8'));
  rmSync(join(base, 'password'));
  return password;
}

async function must(guard: Guard, word: string, rest: string): Promise<void> {
  const said = await guard.ask(`${word} ${rest}`);
  if (said !== `${word} 0`) throw new Error(`the folder of the server: ${said}`);
}

function give(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function serverOf(parts: { guard: Guard; base: string; bin: string; port: number; password: string }): Postgres {
  const { guard, base, bin, port, password } = parts;
  return {
    host: HOST,
    port,
    socketFolder: base,
    superuser: { user: 'postgres', password },
    url: (database = 'postgres') => `postgres://postgres:${password}@${HOST}:${port}/${database}`,
    stopServer: async () => void (await guard.ask('stop')),
    startServer: async () => {
      for (let tries = 1; ; tries++) {
        const problem = await guard.startServer(port, bin);
        if (problem === undefined) return;
        if (tries === PORT_TRIES || !isPortTaken(problem)) throw new Error(problem);
        await new Promise((resolve) => setTimeout(resolve, 100 * tries));
      }
    },
    stop: () => guard.stop(),
  };
}

const isPortTaken = (problem: string): boolean => /could not bind|could not create any TCP/.test(problem);

/** The shell that owns the server. Does not keep this process alive. */
class Guard {
  readonly #base: string;
  readonly #shell: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #gone: Promise<void>;
  #answer: (line: string) => void = () => {};
  #onLog: (text: string) => void = () => {};

  constructor(base: string, account: Account, onLog?: (text: string) => void) {
    this.#base = base;
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
    // A session of its own: a Ctrl-C or a kill of our group must not take the guard before the server.
    this.#shell = spawn('/bin/sh', ['-c', GUARD, base], {
      ...account,
      cwd: base,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#gone = new Promise((resolve) => this.#shell.once('exit', () => resolve()));
    this.#shell.stdin.on('error', () => {});
    this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => this.#answer(text.trim()));
    this.#shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#onLog(text);
      onLog?.(text);
    });
    const handles = [
      this.#shell,
      this.#shell.stdin,
      this.#shell.stdout,
      this.#shell.stderr,
    ] as unknown as NodeJS.RefCounted[];
    for (const handle of handles) handle.unref();
  }

  /** Says a word and waits for the answer. */
  async ask(words: string): Promise<string> {
    return this.#awake((resolve) => {
      this.#answer = resolve;
      this.#shell.stdin.write(`${words}\n`);
    });
  }

  /** Undefined once the server accepts connections, else what it said on its way out. */
  async startServer(port: number, bin: string): Promise<string | undefined> {
    let log = '';
    const said = await this.#awake((resolve) => {
      this.#onLog = (text) => {
        log = (log + text).slice(-8192);
        if (/ready to accept connections|is shut down|FATAL|error while loading|not found/.test(log)) resolve(log);
      };
      this.#shell.stdin.write(`start ${port} ${bin}\n`);
    });
    this.#onLog = () => {};
    if (said.includes('ready to accept connections')) return undefined;
    await this.ask('stop');
    return said;
  }

  async stop(): Promise<void> {
    this.#shell.ref();
    this.#shell.stdin.end();
    await this.#gone;
    rmSync(this.#base, { recursive: true, force: true });
  }

  /** Keeps this process alive while it waits; fails when the guard itself ends. */
  async #awake(wait: (resolve: (text: string) => void) => void): Promise<string> {
    this.#shell.ref();
    try {
      return await Promise.race([
        new Promise<string>(wait),
        this.#gone.then(() => Promise.reject(new Error('the guard of the PostgreSQL server is gone'))),
      ]);
    } finally {
      this.#shell.unref();
    }
  }
}

/** A folder that `account` owns, can reach and can remove; short enough for a socket's path. */
function makeBase(account: Account): string {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'])) {
    if (parent.length > 60 || !existsSync(parent)) continue;
    const made = spawnSync('mktemp', ['-d', join(parent, 'pg-XXXXXXXX')], { ...account, cwd: '/', encoding: 'utf8' });
    if (made.status === 0) return made.stdout.trim();
  }
  throw new Error('no temporary folder in which the PostgreSQL server could work');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
