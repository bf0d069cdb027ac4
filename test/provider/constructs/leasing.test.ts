// Integrations, dynamic secrets and leases as constructs: within their ceilings, or the synth fails and says where.
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import {
  AwsIamUserDynamicSecret,
  AwsIntegration,
  AwsStsDynamicSecret,
  type Config,
  PostgresDynamicSecret,
  PostgresIntegration,
  Reader,
  SecretValue,
  Ttl,
} from '#provider/constructs/index.js';
import { blocks, findings, shop, synth } from '../support/synth.ts';

const ROLE = 'arn:aws:iam::123456789012:role/deployer';

function database(stack: TerraformStack, allowed: readonly Config[], maxTtl?: Ttl) {
  return new PostgresIntegration(stack, 'db', {
    host: 'db.internal',
    database: 'shop',
    username: 'engine',
    password: SecretValue.variable(stack, 'db_password'),
    allowed,
    ceiling: { groupRoles: ['reader'], ...(maxTtl === undefined ? {} : { maxTtl }) },
  });
}

function login(stack: TerraformStack, config: Config, ceiling?: Ttl, limits: { maxTtl?: Ttl; defaultTtl?: Ttl } = {}) {
  const integration = database(stack, [config], ceiling);
  return new PostgresDynamicSecret(stack, 'login', {
    config,
    name: 'DB',
    integration,
    groupRoles: ['reader'],
    ...limits,
  });
}

function aws(stack: TerraformStack, allowed: readonly Config[], more: { roleArn?: string } = {}) {
  return new AwsIntegration(stack, 'aws', {
    region: 'eu-central-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: SecretValue.variable(stack, 'aws_key'),
    allowed,
    ceiling: { roleArns: [ROLE], groups: ['ci'] },
    ...more,
  });
}

describe('lives', () => {
  test('a TTL over its ceiling fails at synth with its code and the path of its node, and no other does', () => {
    const seconds = fc.integer({ min: 10, max: 10_000 });
    fc.assert(
      fc.property(seconds, seconds, seconds, (ceiling, most, asked) => {
        const found = findings((stack) => {
          const made = login(stack, shop(stack).prd.config, Ttl.seconds(ceiling), { maxTtl: Ttl.seconds(most) });
          made.lease({ ttl: Ttl.seconds(asked) });
        });
        const expected = [
          ...(most > ceiling ? ['secrets/ttl-over-ceiling at app/login: Its maxTtl'] : []),
          ...(asked > Math.min(most, ceiling) ? ['secrets/ttl-over-ceiling at app/login/lease: The lease'] : []),
        ];
        expect(found.map((line) => line.split(' of ')[0]).sort()).toEqual(expected.sort());
      }),
      { numRuns: 25 },
    );
  });

  test('a dynamic secret that says nothing lives for an hour, or as long as its ceiling and its default let it', () => {
    const longest = (ceiling?: Ttl, limits = {}) => {
      const written = synth((stack) => void login(stack, shop(stack).prd.config, ceiling, limits));
      return blocks(written, 'secrets_dynamic_secret_postgres')[0]?.['max_ttl_sec'];
    };
    expect([longest(), longest(Ttl.minutes(20)), longest(undefined, { defaultTtl: Ttl.hours(3) })]).toEqual([
      3600, 1200, 10_800,
    ]);
  });

  test('a session is held to what AWS allows: 15 minutes at least, an hour over a role that was assumed', () => {
    const found = (more: { roleArn?: string }, maxTtl: Ttl) =>
      findings((stack) => {
        const { config } = shop(stack).prd;
        const integration = aws(stack, [config], more);
        new AwsStsDynamicSecret(stack, 's', { config, name: 'S', integration, roleArn: ROLE, maxTtl });
      });
    expect(found({}, Ttl.hours(12))).toEqual([]);
    expect(found({ roleArn: ROLE }, Ttl.hours(2))).toEqual([
      expect.stringMatching(/^secrets\/ttl-over-ceiling at app\/s: /),
    ]);
    expect(found({}, Ttl.minutes(5))).toEqual([expect.stringMatching(/^secrets\/ttl-bounds at app\/s: /)]);
  });
});

