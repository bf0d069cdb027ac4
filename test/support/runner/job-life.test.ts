// The life of a job: conditions, posts, cancellation, time-outs, shutdown, what is left running.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOrphans, Job, type JobOptions } from './index.ts';
import { type FakeAction, fakeAction } from './fake-action.ts';

const made: (FakeAction | Job)[] = [];
const QUICK = { interruptMs: 150, terminateMs: 150, pipeMs: 300 };

afterEach(async () => {
  for (const each of made.splice(0)) await ('dir' in each ? each.remove() : each.dispose());
});

function jobOf(parts: Parameters<typeof fakeAction>[0], options: JobOptions = {}): Job {
  const action = fakeAction(parts);
  const job = new Job({ actionDir: action.dir, patience: QUICK, ...options });
  made.push(action, job);
  return job;
}

const POST = "console.log(`post ${process.env.INPUT_WHO} ${process.env.STATE_id ?? 'none'}`);";
const SAVE =
  "import { appendFileSync } from 'node:fs'; appendFileSync(process.env.GITHUB_STATE, 'id=' + process.env.INPUT_WHO + '\\n');";
const INPUT = '  who:\n    default: nobody';
const posts = (report: { steps: readonly { kind: string; rawStdout: string }[] }) =>
  report.steps.filter(({ kind }) => kind === 'post').map(({ rawStdout }) => rawStdout.trim());

test('posts run in reverse order, each with its own state, inputs read again', async () => {
  const job = jobOf({ main: SAVE, post: POST, inputs: INPUT });
  await job.uses({ with: ({ env }) => ({ who: env['W'] ?? 'first' }) });
  await job.uses({ with: { who: 'second' } });
  await job.run('echo W=changed >> "$GITHUB_ENV"');
  expect(posts(await job.finish())).toEqual(['post second second', 'post changed first']);
});

test.each([
  ['fails', 'process.exitCode = 1;', 1],
  ['throws while it loads', "import 'not-there';", 1],
])('post runs when main %s', async (_name, main, exitCode) => {
  const job = jobOf({ main, post: POST, inputs: INPUT });
  expect(await job.uses()).toMatchObject({ outcome: 'failure', exitCode });
  const report = await job.finish();
  expect(report.status).toBe('failure');
  expect(posts(report)).toEqual(['post nobody none']);
});

test('post runs when the inputs of main could not be evaluated', async () => {
  let calls = 0;
  const job = jobOf({ main: SAVE, post: POST, inputs: INPUT });
  const throwing = () => {
    if (calls++ === 0) throw new Error('no such context');
    return { who: 'late' };
  };
  expect(await job.uses({ with: throwing })).toMatchObject({ outcome: 'failure', exitCode: undefined });
  expect(posts(await job.finish())).toEqual(['post late none']);
});

test('a skipped main has no post, and later steps are skipped after a failure unless they say otherwise', async () => {
  const job = jobOf({ main: SAVE, post: POST, inputs: INPUT });
  await job.run('exit 1');
  expect((await job.uses()).outcome).toBe('skipped');
  expect((await job.run('echo ran', { if: () => true })).rawStdout).toBe('ran\n');
  expect((await job.run('echo ran', { if: ({ status }) => status === 'failure' })).outcome).toBe('success');
  expect(posts(await job.finish())).toEqual([]);
});

test('post-if is heeded', async () => {
  const job = jobOf({ main: '', post: POST, runs: '  post-if: success()' });
  await job.uses();
  await job.run('exit 1');
  expect(posts(await job.finish())).toEqual([]);
});

test('a failing post fails a job that went well; its outputs are dropped', async () => {
  const post =
    "import { appendFileSync } from 'node:fs'; appendFileSync(process.env.GITHUB_OUTPUT, 'x=1\\n'); process.exitCode = 2;";
  const job = jobOf({ main: '', post });
  await job.uses({ id: 'a' });
  expect(job.status).toBe('success');
  const report = await job.finish();
  expect(report.status).toBe('failure');
  expect(report.steps.at(-1)).toMatchObject({ kind: 'post', outputs: {}, exitCode: 2 });
});

test('continue-on-error keeps the job green', async () => {
  const job = jobOf({ main: 'process.exitCode = 1;' });
  expect(await job.uses({ continueOnError: true })).toMatchObject({ outcome: 'failure', conclusion: 'success' });
  expect((await job.finish()).status).toBe('success');
});

