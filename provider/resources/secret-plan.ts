// A secret at plan: whether its value is still the stored one, found without state, and what must not be done to it.
import type { Sensitive } from '#core/sensitive.js';
import { loosens, VISIBILITIES, type Visibility } from '#core/visibility.js';
import { type Diagnostic, problem, warning } from '../framework/diagnostics.ts';
import { known, UNKNOWN, type Unknown } from '../framework/unknown.ts';
import type { Session } from './session.ts';

/** Whether a value was met that nobody could compare, and whether that was said: once in a run is enough. */
export type Unseen = { isMet: boolean; isTold: boolean };
export function newUnseen(): Unseen {
  return { isMet: false, isTold: false };
}

type Generate = { length: number | null; charset: string | null };
type Prior = {
  project: string;
  config: string;
  name: string;
  visibility: Visibility;
  value_wo_version: string | null;
  generate: Generate | null;
};
type Wanted = {
  name: string | Unknown | null;
  visibility: Visibility | Unknown | null;
  value_wo: Sensitive | Unknown | null;
  value_wo_version: string | Unknown | null;
  generate: Generate | Unknown | null;
  external: boolean | Unknown | null;
};
type Differing = { client: Session; prior: Prior; config: Wanted; unseen: Unseen };

/** The computed attributes that no longer hold: the id after a renaming, the version where a value is to be written. */
export async function differing(call: Differing): Promise<('id' | 'version')[]> {
  const { prior, config } = call;
  const isWritten = isLoosened(prior, config) || isGeneratedAnew(prior, config) || (await isAnotherValue(call));
  return [...(config.name === prior.name ? [] : ['id' as const]), ...(isWritten ? ['version' as const] : [])];
}

/** A restricted value is not shown to more people than it was given for: only a new one is. */
function isLoosened(prior: Prior, { visibility }: Wanted): boolean {
  const after = visibility === null ? 'masked' : known(visibility);
  return prior.visibility === 'restricted' && after !== undefined && loosens('restricted', after);
}

/** Null before is a secret that was imported or had its value from elsewhere: its value is not thrown away. */
function isGeneratedAnew(prior: Prior, { generate }: Wanted): boolean {
  const after = known(generate);
  if (!prior.generate || !after) return false;
  return (after.length ?? 32) !== prior.generate.length || (after.charset ?? 'alphanumeric') !== prior.generate.charset;
}

async function isAnotherValue({ client, prior, config, unseen }: Differing): Promise<boolean> {
  const { value_wo: value, value_wo_version: version } = config;
  if (value === null) return false;
  if (version !== null) return version !== prior.value_wo_version;
  if (value === UNKNOWN) return false;
  const isStored = await client.secrets.isStored({ project: prior.project, config: prior.config }, prior.name, value);
  unseen.isMet ||= isStored === undefined;
  return isStored === false;
}

type Review = {
  client: Session | undefined;
  signal: AbortSignal;
  prior: { visibility: Visibility } | null;
  config: Wanted;
  planned: { visibility: unknown; deletion_protection: unknown };
};

export async function reviewSecret(call: Review, unseen: Unseen): Promise<readonly Diagnostic[]> {
  const { client, signal, config } = call;
  const found = loosened(call);
  if (client && config.generate !== null) found.push(...(await client.engineOnly('generate', signal)));
  if (!unseen.isMet || unseen.isTold) return found;
  unseen.isTold = true;
  return [...found, UNSEEN];
}

const UNSEEN = warning(
  'Changed values are not noticed',
  'Some values can be neither compared nor read there, so a secret with value_wo and without value_wo_version is ' +
    'written once and never again. Set value_wo_version, and change it whenever the value is to be written.',
);

function loosened({ prior, config, planned }: Review): Diagnostic[] {
  const after = VISIBILITIES.find((one) => one === planned.visibility);
  if (prior?.visibility !== 'restricted' || !after || !loosens('restricted', after)) return [];
  if (config.external !== true) return [];
  const detail = 'A restricted secret becomes more visible only together with a new value: set value_wo.';
  return [problem('Visibility cannot be loosened without a value', detail, [{ attribute: 'visibility' }])];
}
