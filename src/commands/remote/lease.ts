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
  const { leases, scope } = service;
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
    host.out(`${await revoke(service, dynamic, required(flags.id, '--id ID'))}\n`);
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

/** What became of the lease, in words. @throws AppError ERR_NOT_FOUND for one that a person may have mistyped */
async function revoke(service: Service, dynamic: string, id: string): Promise<string> {
  try {
    const validUntil = await service.client.revokeLease({ ...service.scope, dynamic, id, byHand: true });
    return validUntil === undefined ? 'revoked' : `revoked; its credential is valid until ${iso(validUntil)}`;
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'ERR_NOT_FOUND' && service.backend === 'doppler';
    throw isMissing ? await noSuchLease(service, dynamic, id) : error;
  }
}

/** @throws AppError where nothing of the config can be read: then the names or the token are what is wrong */
async function noSuchLease({ client, scope }: Service, dynamic: string, id: string): Promise<AppError> {
  const { secrets, engine } = await client.fetchSecrets(scope, ['DOPPLER_PROJECT', 'DOPPLER_CONFIG']);
  const own = (name: string) => secrets.find((one) => one.name === name)?.computed?.reveal();
  const { project = own('DOPPLER_PROJECT'), config = own('DOPPLER_CONFIG') } = scope;
  const lease = `lease ${id} of ${dynamic} in ${project ?? ''}/${config ?? ''}`;
  if (!engine) return new AppError('ERR_NOT_FOUND', `There is no such lease, or it has ended long ago: ${lease}.`);
  return new AppError('ERR_NOT_FOUND', `There is no ${lease}.`, {
    hint: `'secrets-action lease list --dynamic ${dynamic}' shows the ids.`,
  });
}

/** Doppler's cloud needs both; a service token of our engine knows its own. */
function fullScope(scope: Scope): Scope {
  if ((scope.project === undefined) === (scope.config === undefined)) return scope;
  throw new AppError('ERR_CONFIG_INVALID', '--project and --config belong together.');
}
