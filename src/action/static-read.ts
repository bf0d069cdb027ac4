// Pure: from the static secrets of each place to what is delivered of them.
import type { SecretsRead } from '#client/client.js';
import { transformName } from '#formats/transform.js';
import { isManagedName } from '#core/names.js';
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import { strictest } from '#core/visibility.js';
import type { Inputs } from './inputs/inputs.ts';
import { type Place, placeName } from './inputs/place.ts';
import type { SelectionRule } from './inputs/selection.ts';
import { jsonField } from './json-field.ts';
import type { Delivery } from './naming.ts';
import { type Pick, exactNames, pick, ruleText } from './selection.ts';

/** What one place answered. */
export type PlaceRead = { readonly place: Place; readonly read: SecretsRead };

export type StaticDeliveries = {
  readonly deliveries: readonly Delivery[];
  /** Sentences that stop everything. */
  readonly objections: readonly string[];
  /** Sentences that stop nothing: what Doppler's own action would have passed over. */
  readonly warnings: readonly string[];
};

type Found = { readonly delivery: Delivery } | { readonly objection: string };

/** What to ask the API for; empty means all. The names of the config come along where a lease needs them. */
export function namesToAsk({ selection, leasing }: Inputs): readonly string[] {
  const names = exactNames(selection);
  if (names === undefined) return [];
  return leasing.dynamic.length === 0 ? names : [...new Set([...names, 'DOPPLER_PROJECT', 'DOPPLER_CONFIG'])];
}

/** The wanted secrets of all places; those without a readable value are objections, not deliveries. */
export function staticDeliveries(reads: readonly PlaceRead[], inputs: Inputs, tokenKind: string): StaticDeliveries {
  const used = new Set<SelectionRule>();
  const warnings: string[] = [];
  const found = reads.flatMap(({ place, read }): Found[] => {
    const of = reads.length > 1 ? ` of ${placeName(place)}` : '';
    const picked = pick(inputs.dropIn ? read.secrets : read.secrets.filter(isOwn), inputs.selection);
    for (const rule of picked.used) used.add(rule);
    return picked.picks.map((one) => deliveryOf(one, { inputs, of, tokenKind, warnings }));
  });
  const idle = inputs.selection.filter((rule) => rule.kind !== 'drop' && !used.has(rule));
  return {
    deliveries: found.flatMap((one) => ('delivery' in one ? [one.delivery] : [])),
    objections: [
      ...found.flatMap((one) => ('objection' in one ? [one.objection] : [])),
      ...missing(idle.map(ruleText), 'secrets'),
    ],
    warnings,
  };
}

/** The required names that nothing delivers, as one sentence. */
export function missingRequired(deliveries: readonly Delivery[], required: readonly string[]): string[] {
  const names = new Set(deliveries.map((delivery) => delivery.name));
  return missing(
    required.filter((name) => !names.has(name)),
    'require',
  );
}

type Context = {
  readonly inputs: Inputs;
  readonly of: string;
  readonly tokenKind: string;
  readonly warnings: string[];
};

function deliveryOf(one: Pick, { inputs, of, tokenKind, warnings }: Context): Found {
  const { secret, field } = one;
  const source = [secret.name, ...(field ?? [])].join('.');
  const visibility = strictest(secret.rawVisibility, secret.computedVisibility);
  const name = one.as ?? ownName(secret.name, inputs);
  const whence = field === undefined ? `secret ${source}${of}` : `field ${source}${of}`;
  const delivered = (value: Sensitive): Found => ({ delivery: { name, value, visibility, source: whence } });
  if (!secret.computed) {
    if (!inputs.dropIn || field) return { objection: noValue(secret, tokenKind) };
    warnings.push(`${noValueYet(secret, tokenKind)}: it is delivered as an empty text.`);
    return delivered(new Sensitive(''));
  }
  if (field === undefined) return delivered(secret.computed);
  const value = jsonField(secret.computed, field);
  return value instanceof Sensitive ? delivered(value) : { objection: `${secret.name}${of} ${value.wrong}.` };
}

function isOwn({ name }: Secret): boolean {
  return !isManagedName(name);
}

/** The names that describe the config itself are nobody's to change. */
function ownName(name: string, { prefix, nameTransform }: Inputs): string {
  if (isManagedName(name)) return name;
  return prefix + (nameTransform ? transformName(name, nameTransform) : name);
}

function noValueYet({ name, computedVisibility, rawVisibility }: Secret, tokenKind: string): string {
  const restricted = computedVisibility === 'restricted' || rawVisibility === 'restricted';
  return restricted
    ? `${name} is restricted, and this ${tokenKind} may not read it`
    : `${name} has no value for this ${tokenKind}`;
}

function noValue(secret: Secret, tokenKind: string): string {
  return `${noValueYet(secret, tokenKind)}: use a service token or a service account, or leave it out with the secrets input.`;
}

function missing(names: readonly string[], input: string): string[] {
  if (names.length === 0) return [];
  return [`Missing, though named in ${input}: ${names.join(', ')}.`];
}
