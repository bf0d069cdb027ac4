// The order of test files: the longest first, so that no worker runs one of them alone at the end. jest goes by bytes.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Half a minute and more, on two cores. */
const LONGEST = [
  'test/scenarios/outage.test.ts',
  'test/engine/leases/killpoints-shared.test.ts',
  'test/engine/leases/killpoints-aws.test.ts',
  'test/engine/leases/killpoints.test.ts',
  'test/scenarios/keeper.test.ts',
  'test/provider/acceptance/constructs.test.ts',
  'test/scenarios/signals.test.ts',
  'test/dist.test.ts',
  'test/scenarios/far-side-faults.test.ts',
  'test/scenarios/phase-trouble.test.ts',
  'test/provider/acceptance/ephemeral.test.ts',
].map((path) => resolve(path));

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const gone = LONGEST.filter((path) => !existsSync(path));
    if (gone.length > 0) throw new Error(`There is no ${gone.join(', ')}: see test/support/longest-first.mjs.`);
    const rank = ({ path }) => (LONGEST.includes(path) ? LONGEST.indexOf(path) : LONGEST.length);
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
