// What is delivered of a config and under which names: `secrets`, `prefix` and `name-transform` together.
import { isManagedName } from '#core/names.js';
import { NAME_TRANSFORMERS, transformName } from '#formats/transform.js';
import { NAME, choice, problem } from './scalars.ts';
import { Selection } from '../selection/selection.ts';
import { parseSelection } from '../selection/grammar.ts';
import type { Attempt, Given } from './table.ts';

export type Selecting = {
  /** Undefined: everything. */
  readonly selection: Selection | undefined;
  /** The delivered name of a static secret that no line of `secrets` names otherwise. */
  readonly rename: (name: string) => string;
};

/** `managed`: the names that describe a config are nobody's to ask for, but Doppler's action gives them, as they are. */
export type Managed = 'refused' | 'kept' | 'ordinary';

/** Reads the subject `selection`. */
export function readSelecting(given: Given, attempt: Attempt, managed: Managed): Selecting {
  const rules = attempt(() => parseSelection(given('secrets'), managed === 'refused' ? 'refused' : 'allowed'), []);
  return {
    selection: rules.length === 0 ? undefined : new Selection(rules),
    rename: attempt(
      () => readRename(given('prefix'), given('name-transform'), managed),
      (name) => name,
    ),
  };
}

function readRename(prefix: string, transformer: string, managed: Managed): Selecting['rename'] {
  if (prefix !== '' && !NAME.test(prefix)) {
    throw problem('prefix cannot begin a name: use letters, digits and underscores.');
  }
  const named = transformer === '' ? undefined : choice('name-transform', transformer, NAME_TRANSFORMERS);
  const isKept = (name: string) => managed !== 'ordinary' && isManagedName(name);
  return (name) => (isKept(name) ? name : prefix + (named ? transformName(name, named) : name));
}
