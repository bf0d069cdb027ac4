// What main tells the keeper by its stdin, and nowhere else: the renewing key and everything that it needs to use it.
import type { Network } from '#client/network.js';
import { isLink } from '#core/lease-handle.js';
import { Sensitive } from '#core/sensitive.js';
import type { KeptLease } from './keeper.ts';
import type { ProcessIdentity } from './processes.ts';

export type KeeperBrief = {
  readonly apiUrl: string;
  readonly renewKey: Sensitive;
  readonly leases: readonly KeptLease[];
  /** Epoch milliseconds. */
  readonly until: number;
  readonly worker: ProcessIdentity;
  readonly network: Network;
};

/** One text; it holds k0 and the key of a client certificate. */
export function writeBrief({ renewKey, network, ...rest }: KeeperBrief): string {
  const { proxy, client } = network;
  const opened = {
    ...network,
    proxy: proxy?.reveal(),
    client: client && { certificate: client.certificate, key: client.key.reveal() },
  };
  return JSON.stringify({ ...rest, renewKey: renewKey.reveal(), network: opened });
}

/** The brief in `text`; undefined when main did not finish writing it. Only main can write here, so shapes are trusted. */
export function readBrief(text: string): KeeperBrief | undefined {
  try {
    const { renewKey, network, ...rest } = JSON.parse(text) as Written;
    if (!isLink(renewKey)) return undefined;
    const { proxy, client, noProxy, ca, allowInsecureHttp } = network;
    return {
      ...rest,
      renewKey: new Sensitive(renewKey),
      network: {
        noProxy,
        ca,
        allowInsecureHttp,
        proxy: proxy === undefined ? undefined : new Sensitive(proxy),
        client: client && { certificate: client.certificate, key: new Sensitive(client.key) },
      },
    };
  } catch {
    return undefined;
  }
}

type Written = Omit<KeeperBrief, 'renewKey' | 'network'> & {
  readonly renewKey: unknown;
  readonly network: Omit<Network, 'proxy' | 'client'> & {
    readonly proxy?: string;
    readonly client?: { readonly certificate: string; readonly key: string };
  };
};
