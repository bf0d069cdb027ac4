// The step and the workflow of a config: inputs that the action has, names that nothing can read otherwise, a pinned commit.
import { App, TerraformStack, Testing } from 'cdktf';
import fc from 'fast-check';
import {
  Config,
  GitHubTrust,
  OidcIdentity,
  PostgresDynamicSecret,
  PostgresIntegration,
  Project,
  renderWorkflow,
  SecretsProject,
  SecretValue,
  ServiceAccount,
  Ttl,
  type WorkflowStepProps,
} from '#provider/constructs/index.js';
import { PYTHON_YAML, python, testWith } from '../../support/consumer.ts';
import { readActionFile } from '../../support/runner/action-file.ts';
import { complaints, type Metadata } from '../../support/workflow-lint.ts';

const COMMIT = 'a'.repeat(40);
const action = readActionFile('.');
const known: Record<string, Metadata> = {
  'org/secrets-action': {
    ...{ name: action.name, description: action.name, outputs: {} },
    inputs: Object.fromEntries([...action.inputs.keys()].map((name) => [name, { description: name }])),
  },
  'actions/checkout': { name: 'checkout', description: '', inputs: {}, outputs: {} },
};

function world(name = 'shop', maxTtl = Ttl.hours(1)) {
  const stack = new TerraformStack(new App(), 'app');
  const project = new Project(stack, 'shop', { name });
  const { config } = project.addEnvironment('prd');
  const secret = config.addSecret('API_KEY', { value: SecretValue.generated() });
  const integration = PostgresIntegration.fromName(stack, 'db', 'db');
  const dynamic = new PostgresDynamicSecret(stack, 'd', { config, name: 'DB', integration, groupRoles: ['r'], maxTtl });
  const identity = OidcIdentity.gitHubActions(stack, 'github', {
    account: new ServiceAccount(stack, 'ci', { name: 'ci' }),
    ...{ repository: 'a/b', repositoryId: '1', repositoryOwnerId: '2', audience: 'https://s.example' },
    trust: GitHubTrust.environment('production'),
  });
  const step = (more: Partial<WorkflowStepProps> = {}) => config.workflowStep({ identity, ...more });
  return { stack, project, config, secret, dynamic, identity, step };
}

test('a step asks for exactly what the config declares, and for what its job needs', () => {
  const { step, dynamic, secret } = world();
  expect(
    step({ dynamic: [dynamic], secrets: [secret], ttl: Ttl.minutes(20), exportEnv: true, commit: COMMIT }),
  ).toEqual({
    id: 'secrets',
    uses: `org/secrets-action@${COMMIT}`,
    with: {
      'api-url': '${{ vars.SECRETS_URL }}',
      identity: '${{ vars.SECRETS_IDENTITY }}',
      project: 'shop',
      config: 'prd',
      secrets: 'API_KEY',
      dynamic: 'DB',
      ttl: '20m',
      'export-env': 'true',
    },
    permissions: { contents: 'read', 'id-token': 'write' },
    environment: 'production',
    delivers: ['API_KEY', 'DB_HOST', 'DB_PORT', 'DB_DATABASE', 'DB_USERNAME', 'DB_PASSWORD', 'DB_URL'],
  });
  expect(step().with).toEqual({
    'api-url': '${{ vars.SECRETS_URL }}',
    identity: '${{ vars.SECRETS_IDENTITY }}',
    project: 'shop',
    config: 'prd',
  });
  expect(step().uses).toBe('org/secrets-action@v1');
});

test('a lease that may not live as long as the action asks by itself is asked for as long as it may', () => {
  const { step, dynamic } = world('shop', Ttl.minutes(10));
  expect(step({ dynamic: [dynamic] }).with['dynamic']).toBe('DB ttl=10m');
});

test('a TTL over the ceiling is one finding at synth, with its code, its node and what to do', () => {
  const { step, dynamic, stack, config } = world('shop', Ttl.minutes(10));
  step({ dynamic: [dynamic], ttl: Ttl.minutes(10) });
  expect(config.node.validate()).toEqual([]);
  step({ dynamic: [dynamic], ttl: Ttl.minutes(11) });
  const line = `secrets/ttl-over-ceiling at ${config.node.path}: A step asks for 11m; DB has leases of 10m at most. Shorten the TTL, or raise the ceiling where it is declared.`;
  expect(config.node.validate()).toEqual([line]);
  expect(() => Testing.synth(stack, true)).toThrow(line);
});

test('what lies in another config is refused', () => {
  const [here, there] = [world(), world()];
  expect(() => here.step({ dynamic: [there.dynamic] })).toThrow(/^secrets\/workflow-foreign: DB/);
  expect(() => here.step({ secrets: [there.secret] })).toThrow(/^secrets\/workflow-foreign: API_KEY/);
});

test('an expression, a line break or a reference of Terraform never becomes part of a workflow', () => {
  const { step, stack } = world();
  const reference = new SecretsProject(stack, 'p', { name: 'p' }).name;
  const bad = fc.oneof(
    fc.constantFrom('a${{ github.token }}', 'a\nb', 'a\r', 'a\u2028b', '', ' ', reference),
    fc.tuple(fc.string(), fc.constantFrom('${{', '\n', '\u0000', '\u0085'), fc.string()).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(bad, (text) => {
      expect(() => step({ id: text })).toThrow(/^secrets\/workflow-text/);
      expect(() => step({ identityVariable: text })).toThrow(/^secrets\/workflow-text/);
      expect(() => step({ commit: text })).toThrow(/^secrets\/workflow-text/);
      expect(() => world(text).step()).toThrow(/^secrets\/workflow-text/);
      const workflow = { name: 'W', step: step(), commit: COMMIT, commands: [] };
      expect(() => renderWorkflow({ ...workflow, name: text })).toThrow(/^secrets\/workflow-text/);
      expect(() => renderWorkflow({ ...workflow, job: text })).toThrow(/^secrets\/workflow-text/);
      expect(() => renderWorkflow({ ...workflow, branches: [text] })).toThrow(/^secrets\/workflow-text/);
      expect(() => renderWorkflow({ ...workflow, commands: [{ name: text, run: 'x' }] })).toThrow(
        /^secrets\/workflow-text/,
      );
      expect(() => renderWorkflow({ ...workflow, commands: [{ name: 'x', run: 'x', secrets: [text] }] })).toThrow(
        /^secrets\/workflow-text/,
      );
    }),
    { numRuns: 40 },
  );
});

