// The real terraform in a folder of its own: temporary home, no network, no caches.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temp.ts';

export const SOURCE = 'example.test/org/demo';
const found = spawnSync('terraform', ['version', '-json'], {
  encoding: 'utf8',
  env: { PATH: process.env['PATH'], CHECKPOINT_DISABLE: '1' },
});
export const terraformVersion =
  found.status === 0 ? (JSON.parse(found.stdout) as { terraform_version: string }).terraform_version : undefined;

/** `describe` where terraform is installed; elsewhere it is skipped and says so where nobody can overlook it. */
export function describeTerraform(name: string, body: () => void): void {
  if (terraformVersion !== undefined) return describe(name, body);
  process.stderr.write(`\n!!! terraform is not installed: "${name}" was NOT tested !!!\n\n`);
  describe.skip(name, body);
}

export type Ran = { code: number | null; out: string };

export class Terraform {
  readonly folder = temporaryFolder();
  readonly env: Record<string, string>;

  constructor(extra: Record<string, string> = {}) {
    const config = join(this.folder, 'cli.tfrc');
    writeFileSync(config, 'disable_checkpoint = true\n');
    this.env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      TMPDIR: '/tmp',
      TF_CLI_CONFIG_FILE: config,
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      ...extra,
    };
    mkdirSync(join(this.folder, 'work'));
  }

  /** Uses a plugin binary: a wrapper that becomes `node` running `roof`. */
  override(node: string, args: readonly string[]): void {
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    const wrapper = join(bin, 'terraform-provider-demo');
    writeFileSync(wrapper, `#!/bin/sh\nexec "${node}" ${args.map((arg) => `"${arg}"`).join(' ')}\n`);
    chmodSync(wrapper, 0o755);
    writeFileSync(
      join(this.folder, 'cli.tfrc'),
      `disable_checkpoint = true\nprovider_installation {\n  dev_overrides { "${SOURCE}" = "${bin}" }\n  direct {}\n}\n`,
    );
  }

  write(body: string): void {
    const head = `terraform {\n  required_providers {\n    demo = { source = "${SOURCE}" }\n  }\n}\n`;
    writeFileSync(join(this.folder, 'work', 'main.tf'), head + body);
  }

  async run(...args: readonly string[]): Promise<Ran> {
    const child = this.start(...args);
    return this.finish(child);
  }

  /** As `run`, and throws with what terraform said when it fails. */
  async must(...args: readonly string[]): Promise<string> {
    const { code, out } = await this.run(...args);
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}:\n${out}`);
    return out;
  }

  /** Starts it in a process group of its own, so that a test can press Ctrl-C. */
  start(...args: readonly string[]): ChildProcess & { said: string } {
    const child = spawn('terraform', [...args, '-no-color'], {
      cwd: join(this.folder, 'work'),
      env: this.env,
      detached: true,
    });
    const talking = Object.assign(child, { said: '' });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (talking.said += text));
    return talking;
  }

  async finish(child: ChildProcess & { said: string }): Promise<Ran> {
    const late = setTimeout(() => child.kill('SIGKILL'), 50_000);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    clearTimeout(late);
    return { code: child.exitCode, out: child.said };
  }

  /** Every byte that terraform left behind, plan files decompressed by terraform itself excluded. */
  state(): string {
    return readFileSync(join(this.folder, 'work', 'terraform.tfstate'), 'utf8');
  }
}
