// Who may let a value of one config flow into another: asked when a reference or an inheritance is written.
import type { Caller } from './caller.ts';
import { may } from './permissions.ts';
import type { Place } from './places.ts';

/**
 * Whether the caller may read the secrets of `target`, or may give itself a token that does: what it writes into
 * another config is then no news to it (design.md §5, References).
 */
export function mayReference(caller: Caller, target: Place): boolean {
  if (caller.bound) return caller.bound.configId === target.configId && may(caller, 'secrets.values');
  return may(caller, 'secrets.values') || may(caller, 'tokens.manage');
}
