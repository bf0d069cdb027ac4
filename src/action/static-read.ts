// Pure: from the static secrets of a config to what is delivered of them, and to the coordinates that leases need.
import type { SecretsRead } from '#client/client.js';
import { AppError } from '#core/errors.js';
import { isManagedName } from '#core/names.js';
import type { Secret } from '#core/secret.js';
import { strictest } from '#core/visibility.js';
import type { Inputs } from './inputs.ts';
import type { Delivery } from './naming.ts';

/** What to ask the API for; the names of the config come along where a lease needs them. */
export function namesToAsk(inputs: Inputs): readonly string[] {
  if (inputs.secrets.length === 0 || inputs.dynamic.length === 0) return inputs.secrets;
  return [...inputs.secrets, 'DOPPLER_PROJECT', 'DOPPLER_CONFIG'];
}

/** The wanted secrets; those without a readable value are objections, not deliveries. */
export function staticDeliveries(
  read: SecretsRead,
  inputs: Inputs,
  tokenKind: string,
): { deliveries: Delivery[]; objections: string[] } {
  const deliveries: Delivery[] = [];
  const objections: string[] = [];
  for (const secret of read.secrets.filter((one) => isWanted(one, inputs))) {
    const { name, computed: value } = secret;
    const visibility = strictest(secret.rawVisibility, secret.computedVisibility);
    if (value) deliveries.push({ name, value, visibility, source: `secret ${name}` });
    else objections.push(noValue(secret, tokenKind));
  }
  const present = new Set(read.secrets.map((secret) => secret.name));
  const absent = inputs.secrets.filter((name) => !present.has(name));
  return { deliveries, objections: [...objections, ...missing(absent, 'secrets')] };
}

/** The required names that nothing delivers, as one sentence. */
export function missingRequired(deliveries: readonly Delivery[], required: readonly string[]): string[] {
  const names = new Set(deliveries.map((delivery) => delivery.name));
  return missing(
    required.filter((name) => !names.has(name)),
    'require',
  );
}

/** Project and config for lease requests: as given, or as the config names itself. */
export function leaseScope(read: SecretsRead, inputs: Inputs): { project: string; config: string } {
  const own = (name: string) => read.secrets.find((secret) => secret.name === name)?.computed?.reveal() || undefined;
  const project = inputs.scope.project ?? own('DOPPLER_PROJECT');
  const config = inputs.scope.config ?? own('DOPPLER_CONFIG');
  if (project === undefined || config === undefined) {
    throw new AppError('ERR_CONFIG_INVALID', 'A lease needs a project and a config, and the API names neither.', {
      hint: 'Set the project and config inputs.',
    });
  }
  return { project, config };
}

function isWanted({ name }: Secret, inputs: Inputs): boolean {
  return !isManagedName(name) && (inputs.secrets.length === 0 || inputs.secrets.includes(name));
}

function noValue({ name, computedVisibility, rawVisibility }: Secret, tokenKind: string): string {
  const restricted = computedVisibility === 'restricted' || rawVisibility === 'restricted';
  const why = restricted
    ? `is restricted, and this ${tokenKind} may not read it`
    : `has no value for this ${tokenKind}`;
  return `${name} ${why}: use a service token or a service account, or leave it out with the secrets input.`;
}

function missing(names: readonly string[], input: string): string[] {
  if (names.length === 0) return [];
  return [`Missing, though named in ${input}: ${names.join(', ')}.`];
}
