// The command line: picks the command, and says in one line what went wrong.
import { asAppError } from '#core/errors.js';
import { UsageError } from './flags.ts';
import { HELP, INIT_HELP, SERVE_HELP } from './help.ts';
import type { Host } from './host.ts';
import { init } from './init.ts';
import { serve } from './serve.ts';

const COMMANDS: Readonly<Record<string, { run(host: Host): Promise<number>; help: string }>> = {
  init: { run: init, help: INIT_HELP },
  serve: { run: serve, help: SERVE_HELP },
};

/** Exit codes: 0 done, 1 it did not work, 2 the command line is not understood. */
export async function main(host: Host): Promise<number> {
  const [name = '', ...rest] = host.args;
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) return general(host, name);
    if (rest.includes('--help') || rest.includes('-h')) {
      host.out(command.help);
      return 0;
    }
    return await command.run(host);
  } catch (error) {
    host.err(`secrets-action: ${asAppError(error).line}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function general(host: Host, name: string): number {
  if (name === '--version') host.out(`${host.version}\n`);
  else if (name === '--help' || name === '-h' || name === 'help') host.out(HELP);
  else if (name === '') host.err(HELP);
  else throw new UsageError(`There is no command '${name.slice(0, 40)}'.`);
  return name === '' ? 2 : 0;
}
