// Phase routes of dynamic secrets and their leases: list, lease, renew, revoke (contracts/phase.md 3).
import { leaseAnswer, PLAINLY } from '#contract/phase/answers.js';
import { formatSpokenInstant } from '#contract/phase/duration.js';
import { dynamicQuery, leaseQuery, leaseRenewal, leasesQuery } from '#contract/phase/requests.js';
import { AppError } from '#core/errors.js';
import { isFinal } from '#core/lease.js';
import { leaseActor } from '../../auth/permissions.ts';
import type { Place } from '../../auth/places.ts';
import type { DynamicSecretView } from '../../integrations/definitions.ts';
import type { LeaseSummary } from '../../leases/lease-service.ts';
import type { PhaseKeys } from '../../phase/keys.ts';
import { type Answer, json, secret } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { dynamicAnswers, type LeasingParts, ROOT_PATH } from './leasing.ts';
import { placeOf, type PlaceParts } from './place.ts';
import { leases, phaseRoute } from './wire.ts';

export type DynamicParts = PlaceParts & LeasingParts & { keys: PhaseKeys };

const DYNAMIC = '/v1/secrets/dynamic/';
const LEASES = '/v1/secrets/dynamic/leases/';

export function phaseDynamicRoutes(parts: DynamicParts): Route[] {
  return [
    phaseRoute('GET', DYNAMIC, 'dynamic_secrets.read', (call) => list(parts, call), { isMinting: leases }),
    phaseRoute('GET', LEASES, 'leases.list', (call) => listLeases(parts, call)),
    phaseRoute('PUT', LEASES, 'leases.end', (call) => renew(parts, call)),
    phaseRoute('DELETE', LEASES, 'leases.end', (call) => revoke(parts, call)),
  ];
}

async function list(parts: DynamicParts, call: Call): Promise<Answer> {
  const wish = call.input(dynamicQuery);
  const place = await placeOf(parts, call, 'dynamic_secrets.read');
  const all = await parts.integrations.listDynamicSecrets(place.configId);
  const secrets = all.filter(
    ({ slug, name }) =>
      (wish.path ?? ROOT_PATH) === ROOT_PATH &&
      (wish.id === undefined || wish.id.toLowerCase() === slug) &&
      (wish.name === undefined || wish.name === name),
  );
  if (secrets.length === 0) throw new AppError('ERR_NOT_FOUND', 'No dynamic secrets found');
  const writing = { ...PLAINLY, digest: parts.keys.digesterOf(place.environmentId) };
  return secret(json(await dynamicAnswers(parts, call, place, { secrets, wish, writing })));
}

async function listLeases(parts: DynamicParts, call: Call): Promise<Answer> {
  const { secret_id: id } = call.input(leasesQuery);
  const place = await placeOf(parts, call, 'leases.list', id);
  const { slug, name } = await dynamicSecret(parts, place, id);
  const found = await parts.leases.list({ dynamicSecretId: slug });
  // What was rolled back was never anybody's lease.
  const shown = found.filter(({ state }) => state !== 'aborted');
  return secret(json(shown.map((lease) => leaseAnswer({ ...lease, name }))));
}

/**
 * The time asked for is added to the old expiry, and the whole life may not pass the maximum (contracts/phase.md 3.6);
 * unlike there, the lease then lives as long as it says.
 */
async function renew(parts: DynamicParts, call: Call): Promise<Answer> {
  const { lease_id: id, ttl } = call.input(leaseRenewal);
  const place = await placeOf(parts, call, 'leases.end');
  const { lease, dynamic } = await leaseIn(parts, place, id);
  if (isFinal(lease.state)) throw ended();
  const leftSec = dynamic.maxTtlSec - (lease.expiresAt - lease.createdAt) / 1000;
  if (ttl > leftSec) {
    const most = Math.max(0, Math.floor(leftSec));
    throw new AppError('ERR_TTL_EXCEEDED', `The lease can be renewed by ${most} more seconds at most.`);
  }
  const actor = leaseActor(call.caller, place);
  const renewal = { id, ttlSec: ttl, isAdded: true, actor, dynamicSecretId: dynamic.slug };
  const { expiresAt } = await parts.leases.renew(renewal).catch(asEnded);
  return json({ message: `Lease renewed. Updated expiry: ${formatSpokenInstant(expiresAt)}` });
}

/** Done is 200, also when it was done before; 202 says that the target has not ended it yet, and that we go on. */
async function revoke(parts: DynamicParts, call: Call): Promise<Answer> {
  const { lease_id: id } = call.input(leaseQuery);
  const place = await placeOf(parts, call, 'leases.end');
  const { lease, dynamic } = await leaseIn(parts, place, id);
  const already = json({ message: 'Lease was already revoked' });
  if (isFinal(lease.state)) return already;
  const actor = leaseActor(call.caller, place);
  try {
    const { state } = await parts.leases.revoke({ id, actor, dynamicSecretId: dynamic.slug });
    if (isFinal(state)) return json({ message: 'Lease revoked' });
    return json({ message: 'The lease is being revoked until it is gone.' }, { status: 202 });
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_LEASE_EXPIRED') return already;
    throw error;
  }
}

/** A lease of another environment is not found. @throws AppError ERR_NOT_FOUND */
async function leaseIn(
  { integrations, leases: service }: DynamicParts,
  place: Place,
  id: string,
): Promise<{ lease: LeaseSummary; dynamic: DynamicSecretView }> {
  const lease = await service.find({ id });
  const all = lease ? await integrations.listDynamicSecrets(place.configId) : [];
  const dynamic = all.find(({ slug }) => slug === lease?.dynamicSecretId);
  if (!lease || !dynamic) throw new AppError('ERR_NOT_FOUND', 'Lease not found');
  return { lease, dynamic };
}

async function dynamicSecret({ integrations }: DynamicParts, place: Place, id: string): Promise<DynamicSecretView> {
  const found = (await integrations.listDynamicSecrets(place.configId)).find(({ slug }) => slug === id.toLowerCase());
  if (!found) throw new AppError('ERR_NOT_FOUND', 'Secret not found');
  return found;
}

/** Phase says 400 where Doppler says 410. */
function ended(): AppError {
  return new AppError('ERR_REQUEST_INVALID', 'The lease has ended and cannot be renewed.', { hint: 'Take a new one.' });
}

function asEnded(error: unknown): never {
  throw error instanceof AppError && error.code === 'ERR_LEASE_EXPIRED' ? ended() : error;
}
