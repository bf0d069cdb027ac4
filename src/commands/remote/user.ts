// `user add|list|remove`: the people of an engine, by their email address.
import { AppError } from '#core/errors.js';
import type { PeopleRemote, UserLine } from '#client/remote-people.js';
import { readFlags, required, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openPeople, SERVICE_FLAGS } from './service.ts';

const FLAGS = {
  'api-url': SERVICE_FLAGS['api-url'],
  'token-file': SERVICE_FLAGS['token-file'],
  project: SERVICE_FLAGS.project,
  email: { type: 'string' },
  name: { type: 'string' },
  access: { type: 'string' },
  role: { type: 'string' },
} as const;

/** @throws UsageError, AppError */
export async function user(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  const flags = readFlags(rest, FLAGS);
  const people = openPeople(host, flags);
  if (what === 'list') {
    for (const { slug, email, name, access } of await people.listUsers(flags.email)) {
      host.out(`${slug}\t${email}\t${name}\t${access}\n`);
    }
    return 0;
  }
  if (what !== 'add' && what !== 'remove') {
    throw new UsageError("The commands are 'user add', 'user list' and 'user remove'.");
  }
  const email = required(flags.email, '--email ADDRESS');
  if (what === 'remove') {
    await people.removeUser((await findUser(people, email)).slug);
    return 0;
  }
  const { project, role } = flags;
  if ((project === undefined) !== (role === undefined)) throw new UsageError('--project and --role belong together.');
  const added = await people.addUser({ email, name: flags.name, access: flags.access });
  if (project && role) await people.addToProject(added.slug, project, role);
  host.out(`${added.slug}\n`);
  return 0;
}

/** @throws AppError ERR_NOT_FOUND */
export async function findUser(people: PeopleRemote, email: string): Promise<UserLine> {
  const [found] = await people.listUsers(email);
  if (found) return found;
  throw new AppError('ERR_NOT_FOUND', `There is no user with the address '${email.slice(0, 80)}'.`, {
    hint: "'secrets-action user list' shows who there is.",
  });
}
