// Pure: from the static secrets of each place to what is delivered of them.
import type { SecretsRead } from '#client/client.js';
import { isDeniedName, isManagedName } from '#core/names.js';
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import { strictest } from '#core/visibility.js';
import type { Inputs } from './inputs/inputs.ts';
import { type Place, placeName } from './inputs/place.ts';
import type { Delivery } from './naming.ts';
import type { Pick } from './selection/selection.ts';

/** What one place answered. */
export type PlaceRead = { readonly place: Place; readonly read: SecretsRead };

export type StaticDeliveries = {
  readonly deliveries: readonly Delivery[];
  /** Sentences that stop everything. */
  readonly objections: readonly string[];
  /** Sentences that stop nothing: what Doppler's own action would have passed over. */
  readonly warnings: readonly string[];
};

type Found = { readonly delivery?: Delivery; readonly objection?: string; readonly warning?: string };

/** The wanted secrets of all places; those without a readable value are objections, not deliveries. */
export function staticDeliveries(reads: readonly PlaceRead[], inputs: Inputs, tokenKind: string): StaticDeliveries {
  const several = reads.length > 1;
  const [deliveries, objections, warnings]: [Delivery[], string[], string[]] = [[], [], []];
  for (const { place, read } of reads) {
    // Phase adds none of its own: whoever has such a name there made it.
    const all = inputs.backend === 'phase' || (inputs.dropIn && !several);
    const own = all ? read.secrets : read.secrets.filter(({ name }) => !isManagedName(name));
    const context = { inputs, of: several ? ` of ${placeName(place)}` : '', tokenKind };
    for (const one of inputs.selection?.pick(own) ?? own.map((secret) => ({ secret }))) {
      const { delivery, objection, warning } = deliveryOf(one, context);
      if (delivery) deliveries.push(delivery);
      if (objection !== undefined) objections.push(objection);
      if (warning !== undefined) warnings.push(warning);
    }
  }
  objections.push(...missing(inputs.selection?.idle ?? [], 'secrets'));
  return { deliveries, objections, warnings };
}

/** The required names that nothing delivers, as one sentence. */
export function missingRequired(deliveries: readonly Delivery[], required: readonly string[]): string[] {
  const names = new Set(deliveries.map((delivery) => delivery.name));
  return missing(
    required.filter((name) => !names.has(name)),
    'require',
  );
}

type Context = { readonly inputs: Inputs; readonly of: string; readonly tokenKind: string };

function deliveryOf(pick: Pick, context: Context): Found {
  const { secret, as, field } = pick;
  const { inputs } = context;
  const name = as ?? inputs.rename(secret.name);
  if (inputs.dropIn || field || !secret.computed) return oddDeliveryOf(name, pick, context);
  const visibility = strictest(secret.rawVisibility, secret.computedVisibility);
  return { delivery: { name, value: secret.computed, visibility, source: `secret ${secret.name}${context.of}` } };
}

/** A field of a secret, one without a value, or what is read as Doppler's own action does. */
function oddDeliveryOf(name: string, { secret, field }: Pick, { inputs, of, tokenKind }: Context): Found {
  if (inputs.dropIn && isDeniedName(name) && !inputs.allowNames.includes(name)) {
    return { warning: `${name} would steer later steps and is left out; list it in allow-names to have it.` };
  }
  const source = field ? `field ${secret.name}.${field.path}${of}` : `secret ${secret.name}${of}`;
  const visibility = strictest(secret.rawVisibility, secret.computedVisibility);
  const delivered = (value: Sensitive): Found => ({ delivery: { name, value, visibility, source } });
  if (!secret.computed) {
    const why = noValue(secret, tokenKind);
    if (inputs.dropIn && !field) return { ...delivered(new Sensitive('')), warning: `${why}: it is delivered as ''.` };
    return { objection: `${why}: use a service token or a service account, or leave it out with the secrets input.` };
  }
  if (!field) return delivered(secret.computed);
  const value = field.read(secret.computed);
  return value instanceof Sensitive ? delivered(value) : { objection: `${secret.name}${of} ${value.wrong}.` };
}

function noValue({ name, computedVisibility, rawVisibility }: Secret, tokenKind: string): string {
  const restricted = computedVisibility === 'restricted' || rawVisibility === 'restricted';
  return restricted
    ? `${name} is restricted, and this ${tokenKind} may not read it`
    : `${name} has no value for this ${tokenKind}`;
}

function missing(names: readonly string[], input: string): string[] {
  if (names.length === 0) return [];
  return [`Missing, though named in ${input}: ${names.join(', ')}. Check their names, and where they were looked for.`];
}