test('cancel: state written before counts, always() steps and posts run, others do not', async () => {
  const job = jobOf({
    main: `${SAVE} console.log('working'); setInterval(() => {}, 1000);`,
    post: POST,
    inputs: INPUT,
  });
  const main = await job.cancelDuring(/^working$/, () => job.uses({ with: { who: 'me' } }));
  expect(main).toMatchObject({ outcome: 'cancelled', exitCode: 130, signals: ['SIGINT'] });
  expect(main.log.at(-1)).toBe('##[error]The operation was canceled.');
  expect((await job.run('echo no')).outcome).toBe('skipped');
  expect((await job.run('echo yes', { if: () => true })).outcome).toBe('success');
  const report = await job.finish();
  expect(report.status).toBe('cancelled');
  expect(posts(report)).toEqual(['post me me']);
});

test('cancel by a promise reaches a process that ignores every polite signal', async () => {
  const stubborn =
    "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name)); console.log('deaf'); setInterval(() => {}, 1000);";
  const action = fakeAction({
    main: `${stubborn} (await import('node:fs')).writeFileSync(process.env.DEAF, '');`,
    post: POST,
  });
  const flag = join(action.dir, 'deaf');
  const job = new Job({ actionDir: action.dir, patience: { interruptMs: 2000, terminateMs: 2000, pipeMs: 2000 } });
  made.push(action, job);
  const heard = (async () => {
    while (!existsSync(flag)) await new Promise((resolve) => setTimeout(resolve, 20));
  })();
  const main = await job.cancelDuring(heard, () => job.uses({ env: { DEAF: flag } }));
  expect(main).toMatchObject({ exitCode: 137, signals: ['SIGINT', 'SIGTERM', 'SIGKILL'] });
  expect(main.rawStdout).toBe('deaf\nSIGINT\nSIGTERM\n');
  expect(posts(await job.finish())).toEqual(['post undefined none']);
});

test('a trigger that never fires cancels nothing, also not a later step', async () => {
  const job = jobOf({ main: "console.log('one')" });
  expect((await job.cancelDuring(/two/, () => job.uses())).outcome).toBe('success');
  expect((await job.run('echo two')).outcome).toBe('success');
});

test('a step that runs out of time fails, and its post still runs', async () => {
  const job = jobOf({ main: 'setInterval(() => {}, 1000);', post: POST });
  // Its post has as long, and needs less.
  const main = await job.uses({ timeoutMs: 5000 });
  expect(main).toMatchObject({ outcome: 'failure', signals: ['SIGINT'] });
  const report = await job.finish();
  expect([report.status, posts(report)]).toEqual(['failure', ['post undefined none']]);
});

test('shutdown: no later step and no post runs', async () => {
  const job = jobOf({ main: "console.log('working'); setInterval(() => {}, 1000);", post: POST });
  await job.shutDownDuring(/working/, () => job.uses());
  expect((await job.run('echo no', { if: () => true })).outcome).toBe('skipped');
  const report = await job.finish();
  expect(posts(report)).toEqual([]);
  expect(report.steps.map(({ outcome }) => outcome)).toEqual(['cancelled', 'skipped']);
});

test('a detached process outlives its step and ends with the job, after post', async () => {
  const main = `
    import { spawn } from 'node:child_process';
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env: { PATH: process.env.PATH, RUNNER_TRACKING_ID: process.env.RUNNER_TRACKING_ID } });
    console.log('::notice::' + child.pid + ' ' + process.env.RUNNER_TRACKING_ID);
    child.unref();`;
  const post = "console.log('in post')";
  const job = jobOf({ main, post });
  const [pid, trackingId] = ((await job.uses()).annotations[0]?.message ?? '').split(' ');
  expect(findOrphans(trackingId ?? '')).toEqual([Number(pid)]);
  const report = await job.finish();
  expect(report.orphans).toEqual([Number(pid)]);
  expect(findOrphans(trackingId ?? '')).toEqual([]);
  expect(report.log.indexOf('in post')).toBeLessThan(report.log.indexOf(`Terminate orphan process: pid (${pid})`));
});

test('the steps of a job do not overlap', async () => {
  const job = jobOf({ main: '' });
  const first = job.run('sleep 0.1');
  await expect(job.run('echo')).rejects.toThrow('one after the other');
  expect((await first).outcome).toBe('success');
});
