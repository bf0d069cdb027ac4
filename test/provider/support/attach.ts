// The same server inside a running process, for debuggers and tests: no handshake, no TLS, no end of its own.
import { type Handlers, newGrpcServer } from '#provider/plugin/grpc-server.js';
import { listenOnSocket } from '#provider/plugin/listen.js';

/** `reattach` is the value of TF_REATTACH_PROVIDERS; `close` stops listening and removes the socket. */
export type Attached = { reattach: string; path: string; close: () => Promise<void> };

/**
 * Serves `handlers` for the provider at `source` (`host/namespace/type`) until closed. The host never ends such a
 * plugin: leases are given back by Close, or by whoever attached it.
 */
export async function attachPlugin(source: string, handlers: Handlers, pid: number): Promise<Attached> {
  const server = newGrpcServer({ handlers });
  const { address, forget } = await listenOnSocket(server.http);
  const path = address.network === 'unix' ? address.path : '';
  const entry = { Protocol: 'grpc', ProtocolVersion: 6, Pid: pid, Test: true, Addr: { Network: 'unix', String: path } };
  return {
    reattach: JSON.stringify({ [source]: entry }),
    path,
    close: async () => {
      await server.close();
      forget();
    },
  };
}
