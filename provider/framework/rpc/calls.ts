// The shape of every call: a decoded request in, a draft of the response out.
import type { Draft } from '../../wire/protobuf.ts';
import type { RequestOf, ResponseOf, RpcName } from '../../wire/tfplugin6.ts';

/** One call. What it throws becomes a diagnostic. */
export type Rpc<N extends RpcName> = (request: RequestOf<N>, signal: AbortSignal) => Promise<Draft<ResponseOf<N>>>;
export type Calls = { readonly [N in RpcName]: Rpc<N> };
