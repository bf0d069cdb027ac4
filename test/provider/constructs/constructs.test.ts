// Stacks out of constructs: what is written, in which order it is made, and what fails before anything is asked of a server.
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import {
  AwsIamUserDynamicSecret,
  AwsIntegration,
  AwsStsDynamicSecret,
  Config,
  GitHubTrust,
  OidcIdentity,
  PostgresDynamicSecret,
  PostgresIntegration,
  Project,
  Reader,
  SecretValue,
  ServiceAccount,
  Ttl,
  Visibility,
} from '#provider/constructs/index.js';
import { blocks, findings, synth } from '../support/synth.ts';

const ROLE = 'arn:aws:iam::123456789012:role/deployer';

function shop(stack: TerraformStack) {
  const project = new Project(stack, 'shop', { name: 'shop' });
  const prd = project.addEnvironment('prd', { name: 'Production' });
  const dev = project.addEnvironment('dev');
  return { project, prd, dev };
}

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

describe('secrets', () => {
  test('each is made after its environment, by reference, with the visibility and the source it was given', () => {
    const written = synth((stack) => {
      const { prd } = shop(stack);
      prd.config.addSecret('A', { value: SecretValue.generated({ length: 20 }), visibility: Visibility.RESTRICTED });
      prd.config.addSecret('B', { value: SecretValue.external() });
      prd.config.addSecret('C', {
        value: SecretValue.variable(stack, 'c', { version: '2' }),
        deletionProtection: true,
      });
    });
    const place = { project: expect.stringMatching(/^\$\{secrets_project\.\w+\.name}$/) };
    const config = expect.stringMatching(/^\$\{secrets_environment\.\w+\.config}$/);
    expect(blocks(written, 'secrets_secret')).toEqual([
      { ...place, config, name: 'A', visibility: 'restricted', generate: { length: 20 } },
      { ...place, config, name: 'B', visibility: 'masked', external: true },
      {
        ...{ ...place, config, name: 'C', visibility: 'masked', deletion_protection: true },
        ...{ value_wo: '${var.c}', value_wo_version: '2' },
      },
    ]);
    expect(written['variable']).toEqual({ c: { type: 'string', sensitive: true, ephemeral: true } });
  });

  test('a value that stands in the source of a stack is refused, and is not in what is said', () => {
    const planted = () => SecretValue.ephemeral('hunter2-is-plain');
    expect(planted).toThrow(/^secrets\/plain-value: /);
    expect(planted).not.toThrow(/hunter2/);
  });

  test('a name that the service would refuse fails with its path', () => {
    const wrong = (name: string) =>
      findings((stack) => void shop(stack).prd.config.addSecret(name, { value: SecretValue.external() }));
    expect(wrong('lower')).toEqual([expect.stringMatching(/^secrets\/name at app\/shop\/prd\/config\/lower: /)]);
    expect(wrong('DOPPLER_CONFIG')).toHaveLength(1);
    expect(wrong('FINE_1')).toEqual([]);
  });
});

describe('configs', () => {
  test('a branch is called after its environment and knows its secrets; what is inherited from becomes inheritable', () => {
    const seen: (readonly string[] | undefined)[] = [];
    const written = synth((stack) => {
      const { prd, dev } = shop(stack);
      prd.config.addSecret('ROOT', { value: SecretValue.external() });
      const shared = dev.config.addBranch('shared');
      shared.addSecret('SHARED', { value: SecretValue.external() });
      const worker = prd.config.addBranch('worker').inheritFrom(shared);
      worker.addSecret('OWN', { value: SecretValue.external() });
      const far = Config.fromAddress(stack, 'far', 'other/prd/prd_shared');
      seen.push(worker.declaredNames, prd.config.addBranch('api').inheritFrom(far).declaredNames);
    });
    expect(seen).toEqual([['ROOT', 'SHARED', 'OWN'], undefined]);
    const named = (name: string) => blocks(written, 'secrets_config').find((block) => block['name'] === name);
    expect(named('dev_shared')).toMatchObject({ inheritable: true });
    expect(named('prd_api')).toMatchObject({ inherits: ['other/prd_shared'], inheritable: false });
    expect(named('prd_worker')?.['inherits']).toEqual([
      expect.stringMatching(/^\$\{secrets_project\.\w+\.name}\/\$\{secrets_config\.\w+\.name}$/),
    ]);
  });

  test('a chain of inheritance fails, for what inherits cannot be inherited from', () => {
    const found = findings((stack) => {
      const { config } = shop(stack).prd;
      const [first, second, third] = ['a', 'b', 'c'].map((name) => config.addBranch(name));
      second?.inheritFrom(...(first ? [first] : []));
      third?.inheritFrom(...(second ? [second] : []));
    });
    expect(found).toEqual([expect.stringMatching(/^secrets\/inherits-from-heir at app\/shop\/prd\/config\/b: /)]);
  });

  test('an address has three parts', () => {
    const at = (address: string) => () => synth((stack) => void Config.fromAddress(stack, 'c', address));
    for (const address of ['', 'a/b', 'a/b/c/d', 'a//c']) expect(at(address)).toThrow(/^secrets\/name/);
    expect(at('shop/prd/prd_api')).not.toThrow();
  });
});

