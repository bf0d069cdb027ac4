// `token create|list|revoke`: the service tokens of a config.
import { iso } from '#core/clock.js';
import { parseTtl } from '#core/ttl.js';
import { readFlags, required, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openService, SERVICE_FLAGS } from './service.ts';

const FLAGS = {
  ...SERVICE_FLAGS,
  name: { type: 'string' },
  access: { type: 'string' },
  ttl: { type: 'string' },
  slug: { type: 'string' },
} as const;

/** @throws UsageError, AppError */
export async function token(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  const flags = readFlags(rest, FLAGS);
  const { management, scope } = openService(host, flags)();
  if (what === 'create') {
    const ends = flags.ttl === undefined ? undefined : host.clock.now() + parseTtl(flags.ttl, '--ttl') * 1000;
    const expiresAt = ends === undefined ? undefined : iso(ends);
    const wanted = { name: required(flags.name, '--name NAME'), access: flags.access ?? 'read', expiresAt };
    const { key, slug } = await management.createToken(scope, wanted);
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
