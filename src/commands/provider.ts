// `secrets-action provider install`: the Terraform provider into the mirror that terraform reads without being told.
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '#core/errors.js';
import { makeFolders } from './folders.ts';
import { readFlags, required, UsageError } from './flags.ts';
import type { Host } from './host.ts';

const ADDRESS = ['registry.terraform.io', 'org', 'secrets'] as const;
const BINARY = 'terraform-provider-secrets';
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export async function provider(host: Host): Promise<number> {
  const [, verb, ...rest] = host.args;
  if (verb !== 'install') throw new UsageError("The command is 'provider install'.");
  const { dir } = readFlags(rest, { dir: { type: 'string' } });
  const mirror = dir === undefined ? impliedMirror(host) : resolve(dir);
  const home = join(mirror, ...ADDRESS, host.version, target());
  const from = built(host);
  try {
    install(from, home, host.version);
  } catch (cause) {
    throw unwritable(dir ?? mirror, cause);
  }
  host.out(`${home}\n${said(dir === undefined ? undefined : mirror)}`);
  return 0;
}

/** Terraform CLI documentation, "Implied Local Mirror Directories". */
function impliedMirror({ env }: Host): string {
  return join(required(env['HOME'], 'HOME in the environment, or --dir,'), '.terraform.d', 'plugins');
}

function target(): string {
  if (platform() === 'win32') {
    throw new AppError(
      'ERR_CONFIG_INVALID',
      'Terraform on Windows starts .exe files only, and this provider is none.',
      {
        hint: 'Run terraform in WSL or in a container.',
      },
    );
  }
  return `${platform()}_${ARCHITECTURES[arch()] ?? arch()}`;
}

/** Beside the bundled command line, or where the repository builds it. */
function built({ storeWorkerUrl }: Host): string {
  const places = ['./provider/', '../lib/provider/'].map((at) => fileURLToPath(new URL(at, storeWorkerUrl)));
  const found = places.find((place) => existsSync(join(place, BINARY)));
  if (found) return found;
  throw new AppError(
    'ERR_CONFIG_INVALID',
    'The provider is not built: it is neither beside the command line nor in lib.',
    {
      hint: 'In the repository: npm run build:provider.',
    },
  );
}

function unwritable(dir: string, cause: unknown): AppError {
  const code = (cause as { code?: unknown }).code;
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new AppError('ERR_CONFIG_INVALID', `The provider cannot be written to ${dir}${why}.`, {
    hint: 'Name another --dir DIR, whose parent exists and is writable.',
    cause,
  });
}

/** All of it or nothing: terraform may be looking. What was there before is only taken away once the new one stands. */
function install(from: string, home: string, version: string): void {
  const versions = dirname(home);
  makeFolders(versions);
  const stage = mkdtempSync(join(versions, '.install-'));
  try {
    cpSync(from, join(stage, 'new'), { recursive: true });
    renameSync(join(stage, 'new', BINARY), join(stage, 'new', `${BINARY}_v${version}`));
    if (existsSync(home)) renameSync(home, join(stage, 'old'));
    renameSync(join(stage, 'new'), home);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function said(mirror: string | undefined): string {
  const use = `
terraform {
  required_providers {
    secrets = { source = "org/secrets" }
  }
}
`;
  if (mirror === undefined) return use;
  return `${use}
# in the CLI configuration (TF_CLI_CONFIG_FILE):
provider_installation {
  filesystem_mirror { path = "${mirror}" }
}
`;
}
