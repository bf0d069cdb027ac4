// What can be leased on Phase and what has been: names to ids, leases, and which lease a lost answer may have held.
import * as dynamic from '#contract/phase/dynamic.js';
import * as leases from '#contract/phase/leases.js';
import type { Place } from '#contract/phase/wire.js';
import { AppError } from '#core/errors.js';
import { named } from './phase-address.ts';
import type { PhaseHttp } from './phase-http.ts';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How far the far side's clock may be behind ours before a lease of this job looks older than the job. */
const CLOCK_SLACK_MS = 2 * 60_000;
const MAX_NAMED = 5;

export class PhaseDynamic {
  readonly #http: PhaseHttp;
  /** One look for all the leases of a job: they are asked for by name and made by id. */
  readonly #lists = new Map<string, Promise<dynamic.DynamicSecret[]>>();

  constructor(http: PhaseHttp) {
    this.#http = http;
  }

  /** What can be leased at a path; folders below it are not searched. */
  list(place: Required<Place>): Promise<dynamic.DynamicSecret[]> {
    const key = JSON.stringify([place.app, place.environment, place.path]);
    const known = this.#lists.get(key);
    if (known) return known;
    const list = this.#read(place);
    this.#lists.set(key, list);
    return list;
  }

  /** The id behind a name; an id is taken as it is. @throws AppError ERR_NOT_FOUND */
  async idOf(place: Required<Place>, name: string): Promise<string> {
    if (ID.test(name)) return name.toLowerCase();
    const found = (await this.list(place)).find((one) => one.name === name);
    if (found) return found.id;
    throw new AppError('ERR_NOT_FOUND', `There is no dynamic secret ${name} in ${named(place)}.`, {
      hint: 'Names are case-sensitive; check the path too: folders below it are not searched.',
    });
  }

  /** Every lease of a dynamic secret, the ended ones too. */
  async leases(place: Place, secretId: string): Promise<leases.LeaseLine[]> {
    return leases.readLeaseList(await this.#http.ask(leases.listLeasesRequest(place, secretId), 'list the leases'));
  }

  /**
   * Which leases a lost one may be, as the end of a sentence. None of them is ended: any may be another job's.
   * @param seen when the job began to ask, and the ids that did arrive
   */
  async candidates(
    place: Place,
    secretId: string,
    seen: { readonly startedAt: number; readonly known: ReadonlySet<string> },
  ): Promise<string> {
    const all = await this.leases(place, secretId).catch(() => undefined);
    if (!all) return 'its id never arrived, so nothing can end it.';
    const since = seen.startedAt - CLOCK_SLACK_MS;
    const fresh = all.filter(
      ({ id, status, createdAt = since }) => status === 'active' && !seen.known.has(id) && createdAt >= since,
    );
    if (fresh.length === 0) return 'its id never arrived, and no new lease is listed yet.';
    const shown = fresh.slice(0, MAX_NAMED).map(({ id }) => id);
    const more = fresh.length > shown.length ? ` and ${fresh.length - shown.length} more` : '';
    return `it may be ${shown.join(' or ')}${more}, which is left alone because it may be another job's.`;
  }

  async #read(place: Required<Place>): Promise<dynamic.DynamicSecret[]> {
    const outcome = await this.#http.try(dynamic.listDynamicRequest(place));
    try {
      const answer = this.#http.expect(outcome, `list the dynamic secrets of ${named(place)}`);
      return dynamic.readDynamicList(this.#http.json(answer));
    } catch (error) {
      // An empty list is a 404 here, and so is an app that does not exist: only the words tell them apart.
      if (error instanceof AppError && /no dynamic secrets found/i.test(error.message)) return [];
      throw error;
    }
  }
}
