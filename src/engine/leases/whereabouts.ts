// Before an integration gets other data: whether what its leases made, or left behind, is found with that data too.
import { AppError, asAppError } from '#core/errors.js';
import { classify, type Declared, type Integration } from '../integrations/integration.ts';
import type { IntegrationRow } from '../storage/operations/integrations.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import { integrationOf, type LeaseParts, openPlan } from './parts.ts';
import type { Tidier } from './tidier.ts';
import { CREATE_DEADLINE_MS, withDeadline } from './timing.ts';

const PAGE = 500;
/** One of a place that is seen answers for all of it; so many are looked for before none of them counts as seen. */
const TRIES = 5;

/** `active`: those that are certainly there, the oldest first, since a target may not show the newest yet. */
type Place = { active: WorkRow[]; others: WorkRow[]; live: number; left: number };

export class Whereabouts {
  readonly #parts: LeaseParts;
  readonly #tidier: Tidier;

  constructor(parts: LeaseParts, tidier: Tidier) {
    this.#parts = parts;
    this.#tidier = tidier;
  }

  /**
   * Looks at the target, with `data`, for everything that still has to be ended or taken away there.
   * @returns whether there is anything, all of which was then found
   * @throws AppError ERR_CONFLICT naming how much would be lost; what the target says where it cannot be asked now
   */
  async mustBeFound({ id, type }: Pick<IntegrationRow, 'id' | 'type'>, data: Declared): Promise<boolean> {
    const places = await this.#places(id, type);
    const lost = { live: 0, left: 0 };
    let why: AppError | undefined;
    for (const place of places.values()) {
      const found = await this.#isFound(type, place, data).catch((error: unknown) => {
        why = asAppError(error);
        // A target that is away says nothing about the data.
        if (classify(why) !== 'permanent') throw why;
        return false;
      });
      if (found) continue;
      lost.live += place.live;
      lost.left += place.left;
    }
    if (lost.live + lost.left > 0) throw wouldBeLost(lost, why);
    return places.size > 0;
  }

  async #isFound(type: string, { active, others }: Place, data: Declared): Promise<boolean> {
    const { clock } = this.#parts;
    const integration = integrationOf(this.#parts, type);
    for (const row of [...active, ...others].slice(0, TRIES)) {
      const target = { plan: openPlan(this.#parts, row), data };
      const find = async (signal: AbortSignal) => (await integration.finds?.(target, signal)) ?? true;
      if (await withDeadline(clock, CREATE_DEADLINE_MS, find)) return true;
    }
    return false;
  }

  async #places(integrationId: string, type: string): Promise<Map<string, Place>> {
    const integration = integrationOf(this.#parts, type);
    const places = new Map<string, Place>();
    const add = (row: WorkRow, kind: 'live' | 'left') => {
      const where = this.#whereOf(integration, row);
      if (where === undefined) return;
      const place = places.get(where) ?? { active: [], others: [], live: 0, left: 0 };
      place[kind] += 1;
      const known = row.state === 'active' ? place.active : place.others;
      if (known.length < TRIES) known.push(row);
      places.set(where, place);
    };
    for (let after = ''; ; ) {
      const page = await this.#parts.store.read.liveLeasesOf({ integrationId, after, limit: PAGE });
      for (const row of page) add(row, 'live');
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.id;
    }
    for await (const { row } of this.#tidier.leftOf(integrationId)) add(row, 'left');
    return places;
  }

  /** A lease whose plan does not open is ended by nobody, whatever the data: it keeps no new keys out. */
  #whereOf(integration: Integration, row: WorkRow): string | undefined {
    try {
      return integration.foundAt?.(openPlan(this.#parts, row));
    } catch (error) {
      this.#parts.log(`lease ${row.id}: what it made is not known: ${asAppError(error).line}`);
      return undefined;
    }
  }
}

function wouldBeLost({ live, left }: { live: number; left: number }, why: AppError | undefined): AppError {
  const counted = [
    ...(live > 0 ? [live === 1 ? '1 live lease' : `${live} live leases`] : []),
    ...(left > 0 ? [left === 1 ? 'what 1 ended lease left' : `what ${left} ended leases left`] : []),
  ].join(' and ');
  const because = why === undefined ? 'it leads to another account' : why.message.replace(/\.$/, '');
  return new AppError('ERR_CONFLICT', `With this data ${counted} would not be found at the target: ${because}.`, {
    hint: 'Give credentials of the same account, with the same rights. For another account make a new integration, and keep this one until its leases have ended.',
    ...(why === undefined ? {} : { cause: why }),
  });
}
