// Pure: what is asked of the far side when the static secrets are read.
import type { Inputs } from './inputs/inputs.ts';

/** What to ask the API for; empty means all. The names of the config come along where a lease needs them. */
export function namesToAsk({ selection, leasing, backend }: Inputs): readonly string[] {
  const names = selection?.exactNames;
  if (names === undefined) return [];
  return leasing.dynamic.length === 0 || backend === 'phase'
    ? names
    : [...new Set([...names, 'DOPPLER_PROJECT', 'DOPPLER_CONFIG'])];
}