describe('grants', () => {
  test('an account has the role in the environments it was let into, those that are declared elsewhere among them', () => {
    const written = synth((stack) => {
      const { prd, dev } = shop(stack);
      const account = new ServiceAccount(stack, 'ci', { name: 'ci' });
      prd.config.grantRead(account);
      dev.config.addBranch('api').grantRead(account);
      dev.config.grantRead(account);
      Config.fromAddress(stack, 'far', 'other/stg/stg').grantReadWrite(account);
      new ServiceAccount(stack, 'idle', { name: 'idle', permissions: ['logs'] });
    });
    const [ci, idle] = blocks(written, 'secrets_service_account');
    const projects = Object.entries(ci?.['projects'] as Record<string, { environments: string[] }>);
    expect(projects).toEqual([
      [
        '${secrets_project.shop_4FF2D3EB.name}',
        { role: 'viewer', environments: [expect.any(String), expect.any(String)] },
      ],
      ['other', { role: 'collaborator', environments: ['stg'] }],
    ]);
    expect(idle).toEqual({ name: 'idle', permissions: ['logs'] });
  });

  test('reading here and writing there in one project fails: the role would hold in both', () => {
    const found = findings((stack) => {
      const { prd, dev } = shop(stack);
      const account = new ServiceAccount(stack, 'ci', { name: 'ci' });
      prd.config.grantRead(account);
      dev.config.grantReadWrite(account);
    });
    expect(found).toEqual([expect.stringMatching(/^secrets\/roles-differ at app\/ci: .*shop/)]);
  });
});

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

describe('identities of GitHub', () => {
  const GITHUB = {
    repository: 'acme/shop',
    repositoryId: '700',
    repositoryOwnerId: '90',
    audience: 'https://s.example',
  };
  const identity =
    (more: object, trust = GitHubTrust.environment('production')) =>
    (stack: TerraformStack) => {
      const account = new ServiceAccount(stack, 'ci', { name: 'ci' });
      OidcIdentity.gitHubActions(stack, 'github', { account, ...GITHUB, trust, ...more });
    };
  const claims = (trust: GitHubTrust) => blocks(synth(identity({}, trust)), 'secrets_oidc_identity')[0];

  test('each is bound to ids, events and one way in, under both forms of a subject', () => {
    const always = {
      aud: ['https://s.example'],
      repository_id: ['700'],
      repository_owner_id: ['90'],
      event_name: ['push', 'workflow_dispatch'],
    };
    expect(claims(GitHubTrust.environment('a:b'))).toMatchObject({
      claims_type: 'exact',
      claims: {
        ...always,
        environment: ['a:b'],
        sub: ['repo:acme/shop:environment:a%3Ab', 'repo:acme@90/shop@700:environment:a%3Ab'],
      },
    });
    expect(claims(GitHubTrust.protectedRef('refs/heads/main'))).toMatchObject({
      claims_type: 'exact',
      claims: {
        ...{ ...always, ref: ['refs/heads/main'], ref_protected: ['true'] },
        sub: ['repo:acme/shop:ref:refs/heads/main', 'repo:acme@90/shop@700:ref:refs/heads/main'],
      },
    });
    const reusable = 'acme/shared/.github/workflows/deploy.yml@refs/heads/main';
    const wild = claims(GitHubTrust.jobWorkflowRef(reusable))?.['claims'] as Record<string, string[]>;
    expect(wild).toMatchObject({ ...always, job_workflow_ref: [reusable] });
    expect(wild['sub']).toHaveLength(6);
    for (const sub of wild['sub'] ?? []) expect(sub).toMatch(/^repo:(acme\/shop|acme@90\/shop@700):[^*]*\*$/);
  });

  test.each([
    ['a repository with a star', { repository: 'acme/*' }],
    ['an id that is no number', { repositoryId: 'shop' }],
    ['an audience with a star', { audience: 'https://*' }],
    ['an event that strangers cause', { events: ['push', 'pull_request_target'] }],
    ['no event', { events: [] }],
    ['an environment with a star', { trust: GitHubTrust.environment('*') }],
    ['a ref that is no ref', { trust: GitHubTrust.protectedRef('main') }],
    ['a workflow without a ref', { trust: GitHubTrust.jobWorkflowRef('acme/shared/.github/workflows/d.yml') }],
  ])('%s fails', (_, more) => {
    expect(findings(identity(more))).toContainEqual(expect.stringMatching(/^secrets\/trust at app\/github: /));
  });
});
