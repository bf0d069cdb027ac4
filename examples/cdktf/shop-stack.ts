// The secrets of a small company: three environments, an identity per repository, AWS sessions and database logins that end with the job.
import { Aspects, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsIntegration,
  AwsStsDynamicSecret,
  type Config,
  type Environment,
  ForbidIamUsers,
  ForbidUnmasked,
  GitHubTrust,
  OidcIdentity,
  PostgresDynamicSecret,
  PostgresIntegration,
  Project,
  renderWorkflow,
  RequireTokenExpiry,
  SecretsProvider,
  SecretValue,
  ServiceAccount,
  Ttl,
  TtlCeiling,
  Visibility,
} from 'secrets-action/cdktf';

export interface ShopProps {
  /** The address of the engine. */
  readonly url: string;
  /** Where the engine reaches the databases `shop` and `shop_stg`. */
  readonly database: { readonly host: string; readonly port: number; readonly username: string };
  /** On loopback only; elsewhere the certificate of the server is checked. */
  readonly sslmode?: 'verify-full' | 'disable';
  /** The role that deploys, and the key of the user that may assume it. */
  readonly aws: { readonly roleArn: string; readonly accessKeyId: string; readonly endpoint?: string };
  /** Of a GitHub Enterprise server. @default github.com */
  readonly issuer?: string;
}

const READERS = ['shop_reader'];
const OWNER_ID = '90001';
/** The commits that the tags v1 and v4.2.2 stood for when somebody read them. */
const ACTION_COMMIT = '0123456789abcdef0123456789abcdef01234567';
const CHECKOUT_COMMIT = '11bd71901bbe5b1630ceea73d27597364c9af683';

export class ShopStack extends TerraformStack {
  /** What `.github/workflows/deploy.yml` of the shop holds. */
  readonly workflow: string;
  readonly #props: ShopProps;

  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id);
    this.#props = props;
    new SecretsProvider(this, 'secrets', { host: props.url });
    Aspects.of(this).add(new ForbidUnmasked());
    Aspects.of(this).add(new ForbidIamUsers());
    Aspects.of(this).add(new RequireTokenExpiry());
    Aspects.of(this).add(new TtlCeiling({ ttl: Ttl.hours(1) }));

    const shop = new Project(this, 'shop', { name: 'shop', description: 'The shop and its workers' });
    const dev = shop.addEnvironment('dev', { name: 'Development' });
    const stg = shop.addEnvironment('stg', { name: 'Staging' });
    const prd = shop.addEnvironment('prd', { name: 'Production' });

    const level = SecretValue.variable(this, 'log_level', { version: '1' });
    for (const { config } of [dev, stg]) {
      config.addSecret('LOG_LEVEL', { visibility: Visibility.UNMASKED, value: level });
      config.addSecret('SESSION_KEY', { value: SecretValue.generated({ length: 48 }) });
    }
    dev.config.addBranch('worker').addSecret('QUEUE_KEY', { value: SecretValue.generated() });
    const restricted = { visibility: Visibility.RESTRICTED };
    const stripe = SecretValue.variable(this, 'stripe_key', { version: '1' });
    prd.config.addSecret('SESSION_KEY', { ...restricted, value: SecretValue.generated({ length: 48 }) });
    prd.config.addSecret('STRIPE_KEY', { ...restricted, value: stripe });
    prd.config.addSecret('LOG_LEVEL', { value: level });

    // One identity per repository: the shop deploys from a protected environment, the worker is tested from main.
    const identity = this.#identity('shop', '700000001', prd.config, GitHubTrust.environment('production'));
    this.#identity('shop-worker', '700000002', stg.config, GitHubTrust.protectedRef('refs/heads/main'));

    const session = this.#session(prd.config);
    const login = this.#login(prd, 'shop');
    this.#login(stg, 'shop_stg');
    this.workflow = renderWorkflow({
      name: 'Deploy the shop',
      step: prd.config.workflowStep({ identity, dynamic: [session, login], ttl: Ttl.minutes(20) }),
      commit: ACTION_COMMIT,
      checkoutCommit: CHECKOUT_COMMIT,
      commands: [
        { name: 'Migrate', run: './migrate.sh', secrets: ['SHOP_DB_URL'] },
        {
          name: 'Upload',
          run: 'aws s3 sync ./site s3://acme-shop',
          secrets: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION'],
        },
      ],
    });
  }

  /** Jobs of the repository, if they come in by this way, read the environment of the config. */
  #identity(name: string, repositoryId: string, config: Config, trust: GitHubTrust): OidcIdentity {
    const account = new ServiceAccount(this, `${name}-ci`, { name: `${name}-ci` });
    config.grantRead(account);
    const identity = OidcIdentity.gitHubActions(this, `${name}-github`, {
      account,
      repository: `acme/${name}`,
      repositoryId,
      repositoryOwnerId: OWNER_ID,
      audience: new URL(this.#props.url).origin,
      trust,
      ...(this.#props.issuer === undefined ? {} : { issuer: this.#props.issuer }),
    });
    new TerraformOutput(this, `${name}-identity`, { value: identity.identityId });
    return identity;
  }

  /** A session that AWS itself denies as soon as the job has ended. */
  #session(config: Config): AwsStsDynamicSecret {
    const { roleArn, accessKeyId, endpoint } = this.#props.aws;
    const integration = new AwsIntegration(this, 'aws', {
      region: 'eu-central-1',
      accessKeyId,
      secretAccessKey: SecretValue.variable(this, 'aws_secret_access_key', { version: '1' }),
      ...(endpoint === undefined ? {} : { endpoints: { sts: endpoint, iam: endpoint } }),
      allowed: [config],
      ceiling: { roleArns: [roleArn], maxTtl: Ttl.hours(1) },
    });
    return new AwsStsDynamicSecret(this, 'deploy-session', {
      config,
      name: 'DEPLOY',
      integration,
      roleArn,
      hardRevoke: true,
      defaultTtl: Ttl.minutes(30),
    });
  }

  /** A login of its own for every job, in the database of the environment. */
  #login({ config, slug }: Environment, database: string): PostgresDynamicSecret {
    const { sslmode } = this.#props;
    const integration = new PostgresIntegration(this, `${slug}-db`, {
      ...this.#props.database,
      ...(sslmode === undefined ? {} : { sslmode }),
      database,
      password: SecretValue.variable(this, 'db_password', { version: '1' }),
      allowed: [config],
      ceiling: { groupRoles: READERS, maxTtl: Ttl.hours(1) },
    });
    return new PostgresDynamicSecret(this, `${slug}-login`, {
      config,
      name: 'SHOP_DB',
      integration,
      groupRoles: READERS,
      maxTtl: Ttl.minutes(30),
    });
  }
}
