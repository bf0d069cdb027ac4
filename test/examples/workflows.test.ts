// What we show: action.yml and the example workflows, checked by GitHub's own language service and against each other.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readActionFile } from '../support/runner/action-file.ts';
import { type Metadata, complaints, complaintsOf } from '../support/workflow-lint.ts';

const FOLDER = 'examples/workflows';
const WORKFLOWS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => join(FOLDER, name));

const action = readActionFile('.');
const metadata: Record<string, Metadata> = {
  'org/secrets-action': {
    name: action.name,
    description: action.name,
    inputs: Object.fromEntries(
      [...action.inputs].map(([name, input]) => [name, { description: name, required: false, default: input.default }]),
    ),
    outputs: {},
  },
  'actions/checkout': { name: 'checkout', description: '', inputs: {}, outputs: {} },
};

test.each(['action.yml', 'revoke/action.yml'].filter((path) => existsSync(path)))('GitHub accepts %s', async (path) => {
  expect(await complaintsOf(path)).toEqual([]);
});

test('a planted mistake in action.yml is found', async () => {
  const broken = readFileSync('action.yml', 'utf8').replace('  main: ', '  mian: ');
  expect(await complaints('action.yml', broken)).not.toEqual([]);
});

test.each(WORKFLOWS)('GitHub accepts %s', async (path) => {
  expect(await complaintsOf(path, metadata)).toEqual([]);
});

test('an input that the action does not have, and a context that does not exist, are found', async () => {
  const text = readFileSync(`${FOLDER}/matrix.yml`, 'utf8');
  expect(await complaints('x.yml', text.replace('dynamic:', 'dynamics:'), metadata)).toEqual([
    expect.stringContaining('dynamics'),
  ]);
  expect(await complaints('x.yml', text.replace('${{ vars.', '${{ secretz.'), metadata)).not.toEqual([]);
});

test.each(WORKFLOWS)('%s grants no more than it needs, and ends by itself', (path) => {
  const text = readFileSync(path, 'utf8');
  const grants = [...text.matchAll(/^ +([a-z-]+): write/gm)].map(([, name]) => name);
  expect(grants.every((name) => name === 'id-token')).toBe(true);
  expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  expect(grants.length > 0).toBe(/^ +identity: /m.test(text));
  expect(text).toMatch(/^ +timeout-minutes: \d+$/m);
});

test('there is an example for each way to use it', () => {
  expect(WORKFLOWS.map((path) => path.split('/').at(-1)).sort()).toEqual([
    'aws-deploy.yml',
    'doppler-drop-in.yml',
    'matrix.yml',
    'one-command.yml',
    'phase.yml',
    'reusable.yml',
  ]);
});
