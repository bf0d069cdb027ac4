// Routes of leases: issue, list, renew, revoke by id (contracts/doppler.md 2.9) and by handle (design.md §4).
import {
  endedLeaseAnswer,
  issuedLeaseAnswer,
  leaseAnswer,
  revokedSetAnswer,
  stuckLeaseAnswer,
} from '#contract/doppler/answers.js';
import { dynamicSecretQuery, leaseId, leaseQuery, leaseRenewal, newLease } from '#contract/doppler/requests.js';
import { IDEMPOTENCY_HEADER, LEASE_HANDLE_HEADER } from '#contract/doppler/wire.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { isFinal } from '#core/lease.js';
import { nextLink } from '#core/lease-handle.js';
import type { Access } from '../../auth/access.ts';
import { by } from '../../auth/caller.ts';
import { leaseActor } from '../../auth/permissions.ts';
import type { IntegrationService } from '../../integrations/definitions.ts';
import type { LeaseActor, LeaseService } from '../../leases/lease-service.ts';
import { type Answer, json, secret } from '../answer.ts';
import { type Call, type OpenCall, type Route, route } from '../route.ts';
import { leaseSet } from './secrets.ts';

type Parts = { access: Access; integrations: IntegrationService; leases: LeaseService };

const LEASES = '/configs/config/dynamic_secrets/dynamic_secret/leases';

export function leaseRoutes(parts: Parts): Route[] {
  const { access, integrations, leases } = parts;
  return [
    route('POST', LEASES, 'leases.issue', (call) => issue(parts, call)),
    route('GET', LEASES, 'leases.list', async ({ caller, input }) => {
      const { dynamic_secret: name, ...where } = input(dynamicSecretQuery);
      const place = await access.place(caller, where, 'leases.list');
      const { slug } = await integrations.getDynamicSecret(place.configId, name);
      return json({ leases: (await leases.list({ dynamicSecretId: slug })).map(leaseAnswer), success: true });
    }),
    route('DELETE', `${LEASES}/lease`, 'leases.end', async ({ caller, input }) => {
      const { slug, dynamicSecret, ...where } = input(leaseQuery);
      const place = await access.place(caller, where, 'leases.end');
      const { slug: dynamicSecretId } = await integrations.getDynamicSecret(place.configId, dynamicSecret);
      const ended = await leases.revoke({ id: slug, dynamicSecretId, actor: leaseActor(caller, place) });
      return json(endedLeaseAnswer(ended), { status: isFinal(ended.state) ? 200 : 202 });
    }),
    route(
      'PUT',
      `${LEASES}/lease`,
      'leases.end',
      async (call) => {
        const { dynamicSecret, ...where } = call.input(leaseRenewal);
        const place = await access.place(call.caller, where, 'leases.end');
        // Lease-manage permission is of this place: it counts only for a lease that is known to lie here.
        if (dynamicSecret === undefined) return renew(leases, call, leaseActor(call.caller));
        const { slug } = await integrations.getDynamicSecret(place.configId, dynamicSecret);
        return renew(leases, call, leaseActor(call.caller, place), slug);
      },
      (call, link) => renew(leases, call, renewingHandle(call, link)),
    ),
    route('GET', '/leases/stuck', 'leases.operate', async () =>
      json({ leases: (await leases.stuck()).map(stuckLeaseAnswer), success: true }),
    ),
    route('POST', '/leases/lease/force_close', 'leases.operate', async ({ caller, input }) => {
      const closed = await leases.forceClose({ id: input(leaseId).slug, cause: by(caller) });
      return json({ lease: stuckLeaseAnswer(closed), success: true });
    }),
    route('DELETE', '/leases', 'leases.end', noHandle, (call, link) => revokeSet(leases, call, link)),
  ];
}

async function issue({ access, integrations, leases }: Parts, { caller, input, header }: Call): Promise<Answer> {
  const { project, config, dynamicSecret, ttlSec, replace } = input(newLease);
  const place = await access.place(caller, { project, config }, 'leases.issue');
  const setId = leaseSet(header);
  const idempotencyKey = checkedKey(header(IDEMPOTENCY_HEADER));
  const { slug } = await integrations.getDynamicSecret(place.configId, dynamicSecret);
  const actor = leaseActor(caller);
  const lease = await leases.issue({ dynamicSecretId: slug, ttlSec, setId, idempotencyKey, replace, actor });
  return secret(json(issuedLeaseAnswer(lease)));
}

async function renew(
  leases: LeaseService,
  { input }: OpenCall,
  actor: LeaseActor,
  dynamicSecretId?: string,
): Promise<Answer> {
  const { slug, ttlSec } = input(leaseRenewal);
  const { id, expiresAt, capped } = await leases.renew({ id: slug, ttlSec, actor, dynamicSecretId });
  return json({ success: true, id, expires_at: iso(expiresAt), capped });
}

/** Only k0 renews, and k2 is two links from it. Given k1 this names a set that nobody has. */
function renewingHandle({ origin }: OpenCall, k0: string): LeaseActor {
  return { kind: 'handle', setId: nextLink(nextLink(k0)), canRenew: true, ...origin };
}

/** k1 is one link from its set and k0 two; the text does not tell which was given, so both sets are ended. */
async function revokeSet(leases: LeaseService, { origin }: OpenCall, link: string): Promise<Answer> {
  const next = nextLink(link);
  const sets = await Promise.all([next, nextLink(next)].map((setId) => leases.revokeSet({ setId, ...origin })));
  const body = revokedSetAnswer(sets.flat());
  return json(body, { status: body.left > 0 ? 202 : 200 });
}

async function noHandle(): Promise<never> {
  throw new AppError('ERR_REQUEST_INVALID', `This address takes a lease handle, in the header ${LEASE_HANDLE_HEADER}.`);
}

function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new AppError('ERR_REQUEST_INVALID', `The header ${IDEMPOTENCY_HEADER} must have 1 to 200 visible characters.`);
}
