// What every integration type has in common: made, read, deleted, who may use it. The engine changes none in place.
import type { Declared } from '#client/management.js';
import { AppError } from '#core/errors.js';
import type { ResourceDefinition, ResourceWords } from '../framework/definitions.ts';
import type { AuthorObject } from '../framework/author-values.ts';
import { byIdOrName } from '../framework/import-address.ts';
import type { Attrs } from '../framework/schema/attribute.ts';
import { object, set, str } from '../framework/schema/words.ts';
import { attributesOf, declaredOf } from './declared.ts';
import { engineOnly } from './rules.ts';
import { resource, type Session } from './session.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_. -]{0,79}$/;

export type IntegrationKind = {
  /** As the engine calls it. */
  type: string;
  describe: string;
  /** How it is reached; each replaces. */
  data: Attrs;
  /** The most that dynamic secrets over it may have. */
  ceiling: Attrs;
};

/** The resource `integration_<type>`. Handlers see their values by name only: the schema is put together here. */
export function integrationType({ type, describe, data, ceiling }: IntegrationKind): ResourceDefinition<Session> {
  const attrs: Attrs = {
    id: str.computed().keep(),
    name: str.required().replaces().matches(NAME, "have 1 to 80 letters, digits, spaces, '_', '.' or '-'"),
    ...data,
    allowed: set(str).required().replaces().describe('Who may use it: project, or project/config.'),
    ceiling: object(ceiling).required().replaces().describe('What no dynamic secret over it may exceed.'),
  };
  const words = {
    describe: `${describe} Every change makes another one.`,
    attrs,
    create: async ({ client, config }: { client: Session; config: AuthorObject }) => {
      const made = await client.write((engine) =>
        engine.createIntegration({
          type,
          name: String(config['name']),
          data: declaredOf(data, config),
          allowed: config['allowed'] as readonly string[],
          ceiling: declaredOf(ceiling, config['ceiling'] as AuthorObject) as Declared,
        }),
      );
      return { id: made.slug };
    },
    // The engine tells nothing of how it is reached: of that, state holds what was configured.
    read: async ({ client, prior, signal }: { client: Session; prior: AuthorObject; signal: AbortSignal }) => {
      const found = await client.read((engine) => engine.integration(String(prior['id'] ?? ''), signal));
      if (found.type !== type) {
        throw new AppError('ERR_REQUEST_INVALID', `${found.name} is an integration of type ${found.type}.`, {
          hint: `Import it as secrets_integration_${found.type}.`,
        });
      }
      const before = { ceiling: prior['ceiling'] ?? {} } as AuthorObject;
      return {
        id: found.slug,
        name: found.name,
        allowed: found.allowed,
        ...attributesOf({ ceiling: object(ceiling).required() }, { ceiling: found.ceiling }, before),
      };
    },
    delete: async ({ client, prior }: { client: Session; prior: AuthorObject }) =>
      client.write((engine) => engine.deleteIntegration(String(prior['id']))),
    import: byIdOrName(),
    review: engineOnly(`secrets_integration_${type}`),
  };
  return resource(`integration_${type}`, words as unknown as ResourceWords<Session, Attrs>);
}
