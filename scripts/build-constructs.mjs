// Builds the construct library once and lays it out for both lines of CDK for Terraform. `--out DIR` puts it elsewhere.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LINES = ['cdktf', 'cdktn'];
/** The only files that name the line they are written against. */
const ENGINE = ['provider/constructs/engine.js', 'provider/constructs/engine.d.ts'];

function compile(stage) {
  const args = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.constructs.json', '--noCheck', '--outDir', stage];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The constructs cannot be compiled:\n${stdout}${stderr}`);
  // The compiler rewrites the ends of imports in code, not in declarations.
  for (const file of readdirSync(stage, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(stage, file), 'utf8');
    writeFileSync(join(stage, file), text.replaceAll(/(['"])(\.[^'"]*)\.ts\1/g, '$1$2.js$1'));
  }
  // A scope of its own, so that `#core` means the files beside it wherever the package lies.
  const scope = { type: 'module', imports: { '#core/*.js': './src/core/*.js' } };
  writeFileSync(join(stage, 'package.json'), JSON.stringify(scope));
}

function layOut(stage, line, out) {
  cpSync(stage, out, { recursive: true });
  for (const file of ENGINE) {
    const text = readFileSync(join(out, file), 'utf8');
    const found = text.match(/(['"])cdktf\1/g) ?? [];
    if (found.length !== 1) throw new Error(`${file} names cdktf ${found.length} times, and not once.`);
    writeFileSync(join(out, file), text.replace(/(['"])cdktf\1/, `'${line}'`));
  }
}

const at = process.argv.indexOf('--out');
const out = resolve(at > 0 ? (process.argv[at + 1] ?? '') : join(ROOT, 'lib/constructs'));
mkdirSync(join(ROOT, 'lib'), { recursive: true });
const stage = mkdtempSync(join(ROOT, 'lib/stage-'));
try {
  compile(join(stage, 'one'));
  for (const line of LINES) layOut(join(stage, 'one'), line, join(stage, 'all', line));
  rmSync(out, { recursive: true, force: true });
  // Copied: what is renamed stays in its file system.
  cpSync(join(stage, 'all'), out, { recursive: true });
  console.log(`constructs: ${out}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}