describe('dynamic secrets', () => {
  test('one that the integration is not for, or that exceeds its ceiling, fails', () => {
    const found = findings((stack) => {
      const { prd, dev } = shop(stack);
      const integration = database(stack, [prd.config]);
      const groupRoles = ['reader', 'writer'];
      new PostgresDynamicSecret(stack, 'd', { config: dev.config, name: 'D', integration, groupRoles });
      const cloud = aws(stack, [prd.config]);
      new AwsStsDynamicSecret(stack, 's', { config: prd.config, name: 'S', integration: cloud, roleArn: `${ROLE}2` });
      new AwsIamUserDynamicSecret(stack, 'u', {
        config: prd.config,
        name: 'U',
        integration: cloud,
        groups: ['admins'],
      });
    });
    expect(found.map((line) => line.split(': ')[0]).sort()).toEqual([
      'secrets/integration-not-allowed at app/d',
      'secrets/outside-ceiling at app/d',
      'secrets/outside-ceiling at app/s',
      'secrets/outside-ceiling at app/u',
    ]);
  });

  test('of an integration that is declared elsewhere only the engine knows the ceiling', () => {
    const written = synth((stack) => {
      const { config } = shop(stack).prd;
      const integration = PostgresIntegration.fromName(stack, 'far', 'far-db');
      new PostgresDynamicSecret(stack, 'd', { config, name: 'D', integration, groupRoles: ['any'] });
    });
    expect(blocks(written, 'secrets_dynamic_secret_postgres')).toMatchObject([{ integration: 'far-db' }]);
  });

  test('a key map names fields as the engine does; a name that steers a job, or stands twice, fails', () => {
    const mapped = (keyMap: { url?: string; username?: string }) => (stack: TerraformStack) => {
      const { config } = shop(stack).prd;
      const integration = database(stack, [config]);
      new PostgresDynamicSecret(stack, 'd', { config, name: 'D', integration, groupRoles: ['reader'], keyMap });
    };
    expect(blocks(synth(mapped({ url: 'DATABASE_URL' })), 'secrets_dynamic_secret_postgres')).toMatchObject([
      { key_map: { url: 'DATABASE_URL' } },
    ]);
    for (const keyMap of [{ url: 'PATH' }, { url: 'lower' }, { url: 'D_HOST' }, { url: 'X', username: 'X' }]) {
      expect(findings(mapped(keyMap))).toEqual([expect.stringMatching(/^secrets\/name at app\/d: /)]);
    }
  });

  test('a lease opens after what it is of, under the provider it is given, and its fields are references', () => {
    const written = synth((stack) => {
      const { config } = shop(stack).prd;
      const made = login(stack, config);
      const reader = new Reader(stack, 'reader', { config, openAfter: made.dynamicSecretId });
      const lease = made.lease({ ttl: Ttl.minutes(5), provider: reader.provider });
      config.addSecret('COPY', { value: SecretValue.ephemeral(lease.field('url'), { version: '1' }) });
      expect(() => lease.field('secret_access_key')).toThrow(/^secrets\/name: .*url/);
    });
    const [token] = Object.keys(written['ephemeral']?.['secrets_service_token'] ?? {});
    expect(blocks(written, 'secrets_lease', 'ephemeral')).toEqual([
      {
        project: expect.stringContaining('secrets_project'),
        config: expect.stringContaining('secrets_environment'),
        dynamic_secret: 'DB',
        ttl: '5m',
        open_after: expect.stringMatching(/^\$\{secrets_dynamic_secret_postgres\.\w+\.id}$/),
        provider: `secrets.${token}`,
      },
    ]);
    expect(written['provider']?.['secrets']).toEqual([
      {},
      { alias: token, token: `\${ephemeral.secrets_service_token.${token}.key}` },
    ]);
    expect(blocks(written, 'secrets_secret')[0]?.['value_wo']).toMatch(
      /^\$\{ephemeral\.secrets_lease\.\w+\.fields\["url"]}$/,
    );
  });
});
