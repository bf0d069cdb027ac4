// Static secrets on the Phase wire (contracts/phase.md 2.1, 2.2), as the field's own words.
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { boxed, list, object, offContract, optionalText, text, word } from '../doppler/decode.ts';
import { type Place, type WireRequest, bare, placeQuery, target } from './wire.ts';

/**
 * Lists what lies at a path, or one key of it. Asks for no dynamic secrets, so that no answer can ever hold a lease
 * that nobody asked for.
 */
export function listSecretsRequest(place: Place, key?: string): WireRequest {
  return bare('GET', target('/v1/secrets/', { ...placeQuery(place), key }));
}

/** The type says how openly a value may be shown (design.md §5); one that a later API invents hides it. */
const VISIBILITIES: Readonly<Record<string, Visibility>> = {
  secret: 'masked',
  config: 'unmasked',
  sealed: 'restricted',
};

/** Phase's type for a visibility: `sealed` for restricted. */
export function typeOf(visibility: Visibility): 'secret' | 'config' | 'sealed' {
  return ({ masked: 'secret', unmasked: 'config', restricted: 'sealed' } as const)[visibility];
}

/** How openly a secret of this type may be shown. */
export function visibilityOf(type: string | undefined): Visibility {
  return type !== undefined && Object.hasOwn(VISIBILITIES, type) ? (VISIBILITIES[type] ?? 'masked') : 'masked';
}

/**
 * The static secrets of a list answer. References are resolved by then and their text is not to be had, so `raw` is
 * null; the caller's own active override is applied here, since the server leaves that to us.
 */
export function readSecretList(body: unknown): Secret[] {
  return list(body, 'the body').flatMap((one, index) => {
    const fields = object(one, `[${index}]`);
    return fields['type'] === 'dynamic' ? [] : [secret(fields, `[${index}]`)];
  });
}

function secret(fields: ReturnType<typeof object>, where: string): Secret {
  const visibility = visibilityOf(optionalText(fields['type'], `${where}.type`));
  const value = boxed(fields['value'], `${where}.value`);
  return {
    name: word(fields['key'], `${where}.key`),
    raw: null,
    computed: override(fields['override'], `${where}.override`) ?? value,
    rawVisibility: visibility,
    computedVisibility: visibility,
    note: optionalText(fields['comment'], `${where}.comment`) ?? '',
  };
}

/** The value that the caller has put over a secret for himself, while it is switched on. */
function override(value: unknown, where: string): Sensitive | undefined {
  if (value === null || value === undefined) return undefined;
  const fields = object(value, where);
  const own = new Sensitive(text(fields['value'], `${where}.value`));
  if (typeof fields['isActive'] !== 'boolean') throw offContract(`${where}.isActive`, 'true or false');
  return fields['isActive'] ? own : undefined;
}
