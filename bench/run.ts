// Roof of the benchmarks: runs the suites named on the command line, or all; every line is a measure and its budget.
import { benchAction } from './action.ts';
import { benchEngine } from './engine.ts';
import { benchLeases } from './leases.ts';
import { benchProvider } from './provider.ts';
import type { Measure } from './measure.ts';

const SUITES: Record<string, () => Promise<Measure[]>> = {
  action: benchAction,
  engine: benchEngine,
  leases: benchLeases,
  provider: benchProvider,
};

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = asked.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  process.stderr.write(`There is no suite ${unknown.join(', ')}; there are: ${Object.keys(SUITES).join(', ')}\n`);
  process.exit(2);
}
for (const [suite, run] of Object.entries(SUITES)) {
  if (asked.length > 0 && !asked.includes(suite)) continue;
  for (const { metric, value, budget, isMost = false } of await run()) {
    const verdict = budget === undefined ? 'info' : (isMost ? value <= budget : value >= budget) ? 'ok' : 'over';
    process.stdout.write(`bench ${suite} ${metric} ${value.toFixed(3)} budget ${budget ?? '-'} ${verdict}\n`);
  }
}
process.exit(0);
