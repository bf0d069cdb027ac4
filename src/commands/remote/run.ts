// `run -- command`: secrets and fresh leases in the environment of one child, and the leases ended when it ends.
import { iso } from '#core/clock.js';
import { transformName } from '#formats/transform.js';
import { summary } from '../../action/end.ts';
import { type Delivery, objections, refuse } from '../../action/naming.ts';
import { readFlags, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { runChild } from './child.ts';
import { openService, SERVICE_FLAGS } from './service.ts';
import { Delivering, readWish, VALUE_FLAGS } from './values.ts';

const FLAGS = { ...SERVICE_FLAGS, ...VALUE_FLAGS, 'allow-names': { type: 'string', multiple: true } } as const;
/** What opens more than the child was given. */
const OURS = /^SECRETS_(?:TOKEN|ROOT_KEY(?:_FILE)?|DATABASE_URL)$/;

/** The child's exit code. @throws AppError when it could not be started with all it should have */
export async function run(host: Host): Promise<number> {
  const cut = host.args.indexOf('--');
  const command = cut < 0 ? [] : host.args.slice(cut + 1);
  const flags = readFlags(host.args.slice(1, cut < 0 ? undefined : cut), FLAGS, 'Write the command after --');
  if (command.length === 0) throw new UsageError('There is no command to run: write it after --.');
  const wish = readWish(flags);
  const delivering = new Delivering(openService(host, flags), wish);
  const stop = new AbortController();
  host.onSignal(() => stop.abort());
  try {
    const found = await delivering.collect(stop.signal);
    const { transformer } = wish;
    const named = found.map((one) => (transformer ? { ...one, name: transformName(one.name, transformer) } : one));
    refuse(objections(named, { allowNames: split(flags['allow-names']), exportEnv: true }));
    if (stop.signal.aborted) return 130;
    return await runChild(host, command, environment(host, named));
  } finally {
    await tellEnd(host, delivering);
  }
}

function environment(host: Host, deliveries: readonly Delivery[]): Record<string, string> {
  const own = Object.entries(host.env).flatMap(([name, value]) =>
    value === undefined || OURS.test(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries([...own, ...deliveries.map(({ name, value }) => [name, value.reveal()] as const)]);
}

/** Silent where all is well: the streams are the child's. */
async function tellEnd(host: Host, delivering: Delivering): Promise<void> {
  const ended = await delivering.end(host);
  if (!ended || ended.left === 0) return;
  host.err(`secrets-action: ${summary(ended)}. ${ended.reasons.join(' ')}\n`);
  for (const { dynamic, id, expiresAt } of delivering.held) {
    host.err(`secrets-action: lease ${id} of ${dynamic} may live until ${iso(expiresAt)}\n`);
  }
}

function split(given: readonly string[] | undefined): string[] {
  return (given ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((name) => name !== '');
}
