// Accounts with their grants, and identities of GitHub that cannot be made wider than they look.
import type { TerraformStack } from 'cdktf';
import { Config, GitHubTrust, OidcIdentity, ServiceAccount } from '#provider/constructs/index.js';
import { blocks, findings, shop, synth } from '../support/synth.ts';

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
