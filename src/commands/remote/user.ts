// `user add|list|remove`: the people of an engine, by their email address.
import { AppError, asAppError } from '#core/errors.js';
import { withDetail } from '#client/problem.js';
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
  const wish = { email, name: flags.name, access: flags.access };
  const { slug } =
    project && role ? await addWithRole(host, people, wish, { project, role }) : await people.addUser(wish);
  host.out(`${slug}\n`);
  return 0;
}

type Wish = Parameters<PeopleRemote['addUser']>[0];

/** May be said again: what an earlier one left undone, such as a project that was mistyped, is done then. */
async function addWithRole(host: Host, people: PeopleRemote, wish: Wish, at: { project: string; role: string }) {
  const { project, role } = at;
  const [known] = await people.listUsers(wish.email);
  const user = known ?? (await people.addUser(wish));
  const told = known ? `${user.email} is a user already` : `${user.email} is a user now`;
  try {
    await people.addToProject(user.slug, project, role);
  } catch (error) {
    // Somebody who has a role there already is not without one.
    if (asAppError(error).code === 'ERR_CONFLICT') throw error;
    throw withDetail(
      asAppError(error),
      `${told}, without the role ${role} in ${project}: say it again when that is right.`,
    );
  }
  if (known) host.err(`secrets-action: ${told}; the role ${role} in ${project} is given.\n`);
  return user;
}

/** @throws AppError ERR_NOT_FOUND */
export async function findUser(people: PeopleRemote, email: string): Promise<UserLine> {
  const [found] = await people.listUsers(email);
  if (found) return found;
  throw new AppError('ERR_NOT_FOUND', `There is no user with the address '${email.slice(0, 80)}'.`, {
    hint: "'secrets-action user list' shows who there is.",
  });
}
