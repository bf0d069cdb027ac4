// Every row of the runner's checklist (contracts/runner.md §8), and what else must hold everywhere, has its scenarios, and they are there under these names.
import { existsSync, readFileSync } from 'node:fs';

type Proof = readonly [file: string, name: string];

const EVERYWHERE = 'test/scenarios/everywhere.test.ts';
const HOSTILE: Proof = [
  EVERYWHERE,
  'values that try to be commands, entries or delimiters arrive to the byte and do nothing',
];

const ROWS: Readonly<Record<string, readonly Proof[]>> = {
  '1 masking in every place': [
    [
      'test/scenarios/leak.test.ts',
      'a masked, restricted or leased value is in no log, annotation, summary, state, audit, database file or error',
    ],
    ['test/scenarios/summary.test.ts', 'holds no value, not even before the runner masks it'],
    [
      'test/scenarios/masking.test.ts',
      'what is inside a value is hidden by itself: strings of a JSON text, the password of a URL',
    ],
  ],
  '2 stderr before stdout': [
    ['test/support/runner/process.test.ts', 'stderr is handled before stdout, whatever was written first'],
    [
      'test/scenarios/main-line.test.ts',
      'static secrets only: one request, no state, every value masked before it is handed over',
    ],
  ],
  '3 variables, outputs, state': [
    HOSTILE,
    [
      EVERYWHERE,
      'outputs, variables and a file hold the same to the byte, a lease among them, and the file ends with the job',
    ],
    [
      'test/scenarios/delivery.test.ts',
      'one byte more than an environment can hold is an error by name, and a file takes it',
    ],
    [
      'test/action/variable-limits.test.ts',
      'a NUL byte is refused anywhere, and an unknown platform has the limits of Linux',
    ],
    ['test/action/github-runner.test.ts', 'any value comes back from a command file as it was'],
  ],
  '4 post': [
    [EVERYWHERE, 'two uses in one job end in reverse order, each its own lease, also when a step between them fails'],
    [
      'test/scenarios/outage.test.ts',
      'the engine down in post: the same warning, and the lease is ended once the engine is back and its time is up',
    ],
    ['test/scenarios/hardened.test.ts', 'a proxy that a later step sets is not used: main had none'],
    ['test/dist.test.ts', 'a post with nothing to do says nothing'],
  ],
  '5 signals': [
    [EVERYWHERE, 'cancelled while a lease is being issued, main ends in time and what was leased ends with it'],
    [
      'test/scenarios/signals.test.ts',
      'whatever main is doing when it is told to end, it ends by itself, gives all or nothing, and no lease is left',
    ],
    ['test/scenarios/signals.test.ts', 'post goes on to the end of the lease, however often it is told to end'],
    [
      EVERYWHERE,
      'a script alone gets the values, is masked on both streams, and ends with a cancelled job, its lease too',
    ],
    [
      'test/scenarios/cancel.test.ts',
      'killed outright while a lease is being issued: post ends it by the handle, without knowing its id',
    ],
    ['test/scenarios/run.test.ts', 'a cancelled job ends the script and all that it started, and the lease with them'],
    ['test/scenarios/outage.test.ts', 'the runner shut down: no post runs, and the ttl ends the lease'],
  ],
  'far sides that misbehave': [
    [
      'test/scenarios/far-side-faults.test.ts',
      'on $node, towards $far: what lasts ends in one error line each, and nothing is handed over',
    ],
    ['test/scenarios/hostile-answers.test.ts', 'a name that is none stops everything in one line, whatever it holds'],
  ],
  'signing in': [
    [
      'test/scenarios/oidc.test.ts',
      'towards the engine: leases outlive the token that issued them, and end with the job',
    ],
    ['test/scenarios/oidc.test.ts', 'towards a cloud: post signs in again, and both tokens are ended'],
  ],
  '6 debug, two Nodes, freshness': [
    [EVERYWHERE, 'under step debug no value shows, in log, annotations, summary or on stderr, and post ends the lease'],
    ['test/dist.test.ts', 'another folder and another Node build the same bytes'],
  ],
  '7 action.yml and workflows through the language service': [
    ['test/examples/workflows.test.ts', 'GitHub accepts %s'],
    ['test/examples/workflows.test.ts', 'a planted mistake in action.yml is found'],
  ],
};

const isThere = ([file, name]: Proof) => existsSync(file) && readFileSync(file, 'utf8').includes(`'${name}'`);

test.each(Object.entries(ROWS))('row %s is shown by scenarios that exist', (_, proofs) => {
  expect(proofs.filter((proof) => !isThere(proof))).toEqual([]);
});

test('a name that no scenario has is found', () => {
  expect(isThere([EVERYWHERE, 'no such scenario'])).toBe(false);
  expect(isThere(['test/scenarios/absent.test.ts', HOSTILE[1]])).toBe(false);
});

test('the scenarios that must hold everywhere run on each Node, towards an engine and towards a cloud', () => {
  const source = readFileSync(EVERYWHERE, 'utf8');
  for (const part of ['process.execPath, otherNode()', "far: 'an engine'", "far: 'a cloud'", 'describe.each(places)']) {
    expect(source).toContain(part);
  }
});
