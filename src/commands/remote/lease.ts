// `lease issue|list|renew|revoke|stuck|force-close`: leases by hand.
import type { Scope } from '#client/client.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { parseTtl } from '#core/ttl.js';
import { readFlags, required, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openService, SERVICE_FLAGS, type Service } from './service.ts';

const FLAGS = {
  ...SERVICE_FLAGS,
  dynamic: { type: 'string' },
  id: { type: 'string' },
  ttl: { type: 'string' },
} as const;

/** @throws UsageError, AppError */
export async function lease(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  const flags = readFlags(rest, FLAGS);
  const service = openService(host, flags)();
  const { client, leases, scope } = service;
  if (what === 'stuck') {
    for (const one of await service.management.listStuckLeases()) {
      host.out(`${one.id}\t${one.state}\t${one.dynamic}\t${one.externalRef}\t${one.error}\n`);
    }
    return 0;
  }
  if (what === 'force-close') {
    const { externalRef } = await service.management.forceCloseLease(required(flags.id, '--id ID'));
    host.out(`closed; make sure that ${externalRef} is gone at its target\n`);
    return 0;
  }
  const dynamic = required(flags.dynamic, '--dynamic NAME');
  if (what === 'issue') await issue(host, service, dynamic, parseTtl(flags.ttl ?? '30m', '--ttl'));
  else if (what === 'list') {
    for (const { id, state, expiresAt } of await leases.list(scope, dynamic)) {
      host.out(`${id}\t${state}\t${expiresAt}\n`);
    }
  } else if (what === 'renew') {
    const ttlSec = parseTtl(required(flags.ttl, '--ttl TIME'), '--ttl');
    const ends = await leases.renew(scope, { dynamic, id: required(flags.id, '--id ID'), ttlSec });
    host.out(`${ends}\n`);
  } else if (what === 'revoke') {
    await client.revokeLease({ ...scope, dynamic, id: required(flags.id, '--id ID') });
  } else throw new UsageError("The commands are 'lease issue', 'list', 'renew', 'revoke', 'stuck' and 'force-close'.");
  return 0;
}

/** Prints the shape of the API's own answer. */
async function issue(host: Host, { backend, client, scope }: Service, dynamic: string, ttlSec: number): Promise<void> {
  const whole = backend === 'phase' ? scope : fullScope(scope);
  const issued = await client.issueLease({ scope: whole, dynamic, ttlSec, onIssued: () => undefined });
  const value = Object.fromEntries([...issued.fields].map(([field, one]) => [field, one.reveal()]));
  host.out(`${JSON.stringify({ id: issued.id, expires_at: iso(issued.expiresAt), value }, undefined, 2)}\n`);
}

/** Doppler's cloud needs both; a service token of our engine knows its own. */
function fullScope(scope: Scope): Scope {
  if ((scope.project === undefined) === (scope.config === undefined)) return scope;
  throw new AppError('ERR_CONFIG_INVALID', '--project and --config belong together.');
}
