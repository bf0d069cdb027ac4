// One child alone: a script gets the values, and nothing else of the job, the log or the disk ever does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { otherNode } from '../support/nodes.ts';
import type { JobOptions } from '../support/runner/index.ts';
import { annotationsOf, World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

/** Every file below RUNNER_TEMP, command files included. */
function temporaryFiles(folder: string): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path, 'utf8')]);
}

describe.each([...new Set([process.execPath, otherNode()])])('on %s', (node) => {
  const newJob = (options: JobOptions = {}) => world.job({ node, ...options });
  const runOnce = async (inputs: Record<string, string>, options: JobOptions = {}) =>
    world.runOnce(inputs, { node, ...options });

  test('the values reach the script and no output, variable, file or log line', async () => {
    const job = newJob({ debug: true });
    const script =
      'test "${#API_KEY}" -gt 20 && echo "have $API_KEY" && echo "$TLS_KEY" >&2 && printf %s "$API_KEY" | base64';
    const main = await job.uses({ id: 'secrets', with: world.inputs({ run: script }) });
    const later = await job.run('env; echo "${API_KEY-unset}"');
    const report = await job.finish();
    expect(report.status).toBe('success');
    expect(Object.keys(main.outputs).sort()).toEqual(['expires-at', 'lease-ids', 'secret-names']);
    expect(main.env).toEqual({});
    expect(main.rawStderr).toBe('');
    expect(main.log.join('\n')).toContain('have ***');
    expect(later.rawStdout).toMatch(/\nunset\n$/);
    const beforeMasks = main.rawStdout.replace(/^::add-mask::.*$/gm, '');
    for (const [name, value] of Object.entries(world.shop.values)) {
      if (name === 'API_URL') continue;
      for (const line of value.split('\n').filter((part) => part.length >= 4)) {
        expect([name, beforeMasks.includes(line), later.rawStdout.includes(line)]).toEqual([name, false, false]);
        for (const [path, text] of temporaryFiles(job.temp)) expect([path, text.includes(line)]).toEqual([path, false]);
      }
    }
  });

  test('the script sees no token of the step and none of the runner', async () => {
    const oidc = { url: 'http://127.0.0.1:9/?x=1', token: 'runner-token-of-this-job' };
    const { main, report } = await runOnce({ run: 'env', shell: 'sh', secrets: 'API_URL' }, { oidc });
    expect(report.status).toBe('success');
    expect(main.rawStdout).toContain(`\nAPI_URL=${world.shop.values.API_URL}\n`);
    expect(main.rawStdout).not.toMatch(/^(?:INPUT_|STATE_|ACTIONS_ID_TOKEN_|ACTIONS_RUNTIME_|GITHUB_STATE)/m);
    expect(main.rawStdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(world.shop.token);
  });

  test('its exit code fails the step by name, and its lease ends with it', async () => {
    const job = newJob();
    const main = await job.uses({
      id: 'secrets',
      with: world.inputs({ dynamic: 'APP_DB', run: 'echo "$APP_DB_USERNAME" | wc -c; exit 7' }),
    });
    expect(main.outcome).toBe('failure');
    expect(annotationsOf(main, 'error')).toEqual(['The script of run ended with exit code 7.']);
    expect(main.rawStdout).toContain('1 leased, 1 revoked, 0 left');
    expect(await world.leasedRoles()).toEqual([]);
    expect((await job.finish()).status).toBe('failure');
  });

  test('the lease of a script that went well ends before the next step', async () => {
    const job = newJob();
    await job.uses({
      id: 'secrets',
      with: world.inputs({ dynamic: 'APP_DB', secrets: 'API_KEY', run: 'test -n "$APP_DB_URL"' }),
    });
    expect(await world.leasedRoles()).toEqual([]);
    const report = await job.finish();
    expect(report.status).toBe('success');
  });

  test('what the script does by command files and commands counts, but it cannot write the state of post', async () => {
    const script = [
      'echo "made=by-script" >> "$GITHUB_OUTPUT"',
      'echo "LATER=on" >> "$GITHUB_ENV"',
      'echo "::warning::from the script"',
      `echo '::save-state name=handoff::{"v":1,"apiUrl":"http://127.0.0.1:9"}'`,
      `echo '##[save-state name=file]{"path":"/etc/hostname","isTemporary":true}'`,
      'echo "::stop-commands::no-more-commands"',
      'exit 4',
    ].join('\n');
    const { main, post } = await runOnce({ run: script, dynamic: 'APP_DB', secrets: 'API_KEY' });
    expect(main.outputs['made']).toBe('by-script');
    expect(main.env).toEqual({ LATER: 'on' });
    expect(annotationsOf(main, 'warning')).toEqual(['from the script']);
    // Heard although the script had switched commands off.
    expect(annotationsOf(main, 'error')).toEqual(['The script of run ended with exit code 4.']);
    expect(Object.keys(main.state)).toEqual(['handoff']);
    expect(main.state['handoff']).toContain(world.engine.url);
    expect(post?.outcome).toBe('success');
    expect(await world.leasedRoles()).toEqual([]);
  });

  test('a cancelled job ends the script and all that it started, and the lease with them', async () => {
    const job = newJob();
    const script = 'trap "echo cleaned up; exit 1" INT; echo started; for ((i = 0; i < 600; i++)); do sleep 0.05; done';
    const main = await job.cancelDuring(/^started/, () =>
      job.uses({ id: 'secrets', with: world.inputs({ dynamic: 'APP_DB', secrets: 'API_KEY', run: script }) }),
    );
    expect(main.rawStdout).toContain('cleaned up\n');
    expect(main.signals).toEqual(['SIGINT']);
    expect(annotationsOf(main, 'error')[0]).toContain(
      'The job was cancelled. Leases rolled back: 1 leased, 1 revoked, 0 left.',
    );
    const report = await job.finish();
    expect(report.status).toBe('cancelled');
    expect(report.orphans).toEqual([]);
    expect(await world.leasedRoles()).toEqual([]);
  });

  test('a script with a file beside it finds the file, which a failure takes away at once', async () => {
    const job = newJob();
    const inputs = {
      file: 'values.json',
      'file-format': 'json',
      run: 'cat "$RUNNER_TEMP/values.json" | wc -l; exit 3',
      shell: 'bash',
    };
    const main = await job.uses({ id: 'secrets', with: world.inputs(inputs) });
    expect(main.rawStdout).toContain('\n1\n');
    expect(readdirSync(job.temp)).toEqual(['_runner_file_commands']);
    expect(main.state).toEqual({ file: '' });
    await job.finish();
  });

  test.each([
    [{ 'export-env': 'true' }, 'run gives values to one child alone'],
    [{ shell: 'fish' }, 'shell is none of'],
    [{ 'working-directory': 'not/there' }, 'not/there is no folder'],
  ])('refuses %j', async (inputs, message) => {
    const { main, report } = await runOnce({ run: 'echo ran', ...inputs });
    expect(report.status).toBe('failure');
    expect(annotationsOf(main, 'error')[0]).toContain(message);
    expect(main.rawStdout).not.toMatch(/^ran$/m);
  });
});
