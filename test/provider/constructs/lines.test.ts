// The built library on both lines of CDK for Terraform: the same stack, the same files, the same types, on every Node it is for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeOf } from '../../story/page.ts';
import { otherNode } from '../../support/nodes.ts';
import { temporaryFolder } from '../../support/temp.ts';

const LINES = ['cdktf', 'cdktn'] as const;
type Line = (typeof LINES)[number];
const BUILT = 'lib/constructs';
const ENTRY = 'provider/constructs/index';

/** In a process of its own and without the condition of the sources, as a user's program runs. */
function run(node: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: temporaryFolder() };
  const { status, stdout, stderr } = spawnSync(node, args, { cwd, env: { ...inherited, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => void run(process.execPath, ['scripts/build-constructs.mjs'], process.cwd()));

describe('the example', () => {
  const FILES = ['main.ts', 'shop-stack.ts', 'cdktf.json'];
  const read = (line: Line, file: string) => readFileSync(join('examples', line, file), 'utf8');

  test('is the same text on both lines, but for the packages that it imports', () => {
    const named = (text: string) =>
      text.replace("'cdktf'", "'cdktn'").replace('secrets-action/cdktf', 'secrets-action/cdktn');
    for (const file of FILES) expect(read('cdktn', file)).toBe(named(read('cdktf', file)));
  });

  test('writes the same configuration and the same workflow on both lines, apart from what each notes of itself', () => {
    const cwd = temporaryFolder();
    const [first, second] = LINES.map((line) => {
      const outdir = temporaryFolder();
      run(process.execPath, [resolve('examples', line, 'main.ts')], cwd, { CDKTF_OUTDIR: outdir });
      const { '//': notes, ...written } = JSON.parse(readFileSync(join(outdir, 'stacks/shop/cdk.tf.json'), 'utf8'));
      const { metadata, ...rest } = notes;
      return { metadata, rest, written, workflow: readFileSync(join(outdir, 'stacks/shop/deploy.yml'), 'utf8') };
    });
    expect([first?.metadata.version, second?.metadata.version]).toEqual(['0.21.0', '0.24.0']);
    expect(Object.keys(first?.written.resource)).toHaveLength(10);
    expect({ ...first, metadata: 0 }).toEqual({ ...second, metadata: 0 });
  });
});

describe.each(LINES)('the build for %s', (line) => {
  test('imports its own line, constructs and itself, and nothing else', () => {
    const files = readdirSync(join(BUILT, line), { recursive: true, encoding: 'utf8' });
    const packages = files
      .filter((file) => /\.(js|d\.ts)$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(BUILT, line, file), 'utf8').matchAll(/^(?:import|export)\b[^;]*?from ['"]([^'"]+)['"]/gm),
      ])
      .map(([, name = '']) => name);
    expect(packages.length).toBeGreaterThan(100);
    expect(new Set(packages.filter((name) => !/^[.#]/.test(name)))).toEqual(new Set(['constructs', line]));
    expect(packages.filter((name) => name.endsWith('.ts'))).toEqual([]);
  });

  test.each(['import', 'require'])('runs on another Node by %s', (how) => {
    const load = how === 'import' ? `await import('secrets-action/${line}')` : `require('secrets-action/${line}')`;
    const script = `(async () => {
      const { App, TerraformStack } = require('${line}');
      const { Project, SecretsProvider, SecretValue } = ${load};
      const stack = new TerraformStack(new App(), 'app');
      new SecretsProvider(stack, 'secrets');
      new Project(stack, 'shop', { name: 'shop' }).addEnvironment('prd').config
        .addSecret('A', { value: SecretValue.generated() });
      console.log(JSON.stringify(Object.keys(stack.toTerraform().resource)));
    })()`;
    const said = run(otherNode(), ['-e', script], process.cwd());
    expect(JSON.parse(said)).toEqual(['secrets_project', 'secrets_environment', 'secrets_secret']);
  });
});

test('the declarations of both lines let the examples through and refuse what the sources refuse', () => {
  const folder = mkdtempSync('lib/types-');
  try {
    const text = readFileSync('test/provider/constructs/does-not-compile.ts', 'utf8');
    for (const line of LINES) {
      const imported = text
        .replace("'cdktf'", `'${line}'`)
        .replace('#provider/constructs/index.js', `secrets-action/${line}`);
      writeFileSync(join(folder, `${line}.ts`), imported);
    }
    // The stack of the page for platform engineers compiles as it stands there; it is run below.
    const [page = ''] = codeOf('docs/platform.md', 'ts');
    writeFileSync(join(folder, 'platform.ts'), page);
    const paths = LINES.map((line) => [`secrets-action/${line}`, [resolve(BUILT, line, `${ENTRY}.d.ts`)]]);
    const config = {
      extends: resolve('tsconfig.json'),
      compilerOptions: { rootDir: process.cwd(), types: ['node'], paths: Object.fromEntries(paths) },
      include: ['*.ts', resolve('examples/cdktf/*.ts'), resolve('examples/cdktn/*.ts')],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder], process.cwd());
    const planted = join(folder, 'cdktn.ts');
    writeFileSync(planted, readFileSync(planted, 'utf8').replace("value: 'hunter2'", 'value'));
    const again = () =>
      run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder], process.cwd());
    expect(again).toThrow(/cdktn\.ts\(\d+,\d+\): error TS2578/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the stack of docs/platform.md synthesizes, and its workflow leases what it declares', () => {
  const folder = mkdtempSync('lib/page-');
  try {
    const [page = ''] = codeOf('docs/platform.md', 'ts');
    writeFileSync(join(folder, 'main.ts'), page);
    run(process.execPath, ['main.ts'], folder);
    expect(readFileSync(join(folder, 'deploy.yml'), 'utf8')).toMatch(/dynamic: DEPLOY\n/);
    const written = JSON.parse(readFileSync(join(folder, 'cdktf.out/stacks/shop/cdk.tf.json'), 'utf8'));
    expect(Object.keys(written.resource).sort()).toEqual([
      'secrets_dynamic_secret_aws_sts',
      'secrets_environment',
      'secrets_integration_aws',
      'secrets_oidc_identity',
      'secrets_project',
      'secrets_secret',
      'secrets_service_account',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
