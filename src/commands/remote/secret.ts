// `secret list`: names and visibilities of a config; no value is printed.
import { isVisibility } from '#core/visibility.js';
import { readFlags, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openService, SERVICE_FLAGS } from './service.ts';

const FLAGS = { ...SERVICE_FLAGS, visibility: { type: 'string' } } as const;

/** One line for each secret: name and visibility, that of the computed value. */
export async function secret(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  if (what !== 'list') throw new UsageError("The command is 'secret list'.");
  const flags = readFlags(rest, FLAGS);
  const wanted = flags.visibility;
  if (wanted !== undefined && !isVisibility(wanted)) {
    throw new UsageError(`'${wanted.slice(0, 40)}' is not a visibility: masked, unmasked or restricted.`);
  }
  const { client, scope } = openService(host, flags)();
  const { secrets } = await client.fetchSecrets(scope, []);
  for (const { name, computedVisibility } of secrets) {
    if (wanted === undefined || computedVisibility === wanted) host.out(`${name}\t${computedVisibility}\n`);
  }
  return 0;
}
