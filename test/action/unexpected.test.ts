// What nobody foresaw, in the process of main and of post: one line of ours, never Node's stack, never a green step.
import { resolve } from 'node:path';
import { startFarSide } from '../support/far-side.ts';
import { Job } from '../support/runner/index.ts';

const bomb = (ms: number) =>
  `--import=data:text/javascript,${encodeURIComponent(`setTimeout(()=>{throw new Error('planted-stack')},${ms})`)}`;

test('in main it fails the step with one error line', async () => {
  const silent = await startFarSide([{ answer: { kind: 'silent' } }]);
  await using job = new Job({ actionDir: resolve('.') });
  const main = await job.uses({
    env: { NODE_OPTIONS: bomb(200) },
    with: { token: `dp.st.dev.${'a'.repeat(43)}`, 'api-url': silent.url, timeout: '3s' },
  });
  await job.finish();
  await silent.close();
  expect(main.exitCode).toBe(1);
  expect(main.rawStderr).toBe('');
  expect(main.rawStdout).toMatch(/^::error::secrets-action met an error that it did not expect\./m);
  expect(main.rawStdout).not.toContain('planted-stack');
  expect(main.durationMs).toBeLessThan(3000);
});

test('an await of main that never ends fails the step, although nothing is left to run', async () => {
  const answering = await startFarSide([
    {
      answer: { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: '{"secrets":{}}' },
    },
  ]);
  await using job = new Job({ actionDir: resolve('.') });
  const main = await job.uses({
    // What load waits for before it reads its second half.
    env: { NODE_OPTIONS: '--import=data:text/javascript,globalThis.setImmediate=()=>{}' },
    with: { token: `dp.st.dev.${'a'.repeat(43)}`, 'api-url': answering.url },
  });
  await job.finish();
  await answering.close();
  expect(main.exitCode).toBe(1);
  expect(main.rawStdout).toContain('::error::secrets-action ended before its work was done.\n');
});

test('in post it is a warning, and the job stays green', async () => {
  await using job = new Job({ actionDir: resolve('.') });
  const silent = await startFarSide([
    {
      path: '/v3/configs/config/secrets',
      answer: {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/json', 'secrets-engine': '1.0.0; leases' },
        body: JSON.stringify({
          secrets: Object.fromEntries(
            ['DOPPLER_PROJECT', 'DOPPLER_CONFIG'].map((name) => [
              name,
              { raw: 'x', computed: 'x', note: '', rawVisibility: 'unmasked', computedVisibility: 'unmasked' },
            ]),
          ),
        }),
      },
    },
    {
      method: 'POST',
      answer: {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          success: true,
          id: 'i',
          expires_at: new Date(Date.now() + 60_000).toISOString(),
          value: { DB_URL: 'postgres://planted' },
        }),
      },
    },
    // Not over when the planted error comes, and then soon.
    { method: 'DELETE', answer: { kind: 'drip', body: '{"success":true}', everyMs: 100 } },
  ]);
  let stage = 0;
  await job.uses({
    env: () => (stage++ === 0 ? {} : { NODE_OPTIONS: bomb(100) }),
    with: { token: `dp.st.dev.${'a'.repeat(43)}`, 'api-url': silent.url, dynamic: 'DB' },
  });
  const report = await job.finish();
  await silent.close();
  const post = report.steps.at(-1);
  expect(report.status).toBe('success');
  expect(post?.rawStderr).toBe('');
  expect(post?.rawStdout).toContain('::warning::Revoking met an error that it did not expect.');
  expect(post?.rawStdout).not.toContain('planted-stack');
}, 60_000);
