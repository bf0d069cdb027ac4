// The command line: picks the command, and says in one line what went wrong.
import { AppError, asAppError } from '#core/errors.js';
import { UsageError } from './flags.ts';
import { COMMAND_HELP, HELP } from './help.ts';
import type { Host } from './host.ts';
import { inWords } from './words.ts';

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
  load: async () => (await import('./load.ts')).load,
  restore: async () => (await import('./backup.ts')).restore,
  recover: async () => (await import('./recover.ts')).recover,
  rekey: async () => (await import('./rekey.ts')).rekey,
  provider: async () => (await import('./provider.ts')).provider,
  audit: async () => (await import('./audit.ts')).audit,
};

/** What comes after the command, where one word is not enough; asked for before anything else is missed. */
const VERBS: { readonly [Name in keyof typeof COMMAND_HELP]?: readonly string[] } = {
  secret: ['list'],
  lease: ['issue', 'list', 'renew', 'revoke', 'stuck', 'force-close'],
  user: ['add', 'list', 'remove'],
  login: ['approve', 'refuse'],
  token: ['create', 'list', 'revoke'],
  provider: ['install'],
  audit: ['verify'],
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
    checkVerb(name, own[0]);
    const command = await COMMANDS[name]();
    return await command(host);
  } catch (error) {
    const { line } = inWords(asAppError(isOldNode(error) ? OLD_NODE : error));
    if (!(error instanceof UsageError)) {
      host.err(`secrets-action: ${line}\n`);
      return 1;
    }
    host.err(`secrets-action: ${line} See secrets-action ${isCommand(name) ? `${name} ` : ''}--help.\n`);
    return 2;
  }
}

const OLD_NODE = new AppError('ERR_CONFIG_INVALID', 'This Node.js is too old for this command.', {
  hint: 'Run it with Node.js 24 or newer.',
});

/** The one built-in module that the store needs and older ones lack. */
function isOldNode(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_UNKNOWN_BUILTIN_MODULE';
}

function checkVerb(name: keyof typeof COMMAND_HELP, verb = ''): void {
  const known = VERBS[name];
  if (!known || known.includes(verb)) return;
  const [last, ...others] = known.map((one) => `'${name} ${one}'`).reverse();
  const all =
    others.length === 0 ? `The command is ${last}.` : `The commands are ${others.reverse().join(', ')} and ${last}.`;
  throw new UsageError(all);
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
