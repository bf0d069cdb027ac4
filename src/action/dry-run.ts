// What a step would do, said instead of done: one line for each name, and the summary.
import { formatTtl } from '#core/ttl.js';
import type { Inputs } from './inputs/inputs.ts';
import { scopeName } from './inputs/leasing.ts';
import type { WantedLease } from './lease-plan.ts';
import type { Delivery } from './naming.ts';
import type { Runner } from './runner.ts';
import { dryRunSummary, ways } from './summary.ts';

/** Tells what would be delivered and leased. Values are not even masked: none is printed or handed over. */
export function tellDryRun(
  runner: Runner,
  inputs: Inputs,
  fixed: readonly Delivery[],
  leases: readonly WantedLease[],
): void {
  for (const { name, source, visibility } of fixed) {
    runner.info(`${name} from ${source} (${visibility}) as ${ways(inputs)}`);
  }
  for (const { dynamic, scope, ttlSec, prefix } of leases) {
    const under = prefix === undefined ? '' : ` under ${prefix}`;
    runner.info(`lease of ${dynamic} of ${scopeName(scope)} for ${formatTtl(ttlSec)}${under} as ${ways(inputs)}`);
  }
  runner.info(`dry run: ${fixed.length} static, ${leases.length} leases; nothing was delivered or leased`);
  runner.summarize(dryRunSummary(inputs, fixed, leases));
}
