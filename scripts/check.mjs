// Everything that must be true of the sources beside their tests: format, lint, types, architecture, dist and docs freshness.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const node = process.execPath;
const bin = (name) => `node_modules/${name}`;

/** So that a script may import the sources themselves. */
const SOURCES = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'];

const CHECKS = [
  ['format', [bin('@biomejs/biome/bin/biome'), 'format', '.']],
  [
    'lint',
    [
      bin('eslint/bin/eslint.js'),
      '--max-warnings=0',
      'src',
      'test',
      'examples',
      ...['provider', 'bench'].filter(hasSources),
    ],
  ],
  ['types', [bin('typescript/bin/tsc'), '--noEmit']],
  ['architecture', ['--experimental-vm-modules', bin('jest/bin/jest.js'), '--silent', 'test/architecture.test.ts']],
  ['dist', ['scripts/build.mjs', '--check']],
  ['docs', ['scripts/docs.mjs', '--check']],
  ['provider docs', [...SOURCES, 'scripts/provider-docs.mjs', '--check']],
  ['constructs', [...SOURCES, 'scripts/constructs.mjs', '--check']],
  ['construct docs', ['scripts/constructs-docs.mjs', '--check']],
];

function hasSources(folder) {
  return existsSync(`${folder}/run.ts`) || existsSync(`${folder}/main.ts`);
}

let failed = 0;
for (const [name, args] of CHECKS) {
  const started = performance.now();
  const run = spawnSync(node, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const ok = run.status === 0;
  if (!ok) {
    failed += 1;
    process.stdout.write(`${run.stdout ?? ''}${run.stderr ?? ''}`);
  }
  console.log(`check ${name} ${ok ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
console.log(`check: ${CHECKS.length - failed} ok, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
