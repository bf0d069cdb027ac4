// What the provider offers: schemas, names, capabilities.
import type { Runtime, Entry } from './runtime.ts';
import { schemaMessage } from '../schema/wire-schema.ts';
import type { Calls } from './calls.ts';

type Named = 'GetMetadata' | 'GetProviderSchema' | 'GetFunctions' | 'CallFunction';

export function schemaCalls<C>(runtime: Runtime<C>): Pick<Calls, Named> {
  const { block, resources, dataSources, ephemerals, provider } = runtime;
  const server_capabilities = {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: [...resources.values()].some(({ definition }) => definition.words.formerTypes !== undefined),
  };
  const named = (entries: ReadonlyMap<string, unknown>) => [...entries.keys()].map((type_name) => ({ type_name }));
  return {
    GetMetadata: async () => ({
      server_capabilities,
      resources: named(resources),
      data_sources: named(dataSources),
      ephemeral_resources: named(ephemerals),
    }),
    GetProviderSchema: async () => ({
      server_capabilities,
      provider: schemaMessage(block.attrs, 0, provider.describe ?? ''),
      resource_schemas: schemas(resources),
      data_source_schemas: schemas(dataSources),
      ephemeral_resource_schemas: schemas(ephemerals),
    }),
    GetFunctions: async () => ({}),
    CallFunction: async () => ({ error: { text: 'This provider has no functions.' } }),
  };
}

function schemas(entries: ReadonlyMap<string, Entry<{ words: { describe?: string; version?: number } }>>) {
  return new Map(
    [...entries].map(([name, { attrs, definition }]) => [
      name,
      schemaMessage(attrs, definition.words.version ?? 0, definition.words.describe ?? ''),
    ]),
  );
}
