// The messages of Terraform's plugin protocol 6.8 as field tables; only the numbers are theirs.
import {
  bool,
  bytes,
  int64,
  many,
  mapOf,
  maybe,
  message,
  nested,
  string,
  type Decoded,
  type Message,
} from './protobuf.ts';

export const SEVERITY = { error: 1, warning: 2 } as const;
export const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;
export const MARKDOWN = 1;

export const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) });
/** Exactly one arm is set. */
export const PathStep = message({
  attribute_name: maybe(string(1)),
  element_key_string: maybe(string(2)),
  element_key_int: maybe(int64(3)),
});
export const AttributePath = message({ steps: many(nested(1, () => PathStep)) });
export const DiagnosticMessage = message({
  severity: int64(1),
  summary: string(2),
  detail: string(3),
  attribute: nested(4, () => AttributePath),
});
const Timestamp = message({ seconds: int64(1), nanos: int64(2) });
const RawState = message({ json: bytes(1), flatmap: mapOf(string(2)) });
const ClientCapabilities = message({ deferral_allowed: bool(1), write_only_attributes_allowed: bool(2) });
export const ServerCapabilities = message({
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
});

export type AttributeDraft = {
  name: string;
  type: Uint8Array;
  nested_type: { attributes: readonly AttributeDraft[]; nesting: number } | undefined;
  description: string;
  required: boolean;
  optional: boolean;
  computed: boolean;
  sensitive: boolean;
  description_kind: number;
  deprecated: boolean;
  write_only: boolean;
};
const NestedObject: Message<{ attributes: readonly AttributeDraft[]; nesting: number }> = message({
  attributes: many(nested(1, (): Message<AttributeDraft> => SchemaAttribute)),
  nesting: int64(3),
});
export const SchemaAttribute: Message<AttributeDraft> = message({
  name: string(1),
  type: bytes(2),
  nested_type: nested(10, () => NestedObject),
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: int64(8),
  deprecated: bool(9),
  write_only: bool(11),
});
const SchemaBlock = message({
  version: int64(1),
  attributes: many(nested(2, () => SchemaAttribute)),
  description: string(4),
  description_kind: int64(5),
  deprecated: bool(6),
});
export const Schema = message({ version: int64(1), block: nested(2, () => SchemaBlock) });
/** We offer no functions yet: only the name of the table is needed. */
const FunctionDefinition = message({ summary: string(4) });
const FunctionError = message({ text: string(1), function_argument: maybe(int64(2)) });

const value = (no: number) => nested(no, () => DynamicValue);
const diagnostics = (no: number) => many(nested(no, () => DiagnosticMessage));
const client = (no: number) => nested(no, () => ClientCapabilities);
const typeName = message({ type_name: string(1) });
const named = (no: number) => many(nested(no, () => typeName));
const empty = message({});
const validate = {
  request: message({ type_name: string(1), config: value(2), client_capabilities: client(3) }),
  response: message({ diagnostics: diagnostics(1) }),
};

