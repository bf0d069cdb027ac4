// The power-loss job: cuts a writing process off, keeps of its files only what was synced, and looks for what was answered.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type AuditRow, findAuditGap } from '../../src/engine/storage/audit-chain.ts';
import { all } from '../../src/engine/storage/operation.ts';
import { SqliteDatabase } from '../../src/engine/storage/sqlite/database.ts';
import { filesAfterCut } from './durable.ts';

const ROUNDS = 20;
const KEY = new Uint8Array(32).fill(7);
const NODE = [process.execPath, '--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'];
const CALLS = 'trace=pwrite64,ftruncate,fsync,fdatasync';
/** Past the size at which SQLite carries the log over into the main file, in some rounds. */
const FEWEST = 30;
const MOST = 600;
/** A machine that is slower than this has answered enough by then. */
const LATEST_MS = 15_000;

/** Leases of which a claim is there by half: the row without its event, or the event without the row. */
const TORN = `select id from leases l where event_seq <> (select count(*) from lease_events where lease_id = l.id)
  or (state = 'revoking') <> (claimed_by is not null)`;

type Round = { answered: number; lost: number; whole: boolean };

async function round(base: string, number: number): Promise<Round> {
  const folder = join(base, `round-${number}`);
  mkdirSync(folder);
  const trace = join(folder, 'trace');
  const data = join(folder, 'data');
  const files = ['secrets.db', 'secrets.db-wal'].flatMap((name) => ['-P', join(data, name)]);
  const traced = ['-f', '-qq', '-y', '-xx', '-s', '1048576', ...files, '-e', CALLS, '-o', trace];
  const child = spawn('strace', [...traced, '--', ...NODE, resolve('test/power-loss/roof.ts'), data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answered = await writeFor(child, FEWEST + Math.floor(Math.random() * (MOST - FEWEST)));
  // Every other round the system had written some pages back by itself, in an order of its own.
  const keep = number % 2 === 0 ? () => false : () => Math.random() < 0.5;
  const after = join(folder, 'after');
  mkdirSync(after);
  for (const [name, content] of filesAfterCut(readFileSync(trace, 'latin1'), keep)) {
    writeFileSync(join(after, name), content);
  }
  const result = compare(join(after, 'secrets.db'), answered);
  rmSync(folder, { recursive: true, force: true });
  return result;
}

/** Kills it after so many answers; what was on its way then counts as answered too. The tracer ends by itself, and says all. */
async function writeFor(tracer: ChildProcess, most: number): Promise<Set<string>> {
  const answered = new Set<string>();
  const lines = createInterface({ input: tracer.stdout as NodeJS.ReadableStream });
  const ended = Promise.all([once(lines, 'close'), once(tracer, 'exit')]);
  let pid: number | undefined;
  const cut = () => {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    pid = undefined;
  };
  const late = setTimeout(cut, LATEST_MS);
  lines.on('line', (line) => {
    if (line.startsWith('process:')) pid = Number(line.slice('process:'.length));
    if (line.startsWith('thing:')) answered.add(line);
    if (answered.size >= most) cut();
  });
  await ended;
  clearTimeout(late);
  return answered;
}

function compare(path: string, answered: ReadonlySet<string>): Round {
  const db = new SqliteDatabase(path, { readOnly: false });
  try {
    const [check] = db.drive(all<{ integrity_check: string }>('pragma integrity_check'));
    const rows = db.drive(all<AuditRow>('select * from audit order by seq'));
    const chains = [...Map.groupBy(rows, ({ chain }) => chain).values()];
    const there = new Set(rows.map(({ target }) => target));
    const lost = [...answered].filter((target) => !there.has(target)).length;
    const isWhole = check?.integrity_check === 'ok' && db.drive(all(TORN)).length === 0;
    const whole = isWhole && chains.every((chain) => findAuditGap(KEY, chain) === undefined);
    return { answered: answered.size, lost, whole };
  } finally {
    db.close();
  }
}

async function main(): Promise<number> {
  if (spawnSync('strace', ['-V']).status !== 0) {
    console.log('power-loss NOT RUN: there is no strace on this machine, which tells what was synced');
    return 0;
  }
  const base = mkdtempSync(join(tmpdir(), 'power-loss-'));
  const total = { answered: 0, lost: 0, broken: 0, silent: 0 };
  try {
    for (let number = 1; number <= ROUNDS; number += 1) {
      const { answered, lost, whole } = await round(base, number);
      total.answered += answered;
      total.lost += lost;
      total.broken += whole ? 0 : 1;
      total.silent += answered < FEWEST ? 1 : 0;
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  const { answered, lost, broken, silent } = total;
  console.log(`power-loss ${ROUNDS} rounds: ${answered} answered, ${lost} lost, ${broken} broken, ${silent} too short`);
  return lost === 0 && broken === 0 && silent === 0 ? 0 : 1;
}

process.exitCode = await main();
