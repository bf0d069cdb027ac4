// An engine with a throwaway store on http://127.0.0.1:8090: made, served until Ctrl-C, and gone afterwards.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLI = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', 'src/cli.ts'];
const folder = mkdtempSync(join(tmpdir(), 'secrets-dev-'));
const data = join(folder, 'data');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let serving;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => (serving ? serving.kill(signal) : process.exit(130)));
}

const made = spawnSync(process.execPath, [...CLI, 'init', '--dev', '--data', data], { stdio: 'inherit' });
if (made.status !== 0) process.exit(made.status ?? 1);
serving = spawn(process.execPath, [...CLI, 'serve', '--data', data, ...process.argv.slice(2)], { stdio: 'inherit' });
serving.on('exit', (code) => process.exit(code ?? 1));
