// What one step leaves for the next: environment, outputs, masks, files, and what of it shows.
import { existsSync, readFileSync } from 'node:fs';
import { type FakeAction, fakeAction } from './fake-action.ts';
import { Job, type JobOptions } from './index.ts';

const made: (FakeAction | Job)[] = [];

afterEach(async () => {
  for (const each of made.splice(0)) await ('dir' in each ? each.remove() : each.dispose());
});

function jobOf(main: string, options: JobOptions & { inputs?: string } = {}): Job {
  const { inputs, ...rest } = options;
  const action = fakeAction({ main: `import { appendFileSync } from 'node:fs';\n${main}`, ...(inputs && { inputs }) });
  const job = new Job({ actionDir: action.dir, ...rest });
  made.push(action, job);
  return job;
}

const write = (kind: string, text: string) => `appendFileSync(process.env.GITHUB_${kind}, ${JSON.stringify(text)});`;

test('exports, prepends and outputs reach later steps', async () => {
  const job = jobOf(
    write('ENV', 'A=1\nGITHUB_SHA=mine\n') + write('PATH', '/first\n/second\n') + write('OUTPUT', 'Out=7\n'),
  );
  await job.uses({ id: 'it' });
  const step = await job.run((context) => `echo "$A $GITHUB_SHA \${PATH%%:/usr*} ${context.output('it', 'OUT')}"`);
  expect(step.rawStdout).toMatch(/^1 0123456789abcdef\w+ \/second:\/first.* 7\n$/);
});

test('outputs of a step without id are dropped', async () => {
  const job = jobOf(write('OUTPUT', 'x=1\n'));
  expect((await job.uses()).outputs).toEqual({});
  expect((await job.uses({ id: 'a' })).outputs).toEqual({ x: '1' });
});

test('files count although the step fails, and a bad line fails a step that went well', async () => {
  const job = jobOf(`${write('ENV', 'A=1\n')}process.exitCode = 1;`);
  expect(await job.uses()).toMatchObject({ outcome: 'failure', env: { A: '1' } });
  const other = jobOf(write('ENV', 'A=1\nbad\nB=2\n') + write('OUTPUT', 'x=1\n'));
  const step = await other.uses({ id: 'a' });
  expect(step).toMatchObject({ outcome: 'failure', exitCode: 0, env: { A: '1' }, outputs: { x: '1' } });
  expect(step.annotations[0]?.message).toBe("Unable to process file command 'env' successfully.");
});

test('NODE_OPTIONS is refused without failing the step', async () => {
  const step = await jobOf(write('ENV', 'NODE_OPTIONS=--inspect\nA=1\n')).uses();
  expect(step).toMatchObject({ outcome: 'success', env: { A: '1' } });
  expect(step.annotations).toEqual([expect.objectContaining({ kind: 'error' })]);
});

test('a mask on stdout comes too late for stderr of the same step, and holds in every later header', async () => {
  const job = jobOf(
    `console.log('::add-mask::hunter22'); console.error('leak hunter22');${write('ENV', 'A=hunter22\n')}`,
  );
  const leaking = await job.uses();
  expect(leaking.log).toContain('leak hunter22');
  const later = await job.run('echo "$A"', { env: { B: 'x-hunter22' } });
  expect(later.log).toEqual(expect.arrayContaining(['  A: ***', '  B: x-***', '***']));
  expect(later.log.join()).not.toContain('hunter22');
});

test('with: and secrets: masked in the header, inputs in upper case with defaults, unknown ones warned of', async () => {
  const script =
    "console.log(JSON.stringify(Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_'))));";
  const job = jobOf(script, {
    inputs: '  api-url:\n    default: here\n  two words:\n  gone:',
    secrets: { T: ' tok-123\n' },
  });
  const step = await job.uses({ with: ({ secrets }) => ({ 'Two Words': `${secrets['T']}`, other: 'x' }) });
  expect(JSON.parse(step.rawStdout)).toEqual([
    ['INPUT_TWO_WORDS', ' tok-123\n'],
    ['INPUT_OTHER', 'x'],
    ['INPUT_API-URL', 'here'],
    ['INPUT_GONE', ''],
  ]);
  expect(step.log.join('\n')).not.toContain('tok-123');
  expect(step.annotations).toEqual([
    expect.objectContaining({ kind: 'warning', message: expect.stringContaining("'other'") }),
  ]);
});

test('the environment is clean, marked as a runner, and its own files are named in it', async () => {
  process.env['PLANTED_OUTSIDE'] = 'x';
  const step = await jobOf('console.log(JSON.stringify(process.env))', {
    oidc: { url: 'http://x/?a=1', token: 'oidc-token' },
  }).uses();
  delete process.env['PLANTED_OUTSIDE'];
  const env = JSON.parse(step.rawStdout) as Record<string, string>;
  expect(env).toMatchObject({ GITHUB_ACTIONS: 'true', CI: 'true', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-token' });
  expect(env['PLANTED_OUTSIDE']).toBeUndefined();
  expect(env['NODE_OPTIONS']).toBeUndefined();
  expect(env['GITHUB_ENV']).toContain('_runner_file_commands/set_env_');
  expect(step.log.join()).not.toContain('oidc-token');
});

test('command files lie on disk after the step until the job is disposed of', async () => {
  const job = jobOf(write('OUTPUT', 'x=plaintext\n'));
  const { files } = await job.uses({ id: 'a' });
  await job.finish();
  const path = files.GITHUB_OUTPUT ?? '';
  expect(readFileSync(path, 'utf8')).toContain('plaintext');
  await job.dispose();
  expect(existsSync(path)).toBe(false);
});

test('a summary is uploaded masked and stays raw on disk', async () => {
  const job = jobOf(`console.log('::add-mask::hunter22');${write('STEP_SUMMARY', '# hunter22\n')}`);
  const step = await job.uses();
  expect(step.summary).toBe('# ***\n');
  expect(readFileSync(step.files.GITHUB_STEP_SUMMARY ?? '', 'utf8')).toBe('# hunter22\n');
});

test('job outputs that hold a masked text are left out with a warning', async () => {
  const job = jobOf("console.log('::add-mask::hunter22');");
  await job.uses();
  const report = await job.finish({ outputs: () => ({ bad: 'x hunter22', good: 'fine', empty: '' }) });
  expect(report.outputs).toEqual({ good: 'fine' });
  expect(report.annotations).toEqual([
    expect.objectContaining({ kind: 'warning', message: "Skip output 'bad' since it may contain secret." }),
  ]);
});

test('step debug prints what is set, masked, and tells the process', async () => {
  const main = `console.log('::add-mask::hunter22');${write('OUTPUT', 'o=hunter22\n')}${write('STATE', 's=open\n')}${write('ENV', 'E=hunter22\n')}console.log(process.env.RUNNER_DEBUG);`;
  const step = await jobOf(main, { debug: true }).uses({ id: 'a' });
  expect(step.log).toEqual(
    expect.arrayContaining([
      '1',
      '::add-mask::***',
      "##[debug]E='***'",
      '##[debug]Save intra-action state s = open',
      '##[debug]Set output o = ***',
    ]),
  );
  const quiet = await jobOf(main).uses({ id: 'a' });
  expect(quiet.log.join('\n')).not.toMatch(/debug|add-mask/);
});

test('a variable that is too long keeps every later step from starting', async () => {
  const job = jobOf(`appendFileSync(process.env.GITHUB_ENV, 'V=' + 'v'.repeat(131070) + '\\n');`);
  await job.uses();
  expect(await job.run(':')).toMatchObject({ outcome: 'failure', startError: 'E2BIG' });
});
