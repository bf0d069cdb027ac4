// The mark of an object that was imported and not applied since: what no server tells, it takes from its configuration.
import type { Value } from '../wire/types.ts';

/** Lies in the private bytes of the object, from the import to its first apply. */
export const IMPORTED = new Uint8Array(Buffer.from('imported'));

/** Whether these private bytes are of an imported object. */
export function isImported(lies: Uint8Array | undefined): boolean {
  return lies !== undefined && Buffer.from(lies).equals(IMPORTED);
}

/** Whether `after` may stand where an imported object has nothing, without making another object of it. */
export function isTaken(adopting: boolean, before: Value, after: Value): boolean {
  return adopting && before === null && after !== null;
}
