// From stored secrets to what a reader gets: references resolved, visibility the strictest along them, managed names.
import { answerBudget, type Lookup, type Reference, type ReferenceBudget, resolveReferences } from '#core/reference.js';
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { Place } from '../auth/places.ts';
import type { Snapshot } from './snapshot.ts';

export type SecretView = Secret & { readonly valueType: string };

/** What a request wants of a config. */
export type Selection = {
  /** Undefined: all. */
  names?: readonly string[] | undefined;
  includeManaged: boolean;
};

type Entry = { raw: string; visibility: Visibility };

/** The three names that Doppler adds about the config itself. */
export function managedValues({ project, environment, config }: Place): Map<string, string> {
  return new Map([
    ['DOPPLER_CONFIG', config],
    ['DOPPLER_ENVIRONMENT', environment],
    ['DOPPLER_PROJECT', project],
  ]);
}

/** The names that a selection leaves of a config, sorted. */
export function selectNames(snapshot: Snapshot, { names, includeManaged }: Selection): string[] {
  const all = new Set(snapshot.effective.keys());
  if (includeManaged) for (const name of managedValues(snapshot.place).keys()) all.add(name);
  const wanted = names && new Set(names);
  return [...all].filter((name) => !wanted || wanted.has(name)).sort();
}

/**
 * The selected secrets with raw and computed values. References to other configs stay literal: no edge allows them
 * yet (design.md §5). Without `reveal` every value is null and only what is known without opening is told.
 */
export function viewSecrets(snapshot: Snapshot, names: readonly string[], reveal: boolean): SecretView[] {
  const managed = managedValues(snapshot.place);
  const opened = new Map<string, Entry>();
  const read = (name: string): Entry | undefined => {
    const known = opened.get(name);
    if (known) return known;
    const stored = snapshot.effective.get(name);
    const about = managed.get(name);
    const entry = stored
      ? { raw: stored.open().reveal(), visibility: stored.visibility }
      : about !== undefined && { raw: about, visibility: 'unmasked' as const };
    if (!entry) return undefined;
    opened.set(name, entry);
    return entry;
  };
  const budget = answerBudget();
  return names.flatMap((name) => view(name, read(name), { snapshot, read, reveal, budget }));
}

type Reading = { snapshot: Snapshot; read(name: string): Entry | undefined; reveal: boolean; budget: ReferenceBudget };

function view(name: string, entry: Entry | undefined, { snapshot, read, reveal, budget }: Reading): SecretView[] {
  if (!entry) return [];
  const lookup: Lookup<Place> = (reference, place) => {
    const target = isHere(reference, place) ? read(reference.name) : undefined;
    return target && { key: reference.name, ...target, scope: place };
  };
  const computed = resolveReferences({ key: name, ...entry, scope: snapshot.place }, lookup, budget);
  const valueType = snapshot.effective.get(name)?.valueType ?? 'string';
  return [
    {
      name,
      raw: reveal ? new Sensitive(entry.raw) : null,
      computed: reveal ? new Sensitive(computed.value) : null,
      rawVisibility: entry.visibility,
      computedVisibility: computed.visibility,
      note: '',
      valueType,
    },
  ];
}

/** `${NAME}`, or this very config by its full name. */
function isHere({ project, config }: Reference, place: Place): boolean {
  return (config === undefined || config === place.config) && (project === undefined || project === place.project);
}