/** Every RPC of service tfplugin6.Provider. */
export const RPC = {
  GetMetadata: {
    request: empty,
    response: message({
      server_capabilities: nested(1, () => ServerCapabilities),
      diagnostics: diagnostics(2),
      data_sources: named(3),
      resources: named(4),
      functions: named(5),
      ephemeral_resources: named(6),
    }),
  },
  GetProviderSchema: {
    request: empty,
    response: message({
      provider: nested(1, () => Schema),
      resource_schemas: mapOf(nested(2, () => Schema)),
      data_source_schemas: mapOf(nested(3, () => Schema)),
      diagnostics: diagnostics(4),
      provider_meta: nested(5, () => Schema),
      server_capabilities: nested(6, () => ServerCapabilities),
      functions: mapOf(nested(7, () => FunctionDefinition)),
      ephemeral_resource_schemas: mapOf(nested(8, () => Schema)),
    }),
  },
  ValidateProviderConfig: {
    request: message({ config: value(1) }),
    response: message({ diagnostics: diagnostics(2) }),
  },
  ValidateResourceConfig: validate,
  ValidateDataResourceConfig: validate,
  ValidateEphemeralResourceConfig: validate,
  UpgradeResourceState: {
    request: message({ type_name: string(1), version: int64(2), raw_state: nested(3, () => RawState) }),
    response: message({ upgraded_state: value(1), diagnostics: diagnostics(2) }),
  },
  ConfigureProvider: {
    request: message({ terraform_version: string(1), config: value(2), client_capabilities: client(3) }),
    response: message({ diagnostics: diagnostics(1) }),
  },
  ReadResource: {
    request: message({
      type_name: string(1),
      current_state: value(2),
      private: bytes(3),
      provider_meta: value(4),
      client_capabilities: client(5),
    }),
    response: message({ new_state: value(1), diagnostics: diagnostics(2), private: bytes(3) }),
  },
  PlanResourceChange: {
    request: message({
      type_name: string(1),
      prior_state: value(2),
      proposed_new_state: value(3),
      config: value(4),
      prior_private: bytes(5),
      provider_meta: value(6),
      client_capabilities: client(7),
    }),
    response: message({
      planned_state: value(1),
      requires_replace: many(nested(2, () => AttributePath)),
      planned_private: bytes(3),
      diagnostics: diagnostics(4),
    }),
  },
  ApplyResourceChange: {
    request: message({
      type_name: string(1),
      prior_state: value(2),
      planned_state: value(3),
      config: value(4),
      planned_private: bytes(5),
      provider_meta: value(6),
    }),
    response: message({ new_state: value(1), private: bytes(2), diagnostics: diagnostics(3) }),
  },
  ImportResourceState: {
    request: message({ type_name: string(1), id: string(2), client_capabilities: client(3) }),
    response: message({
      imported_resources: many(nested(1, () => message({ type_name: string(1), state: value(2), private: bytes(3) }))),
      diagnostics: diagnostics(2),
    }),
  },
  MoveResourceState: {
    request: message({
      source_provider_address: string(1),
      source_type_name: string(2),
      source_schema_version: int64(3),
      source_state: nested(4, () => RawState),
      target_type_name: string(5),
      source_private: bytes(6),
    }),
    response: message({ target_state: value(1), diagnostics: diagnostics(2), target_private: bytes(3) }),
  },
  ReadDataSource: {
    request: message({
      type_name: string(1),
      config: value(2),
      provider_meta: value(3),
      client_capabilities: client(4),
    }),
    response: message({ state: value(1), diagnostics: diagnostics(2) }),
  },
  OpenEphemeralResource: {
    request: message({ type_name: string(1), config: value(2), client_capabilities: client(3) }),
    response: message({
      diagnostics: diagnostics(1),
      renew_at: nested(2, () => Timestamp),
      result: value(3),
      private: maybe(bytes(4)),
    }),
  },
  RenewEphemeralResource: {
    request: message({ type_name: string(1), private: maybe(bytes(2)) }),
    response: message({
      diagnostics: diagnostics(1),
      renew_at: nested(2, () => Timestamp),
      private: maybe(bytes(3)),
    }),
  },
  CloseEphemeralResource: {
    request: message({ type_name: string(1), private: maybe(bytes(2)) }),
    response: message({ diagnostics: diagnostics(1) }),
  },
  GetFunctions: {
    request: empty,
    response: message({ functions: mapOf(nested(1, () => FunctionDefinition)), diagnostics: diagnostics(2) }),
  },
  CallFunction: {
    request: message({ name: string(1), arguments: many(nested(2, () => DynamicValue)) }),
    response: message({ result: value(1), error: nested(2, () => FunctionError) }),
  },
  StopProvider: { request: empty, response: message({ Error: string(1) }) },
} as const;

export type RpcName = keyof typeof RPC;
export type RequestOf<N extends RpcName> = Decoded<(typeof RPC)[N]['request']>;
export type ResponseOf<N extends RpcName> = Decoded<(typeof RPC)[N]['response']>;
export const SERVICE = 'tfplugin6.Provider';
