// The settings of the workplace; an engine is one, so there is nothing to choose it by.
import { AppError } from '#core/errors.js';
import { type Caller, done } from '../auth/caller.ts';
import type { WorkplaceSettings } from '../storage/operations/workplace.ts';
import { checkName, EMAIL, type Parts } from './parts.ts';

export type { WorkplaceSettings };

export class Workplace {
  readonly #parts: Pick<Parts, 'store' | 'clock'>;

  constructor(parts: Pick<Parts, 'store' | 'clock'>) {
    this.#parts = parts;
  }

  get(): Promise<WorkplaceSettings> {
    return this.#parts.store.read.readWorkplace({});
  }

  /** What is not named stays; an empty address takes one away. @throws AppError ERR_REQUEST_INVALID */
  async update(caller: Caller, wanted: { [Key in keyof WorkplaceSettings]?: string | undefined }) {
    const change = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    if (wanted.name !== undefined) checkName(wanted.name);
    for (const email of [wanted.billingEmail, wanted.securityEmail]) {
      if (email && !EMAIL.test(email)) throw new AppError('ERR_REQUEST_INVALID', 'That is no email address.');
    }
    const event = done(caller, this.#parts.clock.now(), 'workplace.update', 'workplace');
    return this.#parts.store.write.updateWorkplace({ change, event });
  }
}
