// Dynamic secrets of an environment for Phase's routes: listed, and leased all together or not at all.
import { type Writing, dynamicAnswer, leaseAnswer } from '#contract/phase/answers.js';
import { IDEMPOTENCY_HEADER } from '#contract/doppler/wire.js';
import { AppError } from '#core/errors.js';
import { leasedNames } from '#core/kinds.js';
import type { Access } from '../../auth/access.ts';
import { leaseActor } from '../../auth/permissions.ts';
import type { Place } from '../../auth/places.ts';
import type { DynamicSecretView, IntegrationService } from '../../integrations/definitions.ts';
import type { LeaseService, LeaseSummary } from '../../leases/lease-service.ts';
import type { LeasedValues } from '../../secrets/leased.ts';
import { leaseSet } from '../doppler/secrets.ts';
import type { Call } from '../route.ts';

export type LeasingParts = {
  access: Access;
  integrations: IntegrationService;
  leases: LeaseService;
  leased: LeasedValues;
};
type Wish = { isLeasing: boolean; ttlSec: number | undefined; replace: boolean };

/** Phase's least life of a lease (contracts/phase.md 3.1); a renewal may add less. */
const MIN_TTL_SEC = 60;

/** Only the root of an environment has dynamic secrets so far. */
export const ROOT_PATH = '/';

/** The answers of these dynamic secrets, each with a lease where one is wanted. */
export async function dynamicAnswers(
  parts: LeasingParts,
  call: Call,
  place: Place,
  { secrets, wish, writing }: { secrets: readonly DynamicSecretView[]; wish: Wish; writing: Writing },
): Promise<object[]> {
  const issued = wish.isLeasing ? await issue(parts, call, place, secrets, wish) : [];
  return secrets.map((secret, at) => {
    const { slug: id, name, kind, keyMap, ...rest } = secret;
    const lease = issued[at];
    const shown = lease ? leaseAnswer(lease.summary, lease.values, writing) : null;
    const home = { environmentId: place.environmentId, path: ROOT_PATH };
    return dynamicAnswer({ ...rest, id, name, kind, names: leasedNames(kind, name, keyMap) }, home, writing, shown);
  });
}

type Issued = {
  summary: LeaseSummary & { name: string };
  values: Awaited<ReturnType<LeaseService['issue']>>['values'];
};

/** @throws AppError when one of them fails; what the others leased is ended then */
async function issue(
  { access, leased, leases }: LeasingParts,
  { caller, header }: Call,
  place: Place,
  secrets: readonly DynamicSecretView[],
  { ttlSec, replace }: Wish,
): Promise<Issued[]> {
  await access.require(caller, 'leases.issue', place);
  if (ttlSec !== undefined && ttlSec < MIN_TTL_SEC) {
    throw new AppError('ERR_REQUEST_INVALID', `The ttl must be at least ${MIN_TTL_SEC} seconds.`);
  }
  const actor = leaseActor(caller, place);
  const key = header(IDEMPOTENCY_HEADER);
  const [only, ...others] = secrets;
  // A key stands for one lease; with several it could not say which of them is meant again.
  const idempotencyKey = only && others.length === 0 ? checkedKey(key) : undefined;
  const terms = { ttlSec, replace, idempotencyKey, setId: leaseSet(header) };
  const issued = await leased.issueEach(
    actor,
    secrets.map(({ slug }) => slug),
    terms,
  );
  return Promise.all(
    issued.map(async ({ id, values }, at) => {
      const summary = await leases.find({ id });
      if (!summary) throw new AppError('ERR_INTERNAL', 'A lease was issued and is not there.');
      return { summary: { ...summary, name: secrets[at]?.name ?? '' }, values };
    }),
  );
}

function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new AppError('ERR_REQUEST_INVALID', `The header ${IDEMPOTENCY_HEADER} must have 1 to 200 visible characters.`);
}
