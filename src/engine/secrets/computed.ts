// From stored secrets to what a reader gets: references resolved, visibility the strictest along them, managed names.
import { keyAt, ROOT_PATH } from '#core/folder.js';
import { grammarOf, leadsOut, type Reference, writtenAs } from '#core/reference-grammar.js';
import {
  answerBudget,
  type ReferenceBudget,
  type Referring,
  type Resolved,
  resolveReferences,
} from '#core/reference.js';
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { foundAt, managedValues, type Scope, type Snapshot, type StoredSecret } from './snapshot.ts';

export type SecretView = Secret & {
  readonly valueType: string;
  readonly isProtected: boolean;
};

/** What a request wants of a config. */
export type Selection = {
  /** Undefined: all. */
  names?: readonly string[] | undefined;
  includeManaged: boolean;
  /** Only secrets of this raw visibility. */
  visibility?: Visibility | undefined;
};

/** What a reader may be shown. Restricted values are for tokens that are not tied to a user (contracts/doppler.md 4.1). */
export type Sight = { values: boolean; restricted: boolean };

/** A raw value; also what it computes to, until references say otherwise. */
type Entry = Resolved & { raw: string };
type Spot = { home: Scope; secret: StoredSecret | undefined };

/** The names that a selection leaves of a config, sorted. */
export function selectNames(snapshot: Snapshot, { names, includeManaged, visibility }: Selection): readonly string[] {
  const all = snapshot.names(includeManaged);
  if (!names && visibility === undefined) return all;
  const wanted = names && new Set(names);
  return all.filter(
    (name) =>
      (!wanted || wanted.has(name)) &&
      (visibility === undefined || (snapshot.scope.secrets.get(name)?.secret.visibility ?? 'unmasked') === visibility),
  );
}

/** The selected secrets, by name or by folder and name, with raw and computed values; null where `sight` does not reach. */
export function viewSecrets(snapshot: Snapshot, names: readonly string[], sight: Sight): SecretView[] {
  const reader = new Reader(snapshot);
  const views: SecretView[] = [];
  for (const name of names) {
    const entry = reader.entry(snapshot.scope, name);
    if (!entry) continue;
    const computed = reader.computed(name, entry);
    const secret = foundAt(snapshot.scope, name)?.secret;
    const raw = shown(entry.raw, entry.visibility, sight);
    views.push({
      name,
      raw,
      // Most values refer to nothing, and then one box does for both.
      computed: computed === entry ? raw : shown(computed.value, computed.visibility, sight),
      rawVisibility: entry.visibility,
      computedVisibility: computed.visibility,
      note: secret ? snapshot.note(name) : '',
      valueType: secret?.valueType ?? 'string',
      isProtected: secret?.isProtected ?? false,
    });
  }
  return views;
}

/** An empty value is shown as empty whatever its visibility, so that it can be told from a hidden one. */
function shown(value: string, visibility: Visibility, sight: Sight): Sensitive | null {
  if (!sight.values) return null;
  return visibility === 'restricted' && !sight.restricted && value !== '' ? null : new Sensitive(value);
}

/** Opens each value once for one answer, and follows references along stored edges only. */
class Reader {
  readonly #snapshot: Snapshot;
  readonly #opened = new Map<string, string>();
  readonly #budget: ReferenceBudget = answerBudget();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  entry(scope: Scope, key: string): Entry | undefined {
    const secret = foundAt(scope, key)?.secret;
    if (secret) {
      const raw = this.#open(secret);
      return { raw, value: raw, visibility: secret.visibility };
    }
    const about = managedValues(scope.place).get(key);
    return about === undefined ? undefined : { raw: about, value: about, visibility: 'unmasked' };
  }

  computed(name: string, entry: Entry): Resolved {
    if (!entry.raw.includes('${')) return entry;
    const start = this.#referring(this.#snapshot.scope, name, entry);
    return resolveReferences<Spot>(start, (reference, spot) => this.#follow(reference, spot), this.#budget);
  }

  #follow(reference: Reference, { home, secret }: Spot): Referring<Spot> | undefined {
    if (!secret) return undefined;
    const { path = ROOT_PATH, name } = reference;
    const scope = leadsOut(reference) ? this.#scopeAt(reference, secret) : home;
    const key = keyAt({ path, name });
    // The three managed names are Doppler's.
    if (!scope || (secret.dialect !== 'doppler' && !foundAt(scope, key))) return undefined;
    const entry = this.entry(scope, key);
    return entry && this.#referring(scope, key, entry);
  }

  #scopeAt(reference: Reference, secret: StoredSecret): Scope | undefined {
    const target = secret.target(writtenAs(reference));
    return target === undefined ? undefined : this.#snapshot.scopeOf(target);
  }

  /** Each text is read in the grammar of who wrote it. */
  #referring(scope: Scope, key: string, { raw, visibility }: Entry): Referring<Spot> {
    const found = foundAt(scope, key);
    const spot = { home: found?.home ?? scope, secret: found?.secret };
    const grammar = grammarOf(found?.secret.dialect ?? '');
    return { key: `${scope.place.configId}/${key}`, raw, visibility, scope: spot, grammar };
  }

  #open(secret: StoredSecret): string {
    const known = this.#opened.get(secret.id);
    if (known !== undefined) return known;
    const text = secret.open().reveal();
    this.#opened.set(secret.id, text);
    return text;
  }
}