test('a workflow pins a commit, gives its job no more than it needs, and its scripts their values by name only', () => {
  const { step, dynamic } = world();
  const workflow = { name: 'Deploy', step: step({ dynamic: [dynamic] }), commit: COMMIT };
  const commands = [{ name: 'Migrate: all', run: 'set -eu\n\n  ./migrate\n./check', secrets: ['DB_URL', 'API_KEY'] }];
  expect(renderWorkflow({ ...workflow, commands, checkoutCommit: 'b'.repeat(40) })).toBe(`name: Deploy
on:
  push:
    branches:
      - main
  workflow_dispatch: {}
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: production
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@${'b'.repeat(40)}
      - id: secrets
        uses: org/secrets-action@${COMMIT}
        with:
          api-url: \${{ vars.SECRETS_URL }}
          identity: \${{ vars.SECRETS_IDENTITY }}
          project: shop
          config: prd
          dynamic: DB
      - name: "Migrate: all"
        env:
          DB_URL: \${{ steps.secrets.outputs.DB_URL }}
          API_KEY: \${{ steps.secrets.outputs.API_KEY }}
        run: |-
          set -eu

            ./migrate
          ./check
`);
  expect(() => renderWorkflow({ ...workflow, commands, commit: 'v1' })).toThrow(/^secrets\/workflow-text: A commit/);
  const expression = [{ name: 'x', run: 'echo ${{ github.event.issue.title }}' }];
  expect(() => renderWorkflow({ ...workflow, commands: expression })).toThrow(/^secrets\/workflow-text: A script/);
  const unknown = [{ name: 'x', run: 'x', secrets: ['NOBODY_KNOWS'] }];
  expect(() => renderWorkflow({ ...workflow, commands: unknown })).toThrow(
    /^secrets\/workflow-foreign: .*NOBODY_KNOWS/,
  );
});

testWith(PYTHON_YAML, 'a script, a name and a branch are read back as they were written', () => {
  const { step } = world();
  const line = fc
    .string({ unit: fc.constantFrom(...'ab1 -:#\'"{}[]&*!|>%@`,?~=\\') })
    .filter((text) => text.trim() !== '');
  const script = fc.array(fc.oneof(line, fc.string({ unit: 'binary' }), fc.constant('')), { minLength: 1 });
  const scripts = fc.sample(script, 300).map((parts) => parts.join('\n').replaceAll('${{', ''));
  const names = [...fc.sample(line, 100), 'yes', 'NO', 'null', '~', '1e3', '0x1f', '1:30', '- x', 'a: b', 'a #b', 'é'];
  const texts = [
    ...scripts.map((run) =>
      renderWorkflow({ name: 'W', step: step(), commit: COMMIT, commands: [{ name: 'x', run }] }),
    ),
    ...names.map((name) => renderWorkflow({ name, step: step(), commit: COMMIT, commands: [], branches: [name] })),
  ];
  const reader = `import sys, json, yaml
print(json.dumps([{**w, 'on': w[True]} for w in map(yaml.safe_load, json.load(sys.stdin))]))`;
  const read = python(reader, texts) as {
    name: string;
    on: { push: { branches: string[] } };
    jobs: { deploy: { steps: { run?: string }[] } };
  }[];
  expect(read.slice(0, scripts.length).map(({ jobs }) => jobs.deploy.steps[1]?.run)).toEqual(scripts);
  const rest = read.slice(scripts.length);
  expect(rest.map(({ name, on }) => [name, ...on.push.branches])).toEqual(names.map((name) => [name, name]));
});

test('of a config that is declared elsewhere every name may be asked for', () => {
  const { stack, identity } = world();
  const step = Config.fromAddress(stack, 'far', 'other/stg/stg_api').workflowStep({ identity });
  expect(step).toMatchObject({ with: { project: 'other', config: 'stg_api' }, delivers: undefined });
  const commands = [{ name: 'x', run: 'x', secrets: ['ANY'] }];
  expect(renderWorkflow({ name: 'W', step, commit: COMMIT, commands })).toContain(
    'ANY: ${{ steps.secrets.outputs.ANY }}',
  );
});

test('GitHub accepts a workflow with every input of a step, and would not accept one that the action lacks', async () => {
  const { step, dynamic, secret } = world();
  const full = step({ dynamic: [dynamic], secrets: [secret], ttl: Ttl.minutes(1), exportEnv: true });
  const commands = [{ name: 'yes', run: 'true', secrets: ['API_KEY', 'DB_URL'] }];
  const workflow = { name: 'on', commit: COMMIT, checkoutCommit: COMMIT, branches: ['release/*', 'no'], commands };
  const read = (wanted: typeof full) => complaints('deploy.yml', renderWorkflow({ ...workflow, step: wanted }), known);
  expect(await read(full)).toEqual([]);
  expect(await read({ ...full, with: { ...full.with, projekt: 'shop' } })).toEqual([
    expect.stringContaining('projekt'),
  ]);
});
