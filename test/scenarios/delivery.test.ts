// Outputs, variables and files with values that try everything: to the byte where they can be carried, refused by name where not.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { annotationsOf, World } from '../support/scenario.ts';

const HOSTILE: Record<string, string> = {
  H_LINES: 'one\ntwo\r\nthree\n\n',
  H_ENTRY: 'x\nINJECTED<<EOF\nvalue\nEOF\nA=B',
  H_COMMANDS: '::add-mask::x\n##[error]y\n::error::z\n::stop-commands::a-token',
  H_DELIMITER: 'secrets_\nghadelimiter_\nEOF',
  H_QUOTES: `'"\`$(id)\${HOME}\\n%0A%25`,
  H_UNICODE: 'é🦊\u2028\ufeff\u0085',
  H_ONE: 'x',
  H_BRACE: '{',
  H_SPACE: ' \t ',
};
/** 131,071 bytes with name and `=`, and one more. */
const LARGEST = 'L'.repeat(131_071 - 'H_LARGE='.length);
/** The engine takes 50 KiB at a time; references make one value of several. */
const third = LARGEST.slice(0, Math.floor(LARGEST.length / 3));
const PARTS = { PART_A: third, PART_B: third, PART_C: LARGEST.slice(2 * third.length) };

let world: World;
beforeAll(async () => {
  world = await World.start();
  const aws = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'sEcReT/key+' };
  const whole = '${PART_A}${PART_B}${PART_C}';
  await declare({ ...HOSTILE, ...PARTS, ...aws, H_LARGE: whole, H_GIANT: `${whole}L` });
});
afterAll(() => world?.stop());

async function declare(secrets: Record<string, string>): Promise<void> {
  await world.engine.must('POST', '/v3/configs/config/secrets', { project: 'shop', config: 'prd', secrets });
}

const names = Object.keys(HOSTILE).join('\n');

test('outputs carry every value to the byte, and nothing becomes an entry or a command', async () => {
  const { main, report } = await world.runOnce({ secrets: `${names}\nH_LARGE\nH_GIANT` });
  expect(annotationsOf(main, 'error')).toEqual([]);
  expect(report.status).toBe('success');
  const { 'lease-ids': _, 'expires-at': __, 'secret-names': ___, ...outputs } = main.outputs;
  expect(outputs).toEqual({ ...HOSTILE, H_LARGE: LARGEST, H_GIANT: `${LARGEST}L` });
  expect(main.env).toEqual({});
});

test('export-env carries every value to the byte into the environment of later steps', async () => {
  const job = world.job();
  await job.uses({ id: 'secrets', with: world.inputs({ secrets: `${names}\nH_LARGE`, 'export-env': 'true' }) });
  const print = await job.run(`node -e 'process.stdout.write(JSON.stringify(process.env))' | base64 -w0`);
  await job.finish();
  const env = JSON.parse(Buffer.from(print.rawStdout, 'base64').toString()) as Record<string, string>;
  expect(env).toMatchObject({ ...HOSTILE, H_LARGE: LARGEST });
  expect(env).not.toHaveProperty('INJECTED');
});

test('one byte more than an environment can hold is an error by name, and a file takes it', async () => {
  const { main } = await world.runOnce({ secrets: 'H_GIANT', 'export-env': 'true' });
  expect(annotationsOf(main, 'error')[0]).toContain(
    'H_GIANT is too large for the environment (131072 of 131071 bytes)',
  );
  expect(main.outputs).toEqual({});
  const job = world.job();
  await job.uses({ id: 'secrets', with: world.inputs({ secrets: 'H_GIANT', file: 'huge.env' }) });
  expect(readFileSync(join(job.temp, 'huge.env'), 'utf8')).toBe(`H_GIANT="${LARGEST}L"\n`);
  await job.finish();
});

test('a file lies in RUNNER_TEMP for its owner alone, is read by the next step, and is gone after the job', async () => {
  const job = world.job();
  const main = await job.uses({
    id: 'secrets',
    with: world.inputs({ secrets: names, file: 'values.sh', 'file-format': 'shell' }),
  });
  const path = join(job.temp, 'values.sh');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const next = await job.run('. "$RUNNER_TEMP/values.sh"; printf %s "$H_QUOTES" | base64 -w0');
  expect(Buffer.from(next.rawStdout, 'base64').toString()).toBe(HOSTILE['H_QUOTES']);
  expect(JSON.stringify(main.state)).not.toContain('three');
  const report = await job.finish();
  expect(existsSync(path)).toBe(false);
  expect(report.status).toBe('success');
  expect(report.annotations.filter(({ kind }) => kind !== 'notice')).toEqual([]);
});

test('an aws-profile is what the AWS variables make of it', async () => {
  const job = world.job();
  const inputs = {
    secrets: 'AWS_ACCESS_KEY_ID\nAWS_SECRET_ACCESS_KEY',
    file: 'credentials',
    'file-format': 'aws-profile',
  };
  await job.uses({ id: 'secrets', with: world.inputs(inputs) });
  expect(readFileSync(join(job.temp, 'credentials'), 'utf8')).toBe(
    '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = sEcReT/key+\n',
  );
  await job.finish();
});

test('a file in the repository is refused unless git ignores it, and nothing at all is delivered then', async () => {
  const job = world.job();
  execFileSync('git', ['init', '--quiet', job.workspace]);
  const refused = await job.uses({
    id: 'a',
    with: world.inputs({ secrets: 'H_ONE', file: './values.env', 'export-env': 'true' }),
  });
  expect(refused.outcome).toBe('failure');
  expect(annotationsOf(refused, 'error')[0]).toContain('it would lie in a git repository that does not ignore it');
  expect([refused.outputs, refused.env, readdirSync(job.workspace)]).toEqual([{}, {}, ['.git']]);
  await job.finish();

  const other = world.job();
  execFileSync('git', ['init', '--quiet', other.workspace]);
  writeFileSync(join(other.workspace, '.gitignore'), '*.env\n');
  const taken = await other.uses({ id: 'b', with: world.inputs({ secrets: 'H_ONE', file: './values.env' }) });
  expect(taken.outcome).toBe('success');
  const path = join(other.workspace, 'values.env');
  expect(existsSync(path)).toBe(true);
  await other.finish();
  expect(existsSync(path)).toBe(false);
});

test('a changed file outside RUNNER_TEMP is kept with a warning, and the job stays green', async () => {
  const job = world.job();
  const path = join(job.workspace, 'values.env');
  await job.uses({ id: 'secrets', with: world.inputs({ secrets: 'H_ONE', file: './values.env' }) });
  appendFileSync(path, 'MINE="work"\n');
  const report = await job.finish();
  expect(report.status).toBe('success');
  expect(annotationsOf(report.steps.at(-1), 'warning')).toEqual([expect.stringContaining(`${path} has changed since`)]);
  expect(existsSync(path)).toBe(true);
});

test('a failure after the file was written takes it away', async () => {
  const job = world.job();
  const main = await job.uses({
    id: 'secrets',
    with: world.inputs({ secrets: 'H_ONE', file: 'values.env', run: 'exit 1' }),
  });
  expect(main.outcome).toBe('failure');
  expect(readdirSync(job.temp)).toEqual(['_runner_file_commands']);
  await job.finish();
});
