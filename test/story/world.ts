// Where the story happens: engine, PostgreSQL, GitHub's issuer and the provider as they are, and AWS as a model in this process.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { attachPlugin } from '../provider/support/attach.ts';
import { realProvider, SecretsTerraform, SecretsWorld } from '../provider/support/secrets-world.ts';
import { type AwsModel, type Credentials, startAwsModel } from '../support/aws/model.ts';
import { type GithubOidc, startGithubOidc } from '../support/github-oidc.ts';
import { temporaryFolder } from '../support/temp.ts';
import { codeOf } from './page.ts';
import { runScript } from './script.ts';

/** Where a stack that says nothing else expects the provider. */
const SOURCE = 'registry.terraform.io/org/secrets';
const DYNAMIC = { DEPLOY: ['prd'], SHOP_DB: ['prd', 'stg'] } as const;

export type AwsAccount = { readonly model: AwsModel; readonly user: Credentials; readonly roleArn: string };

/** `packed`: from the zip of a release, as terraform installs it. `attached`: served by this process. */
export type How = 'packed' | 'attached';

export class StoryWorld {
  readonly secrets: SecretsWorld;
  readonly github: GithubOidc;
  readonly aws: AwsAccount;
  /** The construct library as a package manager installs it, beside both lines of CDK for Terraform. */
  readonly installed: string;
  /** Values that nothing but their users may ever show. */
  readonly planted = {
    stripe_key: `sk-${randomBytes(18).toString('hex')}`,
    log_level: `level-${randomBytes(6).toString('hex')}`,
  };
  readonly #provider: { zips?: string; reattach?: string };
  readonly #undo: (() => Promise<void>)[];

  private constructor(parts: Parts) {
    this.secrets = parts.secrets;
    this.github = parts.github;
    this.aws = parts.aws;
    this.installed = parts.installed;
    this.#provider = parts.provider;
    this.#undo = parts.undo;
  }

  /** @throws Error when a part does not come up; what came up before it is gone then */
  static async start(how: How): Promise<StoryWorld> {
    const undo: (() => Promise<void>)[] = [];
    try {
      const github = await startGithubOidc();
      undo.push(() => github.stop());
      const aws = await startAws();
      undo.push(() => aws.model.close());
      const secrets = await SecretsWorld.start(github.engine);
      undo.push(() => secrets.stop());
      await copyDatabase(secrets.database.url('postgres'));
      const provider = how === 'packed' ? { zips: pack() } : await attach(secrets.token, undo);
      return new StoryWorld({ github, aws, secrets, provider, undo, installed: install() });
    } catch (error) {
      for (const stop of undo.toReversed()) await stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const stop of this.#undo.toReversed()) await stop();
  }

  /** terraform in a folder of its own, with the values of the examples' variables. */
  terraform(): SecretsTerraform {
    const { secrets, planted, aws } = this;
    const { zips, reattach } = this.#provider;
    const run = new SecretsTerraform({
      SECRETS_TOKEN: secrets.token,
      SECRETS_NODE: process.execPath,
      ...(reattach === undefined ? {} : { TF_REATTACH_PROVIDERS: reattach }),
      TF_VAR_stripe_key: planted.stripe_key,
      TF_VAR_log_level: planted.log_level,
      TF_VAR_db_password: secrets.admin.password,
      TF_VAR_aws_secret_access_key: aws.user.secretAccessKey,
    });
    if (zips !== undefined) run.mirrorPacked(zips, SOURCE);
    return run;
  }

  /** Where the parts are, in the words of the examples. */
  get places(): Record<string, string> {
    const { secrets, aws, github } = this;
    return {
      SECRETS_URL: secrets.url,
      OIDC_ISSUER: github.issuer.issuer,
      DB_HOST: secrets.database.host,
      DB_PORT: String(secrets.database.port),
      DB_USERNAME: secrets.admin.username,
      DB_SSLMODE: 'disable',
      AWS_ROLE_ARN: aws.roleArn,
      AWS_KEY_ID: aws.user.accessKeyId,
      AWS_ENDPOINT: aws.model.url,
    };
  }

  /** Every value that no log, plan or state may hold. */
  get hidden(): string[] {
    const { secrets, planted, aws } = this;
    return [...Object.values(planted), secrets.admin.password, secrets.token, aws.user.secretAccessKey];
  }

  /** States of all leases of the shop; none where it is not there. */
  async leases(): Promise<string[]> {
    const all = Object.entries(DYNAMIC).flatMap(([name, configs]) => configs.map((config) => ({ name, config })));
    const found = await Promise.all(all.map(({ name, config }) => this.secrets.leases('shop', config, name)));
    return found.flat();
  }
}

type Parts = Pick<StoryWorld, 'secrets' | 'github' | 'aws' | 'installed'> & {
  provider: { zips?: string; reattach?: string };
  undo: (() => Promise<void>)[];
};

/** An account with the user and the role of docs/platform.md, by the policies that stand there. */
async function startAws(): Promise<AwsAccount> {
  const model = await startAwsModel();
  const [rights, trust] = codeOf('docs/platform.md', 'json').map((text) => JSON.parse(text) as object);
  if (!rights || !trust) throw new Error('docs/platform.md has not the two policies.');
  const deploys = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const user = model.addUser('secrets-engine', rights);
  const { arn } = model.addRole('shop-deployer', { trust, policy: deploys });
  return { model, user, roleArn: arn };
}

async function copyDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create database shop_stg template shop');
  } finally {
    await client.end();
  }
}

function pack(): string {
  const zips = join(temporaryFolder(), 'zips');
  runScript(['scripts/provider.mjs', '--out', join(temporaryFolder(), 'provider'), '--zips', zips]);
  return zips;
}

async function attach(token: string, undo: (() => Promise<void>)[]): Promise<{ reattach: string }> {
  const env = { SECRETS_TOKEN: token };
  const { handlers } = providerServer(realProvider(env), { clock: systemClock, log: () => undefined });
  const attached = await attachPlugin(SOURCE, handlers, process.pid);
  undo.push(() => attached.close());
  return { reattach: attached.reattach };
}

/** A folder whose node_modules hold what `npm install secrets-action cdktf cdktn constructs` would put there. */
function install(): string {
  const folder = temporaryFolder();
  const home = join(folder, 'node_modules', 'secrets-action');
  mkdirSync(home, { recursive: true });
  runScript(['scripts/build-constructs.mjs', '--out', join(home, 'lib')]);
  const lines = readdirSync(join(home, 'lib'));
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const exports = Object.fromEntries(lines.map((line) => [`./${line}`, `./lib/${line}/provider/constructs/index.js`]));
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: 'secrets-action', version, type: 'module', exports }),
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const peer of [...lines, 'constructs'])
    symlinkSync(resolve('node_modules', peer), join(folder, 'node_modules', peer));
  return folder;
}
