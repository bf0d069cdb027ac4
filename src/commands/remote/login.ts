// `login approve|refuse CODE`: what becomes of a Doppler CLI that waits for somebody to confirm its code.
import { readFlags, required, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openPeople, SERVICE_FLAGS } from './service.ts';

const FLAGS = {
  'api-url': SERVICE_FLAGS['api-url'],
  'token-file': SERVICE_FLAGS['token-file'],
  user: { type: 'string' },
} as const;

/** @throws UsageError, AppError */
export async function login(host: Host): Promise<number> {
  const [, what, code = '', ...rest] = host.args;
  if ((what !== 'approve' && what !== 'refuse') || code === '' || code.startsWith('-')) {
    throw new UsageError("The commands are 'login approve CODE --user ADDRESS' and 'login refuse CODE'.");
  }
  const flags = readFlags(rest, FLAGS);
  const user = what === 'approve' ? required(flags.user, '--user ADDRESS') : undefined;
  const machine = await openPeople(host, flags).decideLogin(code, user);
  host.out(user === undefined ? `${machine} is refused.\n` : `${machine} is logged in as ${user}.\n`);
  return 0;
}
