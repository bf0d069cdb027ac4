// Who may let a value of one config flow into another: asked when a reference or an inheritance is written.
import type { Caller } from './caller.ts';
import { may } from './permissions.ts';
import type { Place } from './places.ts';

/**
 * Whether the caller may read the secrets of `target` and let others refer to them, or may give itself a token that
 * reads them: what it writes into another config is then no news to it (design.md §5, References).
 */
export function mayReference(caller: Caller, target: Place): boolean {
  if (caller.bound && caller.bound.configId !== target.configId) return false;
  const mayRead = may(caller, 'secrets.values', target) && may(caller, 'secrets.reference', target);
  return mayRead || may(caller, 'tokens.manage', target);
}
