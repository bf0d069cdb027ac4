// Calls a provider server as Terraform's core does, without transport: messages in, messages out.
import type { ProviderServer } from '#provider/framework/rpc/dispatch.js';
import { decode, type Draft, encode, type Message } from '#provider/wire/protobuf.js';
import { RPC, type RequestOf, type ResponseOf, type RpcName } from '#provider/wire/tfplugin6.js';
import type { Type, Value } from '#provider/wire/types.js';
import { decodeValue, encodeValue } from '#provider/wire/value-codec.js';

export type Core = <N extends RpcName>(
  name: N,
  request: Draft<RequestOf<N>>,
  signal?: AbortSignal,
) => Promise<ResponseOf<N>>;

export function coreOf(server: ProviderServer): Core {
  return async (name, request, signal = new AbortController().signal) => {
    const tables = RPC[name] as { request: Message<unknown>; response: Message<unknown> };
    const handler = server.handlers.get(`/tfplugin6.Provider/${name}`);
    if (!handler) throw new Error(`no handler for ${name}`);
    return decode(tables.response, await handler(encode(tables.request, request as Draft<unknown>), signal)) as never;
  };
}

export const pack = (type: Type, value: Value | undefined) => ({ msgpack: encodeValue(type, value) });

export function unpack(type: Type, dynamic: { msgpack: Uint8Array } | undefined): Value {
  return dynamic && dynamic.msgpack.length > 0 ? decodeValue(type, dynamic.msgpack) : null;
}

/** Severity, text and path of each diagnostic on one line. */
export function told(response: {
  diagnostics: readonly { severity: number; summary: string; detail: string; attribute: unknown }[];
}) {
  return response.diagnostics.map(({ severity, summary, detail, attribute }) => {
    const { steps = [] } = (attribute ?? {}) as { steps?: readonly Record<string, unknown>[] };
    const path = steps.map((step) => Object.values(step).find((part) => part !== undefined)).join('.');
    return `${severity === 1 ? 'error' : 'warning'} ${path}: ${summary} ${detail}`.trim();
  });
}
