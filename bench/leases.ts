// What leases cost on both stores: issuing beside bare commits, finding what is due among a million, and sweeping.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { EngineProcess } from '../test/support/engine-process.ts';
import { startStoreDatabase, type StoreDatabase } from '../test/support/store-database.ts';
import { type LeaseStand, openLeaseStand } from './lease-stand.ts';
import { median, type Measure, ratio, rates, type Work } from './measure.ts';

/** Requests at once: commits are grouped, so one alone would measure the disk. */
const AT_ONCE = 64;
const FEW = 100_000;
/** The runs on a build machine have fewer. */
const MANY = Number(process.env['BENCH_LIVE'] ?? 1_000_000);
const SWEPT = Math.min(50_000, MANY);
const BARE_CONNECTIONS = 8;
const BARE_COMMITS = 64;
const ROUNDS = { rounds: 5, roundMs: 700 };
const LOOK_UPS = 200;
const FIRST_LOOKS = 5;
const READS_A_LOOK = 8;
const ENOUGH_PER_S = 1000;
/** What `npm run build` leaves, which is what users start. */
const BUNDLE = resolve('lib/cli.js');
/** Ending one writes two rows of it, two events and an audit row; the engine ends at most so many in a transaction. */
const ROWS_OF_END = 5;
const ENDS_AT_ONCE = 64;
const ENOUGH_OF_BARE = 0.25;

/** A server that has run for a while logs into files that it has; a new one makes each of them first, and all wait for that. */
const SERVER = { min_wal_size: '1GB' };

/** `work`: a row and a commit at a time. `ends`: as many rows as ended leases write, as many to a commit. */
type Bare = { work: Work; ends: Work; close(): Promise<void> };

