// `token create|list|revoke`: the service tokens of a config, and tokens of users and service accounts in either dialect.
import { iso } from '#core/clock.js';
import type { Sensitive } from '#core/sensitive.js';
import { parseTtl } from '#core/ttl.js';
import type { NewToken, PeopleRemote, TokenWish } from '#client/remote-people.js';
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
  'service-account': { type: 'string' },
  dialect: { type: 'string' },
} as const;

/** @throws UsageError, AppError */
export async function token(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  const flags = readFlags(rest, FLAGS);
  const { user, 'service-account': account } = flags;
  if (what === 'create' && (user ?? account) !== undefined) {
    const wish = {
      name: required(flags.name, '--name NAME'),
      expiresAt: endOf(host, flags.ttl),
      dialect: dialectOf(flags),
    };
    show(host, await createFor(openPeople(host, flags), { user, account }, wish));
    return 0;
  }
  if (flags.dialect !== undefined) throw new UsageError('--dialect goes with --user or --service-account.');
  const { management, scope } = openService(host, flags)();
  if (what === 'create') {
    const wish = { name: required(flags.name, '--name NAME'), access: flags.access ?? 'read' };
    show(host, await management.createToken(scope, { ...wish, expiresAt: endOf(host, flags.ttl) }));
  } else if (what === 'list') {
    for (const { slug, name, access, expiresAt } of await management.listTokens(scope)) {
      host.out(`${slug}\t${name}\t${access}\t${expiresAt || 'never ends'}\n`);
    }
  } else if (what === 'revoke') {
    await management.revokeToken(scope, required(flags.slug, '--slug SLUG'));
  } else throw new UsageError("The commands are 'token create', 'token list' and 'token revoke'.");
  return 0;
}

/** For people who use no login, the admin token is wanted, and for machines that have no identity. */
async function createFor(
  people: PeopleRemote,
  { user, account }: { user: string | undefined; account: string | undefined },
  wish: TokenWish,
): Promise<NewToken> {
  if (user !== undefined && account !== undefined)
    throw new UsageError('--user and --service-account exclude each other.');
  if (account !== undefined) return people.createAccountToken(account, wish);
  const { slug } = await findUser(people, user ?? '');
  return people.createUserToken(slug, wish);
}

function dialectOf({ dialect = 'doppler' }: { dialect?: string | undefined }): TokenWish['dialect'] {
  if (dialect === 'doppler' || dialect === 'phase') return dialect;
  throw new UsageError('--dialect is doppler or phase.');
}

function endOf(host: Host, ttl: string | undefined): string | undefined {
  return ttl === undefined ? undefined : iso(host.clock.now() + parseTtl(ttl, '--ttl') * 1000);
}

function show(host: Host, { key, slug }: { key: Sensitive; slug: string }): void {
  host.err(`token ${slug}, shown once:\n`);
  host.out(`${key.reveal()}\n`);
}
