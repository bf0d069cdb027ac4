// The whole way of a database login: declared over HTTP, leased by the built action, used by a step, refused after the job.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineProcess, initEngine, killEngines } from '../../test/support/engine-process.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { Job, type JobReport } from '../../test/support/runner/index.ts';
import { declareShop, leasedRoles, prepareDatabase, type Shop, tryLogin } from '../../test/support/shop.ts';

const started = performance.now();
const say = (line: string) => console.log(line);
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'quickstart-'));
const removeFolder = () => rmSync(folder, { recursive: true, force: true });
const cleanups: (() => Promise<void> | void)[] = [removeFolder, killEngines];
// Last of all, when nothing of ours runs any more: a story that is cut off may have written after its clean-up.
process.on('exit', removeFolder);
let cleaning: Promise<void> | undefined;

/** Undoes everything in reverse, once, whoever asks. */
function cleanUp(): Promise<void> {
  cleaning ??= (async () => {
    for (const undo of cleanups.toReversed()) await undo();
  })();
  return cleaning;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    void cleanUp().finally(() => process.exit(130));
  });
}
// npm that is killed outright leaves us with another parent; nothing may stay behind then either.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void cleanUp().finally(() => process.exit(1));
}, 500).unref();

/** Ends the run with a reason that can be acted on. */
function must(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new Error(reason);
}

/** What the user of a workflow would see; the leased login is looked at from outside the job. */
async function runJob(
  engine: EngineProcess,
  shop: Shop,
): Promise<{ report: JobReport; leasedUrl: string; rows: string }> {
  const job = new Job({ actionDir: resolve('.'), temp: folder, secrets: { SECRETS_TOKEN: shop.token } });
  cleanups.push(() => job.dispose());
  await job.uses({
    id: 'secrets',
    name: 'org/secrets-action@v1',
    with: { token: shop.token, 'api-url': engine.url, dynamic: 'APP_DB', ttl: '15m' },
  });
  let leasedUrl = '';
  const query = await job.run(`${process.execPath} ${resolve('examples/quickstart/count-orders.mjs')}`, {
    name: 'count the orders with the leased login',
    env: ({ output }) => {
      leasedUrl = output('secrets', 'APP_DB_URL');
      return { DATABASE_URL: leasedUrl };
    },
  });
  await job.run('echo "the key is $API_KEY at $API_URL"', {
    name: 'a careless step',
    env: ({ output }) => ({ API_KEY: output('secrets', 'API_KEY'), API_URL: output('secrets', 'API_URL') }),
  });
  return { report: await job.finish(), leasedUrl, rows: query.rawStdout.trim() };
}

async function story(): Promise<string> {
  const database = await startPostgres();
  cleanups.push(() => database.stop());
  say(`1. a real PostgreSQL is up on 127.0.0.1:${database.port}`);

  const admin = await prepareDatabase(database);
  const engine = await EngineProcess.start(await initEngine(folder), { args: ['--allow-integration', '127.0.0.1'] });
  cleanups.push(() => engine.stop());
  say(`2. the engine is up on ${engine.url}, its store and its root key in two places`);

  const shop = await declareShop(engine, database, admin);
  const names = Object.keys(shop.values);
  say(`3. declared over HTTP: project shop, config prd, secrets ${names.join(', ')}, dynamic secret APP_DB, a token`);

  const { report, leasedUrl, rows } = await runJob(engine, shop);
  say('4. a workflow job ran; this is its log as a user sees it:\n');
  say(report.log.map((line) => `     | ${line}`).join('\n'));
  say('');

  const log = report.log.join('\n');
  must(report.status === 'success', 'the job failed; its log above says why');
  must(rows === 'orders: 3', `the leased login did not answer the query (${rows})`);
  for (const [name, value] of Object.entries({ ...shop.values, leased: leasedUrl, token: shop.token })) {
    const shown = value.split('\n').some((line) => line.length >= 4 && log.includes(line));
    must(shown === (name === 'API_URL'), `${name} is ${shown ? '' : 'not '}in the log`);
  }
  say('5. in the job, the leased login counted the orders; no masked value is in the log, the unmasked one is');

  const refused = await tryLogin(leasedUrl);
  must(typeof refused === 'string' && refused.startsWith('28'), `after the job the login still answers (${refused})`);
  const roles = await leasedRoles(database);
  must(roles.length === 0, `after the job there is still a role: ${roles.join(', ')}`);
  say(`6. after the job PostgreSQL refuses the login (${refused}), and its role is gone`);

  const query = 'project=shop&config=prd&dynamic_secret=APP_DB';
  const { leases } = await engine.must('GET', `/v3/configs/config/dynamic_secrets/dynamic_secret/leases?${query}`);
  const states = (leases as { state: string }[]).map(({ state }) => state);
  const revoked = states.filter((state) => state === 'revoked').length;
  const live = states.filter((state) => !['revoked', 'expired', 'aborted'].includes(state)).length;
  must(states.length === 1 && revoked === 1 && live === 0, `the engine's lease table says ${states.join(', ')}`);
  return `${names.length} static, ${states.length} leased, ${revoked} revoked, ${live} live`;
}

try {
  const counts = await story();
  await cleanUp();
  say(`quickstart: ok (${counts}) in ${((performance.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  await cleanUp();
  console.error(`quickstart: failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