export async function benchLeases(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-leases-'));
  const database = await startStoreDatabase({ settings: { ...SERVER, fsync: 'on', full_page_writes: 'on' } });
  try {
    const lite = await onStore(
      'sqlite',
      await openLeaseStand(join(folder, 'engine')),
      bareFile(join(folder, 'bare.db')),
    );
    const url = await database.fresh();
    const shared = await openLeaseStand(join(folder, 'shared'), url);
    const larger = await onStore('postgres', shared, await bareServer(database));
    return [...lite, ...larger];
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onStore(name: string, stand: LeaseStand, bare: Bare): Promise<Measure[]> {
  const measures: Measure[] = [];
  const add = (metric: string, more: Omit<Measure, 'metric'>) =>
    measures.push({ metric: `${name}-${metric}`, ...more });
  let isOpen = true;
  try {
    for (const live of [0, FEW].filter((count) => count <= MANY)) {
      await stand.fill(live);
      const found = await rates({ bare: bare.work, issue: issuing(stand) }, ROUNDS);
      const at = live === 0 ? '' : `-at-${live}`;
      // Against the floor of the same round: what else the machine does hits both.
      const needed = found.bare.map((floor) => Math.min(ENOUGH_PER_S, ENOUGH_OF_BARE * floor));
      add(`bare-commits${at}-per-s`, { value: median(found.bare) });
      add(`issue${at}-per-s`, { value: median(found.issue) });
      add(`issue${at}-vs-bare-commits`, { value: ratio(found.issue, found.bare) });
      add(`issue${at}-vs-needed`, { value: ratio(found.issue, needed), budget: 1 });
    }
    await stand.fill(MANY);
    // What filling left to be carried into the tables is no part of what follows, and its log files are there again.
    if (name === 'postgres') await stand.query('checkpoint');
    add('due-look-up-p99-ms', { value: await lookUps(stand), budget: 5, isMost: true });
    const { perSecond, readMs } = await sweep(stand);
    add(`sweep-of-${SWEPT}-per-s`, { value: perSecond, budget: 10_000 });
    const floor = median((await rates({ ends: bare.ends }, ROUNDS)).ends);
    add('bare-rows-of-ends-per-s', { value: floor });
    add('sweep-vs-bare-rows', { value: perSecond / floor });
    add('read-p99-during-sweep-ms', { value: readMs, budget: 20, isMost: true });
    await stand.close();
    isOpen = false;
    const from = existsSync(BUNDLE) ? '' : '-from-source';
    add(`first-answer${from}-at-${MANY}-ms`, { value: await firstAnswer(stand), budget: 1000, isMost: true });
    return measures;
  } finally {
    await bare.close();
    if (isOpen) await stand.close();
  }
}

function issuing(stand: LeaseStand): Work {
  return async () => (await Promise.all(Array.from({ length: AT_ONCE }, () => stand.issue())), AT_ONCE);
}

/** Both questions that every round of the sweep begins with, when nothing is due. */
async function lookUps({ store }: LeaseStand): Promise<number> {
  const look = async () => {
    const started = performance.now();
    await store.read.integrationsDue({ at: Date.now() });
    await store.read.nextLeaseDue({ after: Date.now() });
    return performance.now() - started;
  };
  // An engine looks every few seconds, and a server forgets at a look what issuing left behind; here it is all still there.
  for (let n = 0; n < FIRST_LOOKS; n += 1) await look();
  const times: number[] = [];
  for (let n = 0; n < LOOK_UPS; n += 1) times.push(await look());
  return p99(times);
}

/** Leases whose time has come at once, ended by the running sweep, while somebody reads. */
async function sweep(stand: LeaseStand): Promise<{ perSecond: number; readMs: number }> {
  const [last] = await stand.query(
    `select next_action_at as due from leases where next_action_at > ${Date.now()} order by next_action_at limit 1 offset ${SWEPT}`,
  );
  stand.advance(Number(last?.['due']) - Date.now());
  const live = async () =>
    (await stand.store.read.leaseFigures({ at: 0 })).live.reduce((sum, { count }) => sum + count, 0);
  const left = (await live()) - SWEPT;
  const times: number[] = [];
  const started = performance.now();
  await stand.leases.start();
  // Until the last of them has ended; looking after every read would be work that no engine has.
  do {
    for (let reads = 0; reads < READS_A_LOOK; reads += 1) {
      const before = performance.now();
      await stand.read();
      times.push(performance.now() - before);
    }
  } while ((await live()) > left);
  const perSecond = (SWEPT * 1000) / (performance.now() - started);
  await stand.leases.stop();
  // The clock was moved: an engine that starts on this store would believe it, and have leases to end.
  await stand.query(`delete from kv where key = 'leases.clock'`);
  return { perSecond, readMs: p99(times) };
}

/** From nothing to the first answer of a process of its own. */
async function firstAnswer({ folder }: LeaseStand): Promise<number> {
  const started = performance.now();
  const engine = await EngineProcess.start(folder, existsSync(BUNDLE) ? { bundle: BUNDLE } : {});
  try {
    const headers = { authorization: `Bearer ${folder.adminToken}` };
    const answer = await fetch(`${engine.url}/v3/projects`, { headers });
    if (!answer.ok) throw new Error(`The engine answered ${answer.status}.`);
    return performance.now() - started;
  } finally {
    await engine.stop();
  }
}

function p99(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

const ROW = `insert into bare(a, b, c, d, e) values('${'a'.repeat(36)}','${'b'.repeat(300)}',1,2,3)`;
const TABLE = 'create table bare(a text, b text, c bigint, d bigint, e bigint)';

/** The floor of the embedded store: one row, one commit, as durable as ours. */
function bareFile(path: string): Bare {
  const db = new DatabaseSync(path);
  db.exec(`pragma journal_mode = wal; pragma synchronous = full; ${TABLE}`);
  const insert = db.prepare(ROW);
  const work = async () => {
    for (let n = 0; n < BARE_COMMITS; n += 1) insert.run();
    return BARE_COMMITS;
  };
  const ends = async () => {
    db.exec('begin');
    for (let n = 0; n < ENDS_AT_ONCE * ROWS_OF_END; n += 1) insert.run();
    db.exec('commit');
    return ENDS_AT_ONCE;
  };
  return { work, ends, close: async () => db.close() };
}

/** The floor of the larger store: several connections, a row and a commit each at a time. */
async function bareServer(database: StoreDatabase): Promise<Bare> {
  const connectionString = await database.fresh();
  await database.query(connectionString, TABLE);
  const pool = new pg.Pool({ connectionString, max: BARE_CONNECTIONS });
  const name = 'bare';
  const work = async () => {
    await Promise.all(Array.from({ length: BARE_COMMITS }, () => pool.query({ name, text: ROW })));
    return BARE_COMMITS;
  };
  const values = Array.from({ length: ENDS_AT_ONCE }, () => ROW.slice(ROW.indexOf('(', ROW.indexOf('values')))).join();
  const many = `insert into bare(a, b, c, d, e) values ${values}`;
  const ends = async () => {
    const client = await pool.connect();
    await client.query('begin');
    for (let n = 0; n < ROWS_OF_END; n += 1) await client.query({ name: 'many', text: many });
    await client.query('commit');
    client.release();
    return ENDS_AT_ONCE;
  };
  return { work, ends, close: () => pool.end() };
}
