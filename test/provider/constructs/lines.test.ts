// The built library on both lines of CDK for Terraform: the same stack, the same files, the same types, on every Node it is for.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { NODES } from '../../support/nodes.ts';
import { temporaryFolder } from '../../support/temp.ts';

const LINES = ['cdktf', 'cdktn'] as const;
type Line = (typeof LINES)[number];
const require = createRequire(import.meta.url);

function run(node: string, args: readonly string[], env: Record<string, string> = {}, cwd = process.cwd()) {
  const options = { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(node, args, options);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => run(process.execPath, ['scripts/build-constructs.mjs']));
