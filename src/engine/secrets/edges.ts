// The edges of a value that is being written: which of its references into configs may be followed, decided once.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { keyAt, ROOT_PATH } from '#core/folder.js';
import { findReferences, grammarOf, leadsOut, type Reference, writtenAs } from '#core/reference-grammar.js';
import type { Caller } from '../auth/caller.ts';
import type { Place, Places } from '../auth/places.ts';
import { mayReference } from '../auth/references.ts';
import type { NewEdge } from '../storage/operations/references.ts';
import type { Store } from '../storage/store.ts';
import { dialectOf, type NewValue, type Origin } from './draft.ts';
import type { Sealing } from './sealing.ts';

/** How many configs' worth of references one value may hold. */
const MAX_EDGES = 200;
/** Of the texts of one change together: each reference costs digests, each config look-ups, and nobody else is served meanwhile. */
const MAX_CHANGE_EDGES = 20_000;
const MAX_CHANGE_TARGETS = 1000;

type Parts = { store: Store; places: Places; sealing: Sealing };

/** Makes the edges of one change; what it has looked up it knows until the change is done. */
export class EdgeMaker {
  readonly #parts: Parts;
  readonly #caller: Caller;
  readonly #known = new Map<string, Promise<Place | undefined>>();
  readonly #founded: readonly Place[];
  #asked = 0;

  /** `founded`: configs that are made in the same change, by the same writer, who gives all that is in them. */
  constructor(parts: Parts, caller: Caller, founded: readonly Place[] = []) {
    this.#founded = founded;
    this.#parts = parts;
    this.#caller = caller;
  }

  /**
   * A fresh text gets an edge for each reference whose target its writer may read. A copied one keeps those of its
   * origin that the copier may follow, and never gains one: what was text stays text.
   */
  async of(secretId: string, value: NewValue, home: Place): Promise<NewEdge[]> {
    const { text, origin } = value;
    const found = findReferences(text.reveal(), grammarOf(dialectOf(value))).filter(leadsOut);
    const references = new Map(found.map((reference) => [writtenAs(reference), reference]));
    if (references.size === 0) return [];
    if (references.size > MAX_EDGES) {
      throw new AppError('ERR_REQUEST_INVALID', `A value has at most ${MAX_EDGES} references to configs.`);
    }
    if (!origin) this.#count(references.size);
    const target = origin ? await this.#copied(origin) : (reference: Reference) => this.#named(reference, home);
    const edges: NewEdge[] = [];
    for (const [path, reference] of references) {
      const place = await target(reference);
      if (!place || !this.#mayFollow(place)) continue;
      const key = keyAt({ path: reference.path ?? ROOT_PATH, name: reference.name });
      edges.push(this.#edge(secretId, path, { place, key }));
    }
    return edges;
  }

  #mayFollow(place: Place): boolean {
    return this.#founded.includes(place) || mayReference(this.#caller, place);
  }

  #count(references: number): void {
    this.#asked += references;
    if (this.#asked > MAX_CHANGE_EDGES) throw tooMany(MAX_CHANGE_EDGES, 'references to configs');
  }

  #edge(secretId: string, path: string, { place, key }: { place: Place; key: string }): NewEdge {
    const { sealing } = this.#parts;
    return {
      id: randomUUID(),
      pathDigest: sealing.digest(secretId, path),
      targetConfigId: place.configId,
      targetDigest: sealing.digest(place.configId, key),
    };
  }

  async #copied({ secretId, version }: Origin): Promise<(reference: Reference) => Promise<Place | undefined>> {
    const { store, places, sealing } = this.#parts;
    const rows = await store.read.listVersionEdges({ secretId, version });
    const targets = new Map(rows.map((row) => [row.path_digest, row.target_config_id]));
    return async (reference) => {
      const id = targets.get(sealing.digest(secretId, writtenAs(reference)));
      return id === undefined ? undefined : this.#once(id, () => places.byId(id));
    };
  }

  #named({ project, config = '', environment }: Reference, home: Place): Promise<Place | undefined> {
    const { places } = this.#parts;
    if (this.#known.size > MAX_CHANGE_TARGETS) throw tooMany(MAX_CHANGE_TARGETS, 'configs that it refers to');
    if (environment !== undefined) {
      const app = project ?? home.projectId;
      return this.#once(`${app}::${environment}`, () => places.rootOf(app, environment));
    }
    const within = project ?? home.project;
    const made = this.#founded.find((place) => place.project === within && place.config === config);
    if (made) return Promise.resolve(made);
    return this.#once(`${within}.${config}`, () => places.find(within, config));
  }

  #once(key: string, find: () => Promise<Place | undefined>): Promise<Place | undefined> {
    const known = this.#known.get(key) ?? find();
    this.#known.set(key, known);
    return known;
  }
}

function tooMany(most: number, what: string): AppError {
  const hint = 'Write its secrets in several requests.';
  return new AppError('ERR_REQUEST_INVALID', `One change has at most ${most} ${what}.`, { hint });
}
