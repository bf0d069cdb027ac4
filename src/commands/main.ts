// The command line: picks the command, and says in one line what went wrong.
import { asAppError } from '#core/errors.js';
import { UsageError } from './flags.ts';
import { COMMAND_HELP, HELP } from './help.ts';
import type { Host } from './host.ts';

type Command = (host: Host) => Promise<number>;

/** Loaded when it is used: `--help` must not wait for an engine. */
const COMMANDS: Readonly<Record<keyof typeof COMMAND_HELP, () => Promise<Command>>> = {
  init: async () => (await import('./init.ts')).init,
  serve: async () => (await import('./serve.ts')).serve,
  run: async () => (await import('./remote/run.ts')).run,
  download: async () => (await import('./remote/download.ts')).download,
  secret: async () => (await import('./remote/secret.ts')).secret,
  lease: async () => (await import('./remote/lease.ts')).lease,
  user: async () => (await import('./remote/user.ts')).user,
  login: async () => (await import('./remote/login.ts')).login,
  token: async () => (await import('./remote/token.ts')).token,
  dump: async () => (await import('./backup.ts')).dump,
  restore: async () => (await import('./backup.ts')).restore,
  recover: async () => (await import('./recover.ts')).recover,
  rekey: async () => (await import('./rekey.ts')).rekey,
  provider: async () => (await import('./provider.ts')).provider,
  audit: async () => (await import('./audit.ts')).audit,
};

/** Exit codes: 0 done, 1 it did not work, 2 the command line is not understood. */
export async function main(host: Host): Promise<number> {
  const [name = '', ...rest] = host.args;
  try {
    if (!isCommand(name)) return general(host, name);
    // What follows `--` is for the child, its own --help too.
    const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
    if (own.includes('--help') || own.includes('-h')) {
      host.out(COMMAND_HELP[name]);
      return 0;
    }
    const command = await COMMANDS[name]();
    return await command(host);
  } catch (error) {
    host.err(`secrets-action: ${asAppError(error).line}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function isCommand(name: string): name is keyof typeof COMMAND_HELP {
  return Object.hasOwn(COMMANDS, name);
}

function general(host: Host, name: string): number {
  if (name === '--version') host.out(`${host.version}\n`);
  else if (name === '--help' || name === '-h' || name === 'help') host.out(HELP);
  else if (name === '') host.err(HELP);
  else throw new UsageError(`There is no command '${name.slice(0, 40)}'.`);
  return name === '' ? 2 : 0;
}
