// From bytes to a call and back: every RPC in one table, every failure a diagnostic, nothing thrown past here.
import { decode, type Draft, encode, type Message } from '../../wire/protobuf.ts';
import { RPC, type RpcName, SERVICE } from '../../wire/tfplugin6.ts';
import { diagnosticMessages, fromError, originOf } from '../diagnostics.ts';
import type { ProviderDefinition } from '../definitions.ts';
import type { Calls, Rpc } from './calls.ts';
import { configCalls } from './config-calls.ts';
import { dataSourceCalls } from './data-source-calls.ts';
import { ephemeralCalls } from './ephemeral-calls.ts';
import { planCalls } from './plan-calls.ts';
import { resourceCalls } from './resource-calls.ts';
import { newRuntime, type Ports, type Runtime } from './runtime.ts';
import { schemaCalls } from './schema-calls.ts';
import { stateCalls } from './state-calls.ts';

/** A provider as its transport sees it: bytes in, bytes out, and the end. */
export type ProviderServer = {
  handlers: ReadonlyMap<string, (request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>>;
  /** Gives back every lease; bounded in time, the same promise for every caller. */
  drain: () => Promise<void>;
  /** Leases that are out. */
  leased: () => number;
};

/**
 * Builds the server of a provider.
 * @throws AppError ERR_INTERNAL with every problem of every schema
 */
export function providerServer<C>(provider: ProviderDefinition<C>, ports: Ports): ProviderServer {
  const runtime = newRuntime(provider, ports);
  const calls: Calls = {
    ...schemaCalls(runtime),
    ...configCalls(runtime),
    ...stateCalls(runtime),
    ...planCalls(runtime),
    ...resourceCalls(runtime),
    ...dataSourceCalls(runtime),
    ...ephemeralCalls(runtime),
  };
  const handlers = (Object.keys(RPC) as RpcName[]).map(
    (name) => [`/${SERVICE}/${name}`, handlerOf(runtime, name, calls[name] as Rpc<RpcName>)] as const,
  );
  return { handlers: new Map(handlers), drain: () => runtime.leases.drain(), leased: () => runtime.leases.size };
}

function handlerOf<C>(runtime: Runtime<C>, name: RpcName, call: Rpc<RpcName>) {
  const { request, response } = RPC[name] as { request: Message<unknown>; response: Message<unknown> };
  return async (bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array> => {
    try {
      return encode(response, (await call(decode(request, bytes) as never, signal)) as Draft<unknown>);
    } catch (error) {
      const diagnostics = diagnosticMessages([fromError(error)], runtime.scrubber);
      runtime.log('debug', 'A call failed.', {
        call: name,
        summary: diagnostics[0]?.summary ?? '',
        origin: originOf(error),
      });
      return encode(response, { diagnostics } as Draft<unknown>);
    }
  };
}
