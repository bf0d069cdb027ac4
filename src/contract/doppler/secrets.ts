// Static secrets on the Doppler wire: list and get (contracts/doppler.md 2.5).
import type { Secret } from '#core/secret.js';
import { type Visibility, isVisibility } from '#core/visibility.js';
import { boxed, entries, object, optionalText, word } from './decode.ts';
import { type ConfigScope, type WireRequest, bare, target } from './wire.ts';

export const SECRETS = '/configs/config/secrets';

/** A longer filter would not fit into every proxy's request line; the caller then filters what it gets. */
const MAX_FILTER = 4000;

/** Lists a config. `names` asks for these only, where they fit; never issues leases. */
export function listSecretsRequest(scope: ConfigScope, names: readonly string[] = []): WireRequest {
  return bare('GET', target(SECRETS, { ...staticOnly(scope), secrets: filterOf(names) }));
}

/** The query of every read that must not issue a lease. */
export function staticOnly({ project, config }: ConfigScope): Record<string, string | undefined> {
  return { project, config, include_dynamic_secrets: 'false' };
}

/** `names` as a filter, or none where it would be empty or too long. */
export function filterOf(names: readonly string[]): string | undefined {
  const filter = names.join(',');
  return filter === '' || filter.length > MAX_FILTER ? undefined : filter;
}

/** The secrets of a list answer, in the order of the answer. */
export function readSecretList(body: unknown): Secret[] {
  return entries(object(body, 'the body')['secrets'], 'secrets').map(([name, value]) => secret(name, value));
}

/** Asks for one secret. */
export function getSecretRequest(scope: ConfigScope, name: string): WireRequest {
  return bare('GET', target('/configs/config/secret', { project: scope.project, config: scope.config, name }));
}

/** One secret; a name that does not exist is answered with null values. */
export function readSecret(body: unknown): Secret {
  const fields = object(body, 'the body');
  return secret(word(fields['name'], 'name'), fields['value']);
}

function secret(name: string, value: unknown): Secret {
  const fields = object(value, name);
  return {
    name,
    raw: boxed(fields['raw'], name, 'raw'),
    computed: boxed(fields['computed'], name, 'computed'),
    note: optionalText(fields['note'], name, 'note') ?? '',
    rawVisibility: visibility(fields['rawVisibility'], name, 'rawVisibility'),
    computedVisibility: visibility(fields['computedVisibility'], name, 'computedVisibility'),
  };
}

/** An absent visibility, or one that a later API invents, is read as masked: hiding too much is the safe mistake. */
function visibility(value: unknown, where: string, field: string): Visibility {
  if (isVisibility(value)) return value;
  optionalText(value, where, field);
  return 'masked';
}
