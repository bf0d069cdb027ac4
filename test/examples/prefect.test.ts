// The Prefect example as its README tells it: its shell lines declare, its flow reads, against the engine in its own process.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Consumer, testWith } from '../support/consumer.ts';
import { EngineProcess, initEngine, removeEngine } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/temp.ts';

const EXAMPLE = resolve('examples/prefect');
const PYTHON: Consumer = {
  name: 'curl, or Python with python-dotenv, pydantic-settings and requests',
  command: 'sh',
  probe: ['-c', 'curl --version && python3 -c "import dotenv, pydantic_settings, requests"'],
};
const run = promisify(execFile);

/** Folders that stand in for packages which this machine does not have, and says so. */
function standIns(): string {
  const packages = [
    ['doppler-sdk', 'dopplersdk'],
    ['prefect', 'prefect'],
  ] as const;
  const missing = packages.filter(([, module]) => spawnSync('python3', ['-c', `import ${module}`]).status !== 0);
  for (const [name] of missing) process.stderr.write(`${name} is not on this machine: a stand-in sends its request.\n`);
  return missing.map(([name]) => resolve('test/support/python', name)).join(':');
}

/** The shell lines of the README that declare: those with `post`. */
function declaration(): string {
  const blocks = [...readFileSync(`${EXAMPLE}/README.md`, 'utf8').matchAll(/```sh\n([^]*?)```/g)];
  const lines = blocks.map(([, block = '']) => block).find((block) => block.includes('post()')) ?? '';
  return lines.replace(/^export .*\n/, '');
}

testWith(PYTHON, 'the README declares, the flow reads, and no value is printed on the way', async () => {
  const folder = temporaryFolder();
  const engine = await EngineProcess.start(await initEngine(folder));
  try {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '/',
      PREFECT_HOME: folder,
      PYTHONPATH: standIns(),
      PYTHONDONTWRITEBYTECODE: '1',
      DOPPLER_API: engine.url,
    };
    const shell = { ...env, SECRETS_URL: engine.url, SECRETS_TOKEN: engine.folder.adminToken };
    const declared = await run('bash', ['-euc', declaration()], { env: shell });
    const key = /"key":"(dp\.st\.dev\.[A-Za-z0-9]+)"/.exec(declared.stdout)?.[1] ?? 'no key';
    const saved = await run('python3', ['block.py', key], { cwd: EXAMPLE, env });
    const flow = await run('python3', ['my_flow.py'], { cwd: EXAMPLE, env });
    expect(flow.stdout).toContain('the key has 10 characters');
    for (const { stdout, stderr } of [saved, flow]) {
      expect(stdout + stderr).not.toContain('1234567890');
      expect(stdout + stderr).not.toContain(key);
    }
  } finally {
    await engine.stop();
    removeEngine(engine.folder);
  }
});
