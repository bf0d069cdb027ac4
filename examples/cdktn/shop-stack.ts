// The secrets of a small company: three environments, an identity per repository, AWS sessions and database logins that end with the job.
import { Aspects, TerraformOutput, TerraformStack } from 'cdktn';
import type { Construct } from 'constructs';
import {
  AwsIntegration,
  AwsStsDynamicSecret,
  type Config,
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
} from 'secrets-action/cdktn';

export interface ShopProps {
  /** The address of the engine. */
  readonly url: string;
  /** Where the engine reaches the database of the shop. */
  readonly database: { readonly host: string; readonly port: number; readonly username: string };
  /** On loopback only; elsewhere the certificate of the server is checked. */
  readonly sslmode?: 'verify-full' | 'disable';
}

const DEPLOYER = 'arn:aws:iam::123456789012:role/shop-deployer';
const READERS = ['shop_reader'];
/** The commit that the tag v1 stood for when somebody read it. */
const ACTION_COMMIT = '0123456789abcdef0123456789abcdef01234567';

export class ShopStack extends TerraformStack {
  /** What `.github/workflows/deploy.yml` of the shop holds. */
  readonly workflow: string;

  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id);
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
    this.#production(prd.config);
    dev.config.addBranch('worker').addSecret('QUEUE_KEY', { value: SecretValue.generated() });

    const deployer = new ServiceAccount(this, 'deployer', { name: 'shop-deployer' });
    prd.config.grantRead(deployer);
    const identity = OidcIdentity.gitHubActions(this, 'github', {
      account: deployer,
      name: 'github-shop',
      repository: 'acme/shop',
      repositoryId: '700000001',
      repositoryOwnerId: '90001',
      audience: new URL(props.url).origin,
      trust: GitHubTrust.environment('production'),
    });

    new TerraformOutput(this, 'identity', { value: identity.identityId });

    const aws = this.#session(prd.config);
    const login = this.#login(prd.config, props);
    const step = prd.config.workflowStep({ identity, dynamic: [aws, login], ttl: Ttl.minutes(20) });
    this.workflow = renderWorkflow({
      name: 'Deploy the shop',
      step,
      commit: ACTION_COMMIT,
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

  #production(config: Config): void {
    const restricted = { visibility: Visibility.RESTRICTED };
    config.addSecret('SESSION_KEY', { ...restricted, value: SecretValue.generated({ length: 48 }) });
    const stripe = SecretValue.variable(this, 'stripe_key', { version: '1' });
    config.addSecret('STRIPE_KEY', { ...restricted, value: stripe });
    config.addSecret('LOG_LEVEL', { value: SecretValue.variable(this, 'log_level', { version: '1' }) });
  }

  /** A session that AWS itself denies as soon as the job has ended. */
  #session(config: Config): AwsStsDynamicSecret {
    const integration = new AwsIntegration(this, 'aws', {
      region: 'eu-central-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: SecretValue.variable(this, 'aws_secret_access_key', { version: '1' }),
      allowed: [config],
      ceiling: { roleArns: [DEPLOYER], maxTtl: Ttl.hours(1) },
    });
    return new AwsStsDynamicSecret(this, 'deploy-session', {
      config,
      name: 'DEPLOY',
      integration,
      roleArn: DEPLOYER,
      hardRevoke: true,
      defaultTtl: Ttl.minutes(30),
    });
  }

  /** A login of its own for every job. */
  #login(config: Config, { database, sslmode }: ShopProps): PostgresDynamicSecret {
    const integration = new PostgresIntegration(this, 'db', {
      name: 'shop-db',
      ...database,
      ...(sslmode === undefined ? {} : { sslmode }),
      database: 'shop',
      password: SecretValue.variable(this, 'db_password', { version: '1' }),
      allowed: [config],
      ceiling: { groupRoles: READERS, maxTtl: Ttl.hours(1) },
    });
    return new PostgresDynamicSecret(this, 'shop-login', {
      config,
      name: 'SHOP_DB',
      integration,
      groupRoles: READERS,
      maxTtl: Ttl.minutes(30),
    });
  }
}
