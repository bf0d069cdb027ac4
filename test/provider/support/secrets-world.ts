// The world of the secrets provider: an engine process, a PostgreSQL it may lease from, and the real terraform beside them.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectWith } from '#client/connect.js';
import { connectManagementWith } from '#client/doppler-management.js';
import { nodeClock } from '#client/node-clock.js';
import { connectSigningInWith } from '#client/management-sign-in.js';
import { nodeSend } from '#client/node-send.js';
import { secretsProvider } from '#provider/resources/provider.js';
import { EngineProcess, copyEngine } from '../../support/engine-process.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { leasedRoles, prepareDatabase } from '../../support/shop.ts';
import { temporaryFolder } from '../../support/temp.ts';
import { Terraform } from './terraform.ts';

export const SECRETS_SOURCE = 'example.test/org/secrets';
const VERSION = '1.0.0';

/** The provider as its roof builds it, with an environment of the test's choice. */
export function realProvider(env: Readonly<Record<string, string | undefined>> = {}) {
  const far = { send: nodeSend(), clock: nodeClock, random: Math.random };
  return secretsProvider({
    connect: connectWith(far),
    connectManagement: connectManagementWith(far),
    connectSigningIn: connectSigningInWith(far),
    env,
  });
}

type EngineOptions = { args: readonly string[]; env: Record<string, string> };

export class SecretsWorld {
  readonly database: Postgres;
  engine: EngineProcess;
  readonly #options: EngineOptions;
  /** The role by which the engine leases others. */
  readonly admin: { username: string; password: string };

  private constructor(parts: Pick<SecretsWorld, 'database' | 'engine' | 'admin'> & { options: EngineOptions }) {
    this.#options = parts.options;
    this.database = parts.database;
    this.engine = parts.engine;
    this.admin = parts.admin;
  }

  /** `args` and `env` for the engine's process beside the usual ones. */
  static async start(more: Partial<EngineOptions> = {}): Promise<SecretsWorld> {
    const database = await startPostgres();
    try {
      const admin = await prepareDatabase(database);
      const args = ['--allow-integration', '127.0.0.1', ...(more.args ?? [])];
      const options = { args, env: more.env ?? {} };
      const engine = await EngineProcess.start(await copyEngine(temporaryFolder()), options);
      return new SecretsWorld({ database, engine, admin, options });
    } catch (error) {
      await database.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    await this.database.stop();
  }

  /** At the same address: what it counts of its callers begins anew. */
  async restartEngine(): Promise<void> {
    const { folder, port } = this.engine;
    await this.engine.stop();
    this.engine = await EngineProcess.start(folder, { port, ...this.#options });
  }

  get url(): string {
    return this.engine.url;
  }

  get token(): string {
    return this.engine.folder.adminToken;
  }

  /** The state of each lease ever issued of a dynamic secret, by the engine's own table. */
  async leases(project: string, config = 'prd', name = 'APP_DB'): Promise<string[]> {
    const query = `project=${project}&config=${config}&dynamic_secret=${name}`;
    const body = await this.engine.must('GET', `/v3/configs/config/dynamic_secrets/dynamic_secret/leases?${query}`);
    return (body['leases'] as { state: string }[]).map(({ state }) => state);
  }

  roles(): Promise<string[]> {
    return leasedRoles(this.database);
  }

  /** Asks until it holds, half a minute at most. */
  async eventually(holds: () => Promise<boolean>): Promise<boolean> {
    for (let tries = 0; tries < 300; tries++) {
      if (await holds()) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  }
}

/** Terraform with our provider: attached to this process, or installed from its built folder into a mirror. */
export class SecretsTerraform extends Terraform {
  override write(body: string): void {
    const providers = `required_providers {\n    secrets = {\n      source = "${SECRETS_SOURCE}"\n    }\n  }`;
    writeFileSync(join(this.folder, 'work', 'main.tf'), `terraform {\n  ${providers}\n}\n${body}`);
  }

  /** Puts the released zip of this platform where a packed filesystem mirror has it. */
  mirrorPacked(zips: string, source = SECRETS_SOURCE): void {
    const mirror = join(this.folder, 'mirror');
    const home = join(mirror, source);
    mkdirSync(home, { recursive: true });
    const zip = `terraform-provider-secrets_${VERSION}_${platform()}.zip`;
    cpSync(join(zips, zip), join(home, zip));
    this.useMirror(mirror);
  }

  /** Every provider comes from this folder, and nothing from a registry. */
  useMirror(mirror: string): void {
    const config = `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`;
    writeFileSync(join(this.folder, 'cli.tfrc'), config);
  }
}

function platform(): string {
  return `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
}
