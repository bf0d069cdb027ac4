// `token create|list|revoke`: the service tokens of a config, and personal tokens of users.
import { iso } from '#core/clock.js';
import { parseTtl } from '#core/ttl.js';
import type { PeopleRemote } from '#client/remote-people.js';
import { readFlags, required, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openPeople, openService, SERVICE_FLAGS } from './service.ts';
import { findUser } from './user.ts';

const FLAGS = {
  ...SERVICE_FLAGS,
  name: { type: 'string' },
  access: { type: 'string' },
  ttl: { type: 'string' },
  slug: { type: 'string' },
  user: { type: 'string' },
} as const;

/** @throws UsageError, AppError */
export async function token(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  const flags = readFlags(rest, FLAGS);
  const { management, scope } = openService(host, flags)();
  if (what === 'create') {
    const ends = flags.ttl === undefined ? undefined : host.clock.now() + parseTtl(flags.ttl, '--ttl') * 1000;
    const expiresAt = ends === undefined ? undefined : iso(ends);
    const name = required(flags.name, '--name NAME');
    const { key, slug } =
      flags.user === undefined
        ? await management.createToken(scope, { name, access: flags.access ?? 'read', expiresAt })
        : await createFor(openPeople(host, flags), flags.user, { name, expiresAt });
    host.err(`token ${slug}, shown once:\n`);
    host.out(`${key.reveal()}\n`);
  } else if (what === 'list') {
    for (const { slug, name, access, expiresAt } of await management.listTokens(scope)) {
      host.out(`${slug}\t${name}\t${access}\t${expiresAt || 'never ends'}\n`);
    }
  } else if (what === 'revoke') {
    await management.revokeToken(scope, required(flags.slug, '--slug SLUG'));
  } else throw new UsageError("The commands are 'token create', 'token list' and 'token revoke'.");
  return 0;
}

/** A personal token, for people who use no login; the engine wants the admin token for it. */
async function createFor(people: PeopleRemote, email: string, wanted: { name: string; expiresAt: string | undefined }) {
  const { slug } = await findUser(people, email);
  return people.createUserToken(slug, wanted);
}
