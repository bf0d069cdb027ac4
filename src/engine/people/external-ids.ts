// External ids: what a trust policy at AWS demands of who assumes its role, made here before there is an integration.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { type Caller, done } from '../auth/caller.ts';
import type { Store } from '../storage/store.ts';
import type { NewIntegration } from '../integrations/definitions.ts';

/** Ours, and Doppler's types that assume a role (contracts/doppler.md 6.4). */
const OF_AWS = /^aws(?:_[a-z_]{1,40})?$/;
const TYPE = 'aws';

/** One per account and type is pending: the last one made, until an integration of that account takes it. */
export class ExternalIds {
  readonly #parts: { store: Store; clock: Clock };

  constructor(parts: { store: Store; clock: Clock }) {
    this.#parts = parts;
  }

  /** @throws AppError ERR_REQUEST_INVALID for a type that takes none */
  async generate(caller: Caller, type: string): Promise<string> {
    if (!OF_AWS.test(type)) {
      throw new AppError('ERR_REQUEST_INVALID', 'Only integrations of AWS have an external id.', {
        hint: 'Ask for one of type aws.',
      });
    }
    const [externalId, at] = [randomUUID(), this.#parts.clock.now()];
    const { principalId } = caller;
    const event = done(caller, at, 'external-ids.generate', `principal:${principalId}`, { type });
    await this.#parts.store.write.putExternalId({ principalId, type: TYPE, externalId, at, event });
    return externalId;
  }

  /** `wanted` with the caller's pending id, where it assumes a role and names none of its own. */
  async complete(caller: Caller, wanted: NewIntegration): Promise<NewIntegration> {
    const { type, data } = wanted;
    if (type !== TYPE || !assumesBare(data)) return wanted;
    const pending = await this.#parts.store.read.findExternalId({ principalId: caller.principalId, type });
    if (!pending) return wanted;
    return { ...wanted, data: { ...data, external_id: pending.external_id }, spends: pending.external_id };
  }
}

function assumesBare(data: unknown): data is { role_arn: unknown } {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  const { role_arn, external_id } = data as Record<string, unknown>;
  return role_arn !== undefined && role_arn !== null && (external_id === undefined || external_id === null);
}
