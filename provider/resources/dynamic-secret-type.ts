// What every kind of dynamic secret has in common: its place, its integration, the names and limits of its leases.
import type { DynamicSecret, DynamicSecretTerms } from '#client/management.js';
import { AppError } from '#core/errors.js';
import { type Kind, KIND_RULES } from '#core/kinds.js';
import type { AuthorObject } from '../framework/author-values.ts';
import type { ResourceDefinition, ResourceWords } from '../framework/definitions.ts';
import { byAddress } from '../framework/import-address.ts';
import type { Attrs } from '../framework/schema/attribute.ts';
import { int, map, str } from '../framework/schema/words.ts';
import { attributesOf, declaredOf } from './declared.ts';
import { configName, emptyAsBefore, engineOnly, projectName, secretName } from './rules.ts';
import { resource, type Session } from './session.ts';

export type DynamicSecretKind = {
  kind: Kind;
  describe: string;
  /** The type of the integrations that can mint it. */
  integration: string;
  parameters: Attrs;
};

type Call = { client: Session; signal: AbortSignal };

/** The resource `dynamic_secret_<kind>`. Handlers see their values by name only: the schema is put together here. */
export function dynamicSecretType(about: DynamicSecretKind): ResourceDefinition<Session> {
  const { kind, parameters } = about;
  const { minTtlSec, maxTtlSec } = KIND_RULES[kind];
  const ttl = int.optional().computed().between(minTtlSec, maxTtlSec).keep();
  const attrs: Attrs = {
    id: str.computed().keep(),
    project: projectName.required().replaces(),
    config: configName.required().replaces(),
    name: secretName.required().replaces(),
    integration: str.required().replaces().describe(`The name of a secrets_integration_${about.integration}.`),
    ...parameters,
    key_map: map(str)
      .optional()
      .describe(`Leased field (${KIND_RULES[kind].fields.join(', ')}) to name of the variable.`),
    default_ttl_sec: ttl.describe('Of a lease that asks for no life of its own.'),
    max_ttl_sec: ttl.describe('No lease lives longer, however often it is renewed.'),
    max_live_leases: int.optional().computed().between(1, 100_000).keep().describe('At any time.'),
  };
  const words = {
    describe: about.describe,
    attrs,
    create: async ({ client, config }: Call & { config: AuthorObject }) => {
      const made = await client.write((engine) =>
        engine.createDynamicSecret({
          ...placeOf(config),
          name: String(config['name']),
          kind,
          integration: String(config['integration']),
          ...termsOf(parameters, config),
        }),
      );
      return { id: made.slug, ...limitsOf(made) };
    },
    read: async ({ client, prior, signal }: Call & { prior: AuthorObject }) => {
      const place = placeOf(prior);
      const found = await client.read((engine) => engine.dynamicSecret(place, String(prior['name'] ?? ''), signal));
      if (found.kind !== kind) throw otherKind(found);
      return {
        ...place,
        id: found.slug,
        name: found.name,
        integration: found.integration,
        ...attributesOf(parameters, found.parameters, prior),
        key_map: emptyAsBefore(found.keyMap, prior['key_map'] as ReadonlyMap<string, string> | null),
        ...limitsOf(found),
      };
    },
    update: async ({ client, config, prior }: Call & { config: AuthorObject; prior: AuthorObject }) => {
      const next = fitted(termsOf(parameters, config), prior);
      const place = placeOf(prior);
      const made = await client.write((engine) => engine.updateDynamicSecret(place, String(prior['name']), next));
      return { id: made.slug, ...limitsOf(made) };
    },
    differs: async ({ prior, config }: { prior: AuthorObject; config: AuthorObject }) => outgrown(prior, config),
    delete: async ({ client, prior }: Call & { prior: AuthorObject }) =>
      client.write((engine) => engine.deleteDynamicSecret(placeOf(prior), String(prior['name']))),
    import: byAddress('project/config/name'),
    review: engineOnly(`secrets_dynamic_secret_${kind}`),
  };
  return resource(`dynamic_secret_${kind}`, words as unknown as ResourceWords<Session, Attrs>);
}

function termsOf(parameters: Attrs, config: AuthorObject): DynamicSecretTerms {
  const limit = (name: string) => (typeof config[name] === 'number' ? config[name] : undefined);
  return {
    parameters: declaredOf(parameters, config),
    keyMap: (config['key_map'] as ReadonlyMap<string, string> | null) ?? new Map(),
    defaultTtlSec: limit('default_ttl_sec'),
    maxTtlSec: limit('max_ttl_sec'),
    maxLiveLeases: limit('max_live_leases'),
  };
}

/** A limit that nobody configured and that no longer fits beside one that somebody did. */
function outgrown(prior: AuthorObject, config: AuthorObject): string[] {
  const [shortest, longest] = [config['default_ttl_sec'], config['max_ttl_sec']];
  if (shortest === null && typeof longest === 'number' && Number(prior['default_ttl_sec']) > longest) {
    return ['default_ttl_sec'];
  }
  return longest === null && typeof shortest === 'number' && shortest > Number(prior['max_ttl_sec'])
    ? ['max_ttl_sec']
    : [];
}

/** What is left out stays in the engine, so that a limit which no longer fits is sent as the nearest that does. */
function fitted(next: DynamicSecretTerms, prior: AuthorObject): DynamicSecretTerms {
  const { defaultTtlSec = Number(prior['default_ttl_sec']), maxTtlSec: longest = Number(prior['max_ttl_sec']) } = next;
  if (defaultTtlSec <= longest) return next;
  return next.maxTtlSec === undefined ? { ...next, maxTtlSec: defaultTtlSec } : { ...next, defaultTtlSec: longest };
}

function limitsOf({ defaultTtlSec, maxTtlSec: longest, maxLiveLeases }: DynamicSecret) {
  return { default_ttl_sec: defaultTtlSec, max_ttl_sec: longest, max_live_leases: maxLiveLeases };
}

function placeOf(fields: AuthorObject) {
  return { project: String(fields['project'] ?? ''), config: String(fields['config'] ?? '') };
}

function otherKind({ name, kind }: DynamicSecret): AppError {
  return new AppError('ERR_REQUEST_INVALID', `${name} is a dynamic secret of kind ${kind}.`, {
    hint: `Import it as secrets_dynamic_secret_${kind}.`,
  });
}
