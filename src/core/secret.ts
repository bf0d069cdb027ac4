// A secret as both sides of the wire speak of it: raw and computed value, each with its own visibility.
import type { Sensitive } from './sensitive.ts';
import type { Visibility } from './visibility.ts';

/**
 * `raw` is the stored text, `computed` what it becomes once references are resolved. Null where the reader may not
 * have it (restricted) or where nothing is stored.
 */
export type Secret = {
  readonly name: string;
  readonly raw: Sensitive | null;
  readonly computed: Sensitive | null;
  readonly rawVisibility: Visibility;
  readonly computedVisibility: Visibility;
  readonly note: string;
};
