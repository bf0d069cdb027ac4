// `serve`: opens a store, listens, and ends on a signal with what is under way finished.
import { randomUUID } from 'node:crypto';
import type { AppError } from '#core/errors.js';
import { type EngineConfig, readEngineConfig } from '../engine/config.ts';
import { createEgress } from '../engine/egress.ts';
import { createEngine } from '../engine/engine.ts';
import { metricsHandle } from '../engine/http/metrics.ts';
import { listen } from '../engine/http/server.ts';
import { jsonLog, type Log } from '../engine/log.ts';
import { type Base, createMinting } from '../engine/minting.ts';
import { createFetchJson } from '../engine/outgoing.ts';
import { createPost } from '../engine/webhooks/post.ts';
import { readFlags } from './flags.ts';
import type { Host } from './host.ts';
import { readRootKey } from './root-key.ts';
import { openStore, placeFlag, readPlace, requireStore } from './store.ts';

const FLAGS = {
  data: { type: 'string' },
  listen: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'redirect-http': { type: 'string' },
  'metrics-listen': { type: 'string' },
  'behind-proxy': { type: 'string', multiple: true },
  'root-key': { type: 'string' },
  'release-revocations': { type: 'boolean' },
  'allow-egress': { type: 'string', multiple: true },
  'allow-integration': { type: 'string', multiple: true },
} as const;

/** Resolves when the engine has ended. @throws AppError when it cannot start */
export async function serve(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), FLAGS);
  const config = readEngineConfig(flags, host.env);
  const place = readPlace(config.data, host.env);
  await requireStore(host, place, `Make one: secrets-action init${placeFlag(place)}`);
  const rootKey = readRootKey(config.rootKey, place);
  const log = jsonLog(host.err, () => host.clock.now());
  const ended = host.ended();
  const onFatal = (error: AppError) => {
    log('error', 'store failed', { code: error.code });
    host.abort(1);
  };
  const store = await openStore(host, place, { onFatal });
  try {
    const release = flags['release-revocations'] ?? false;
    await run(host, { config, rootKey, store, log, ended, release });
  } finally {
    await store.close();
  }
  return 0;
}

const RELEASED = { actor: 'engine', action: 'leases.release', target: 'engine', outcome: 'ok' } as const;

type Running = {
  config: EngineConfig;
  rootKey: Uint8Array;
  store: Awaited<ReturnType<typeof openStore>>;
  log: Log;
  ended: Promise<string>;
  release: boolean;
};

async function run(host: Host, { config, rootKey, store, log, ended, release }: Running): Promise<void> {
  const { clock, version } = host;
  const tools = { lookup: host.lookup, random: host.random, newId: randomUUID };
  const minting = (base: Base) => createMinting(base, config, tools);
  const { plan, proxies, tls, redirect } = config;
  const allow = { outgoing: config.allowEgress, integration: [] };
  const egress = createEgress({ clock, lookup: host.lookup, allow });
  const outgoing = { fetchJson: createFetchJson({ egress }), post: createPost(egress) };
  const parts = { store, rootKey, clock, log, version, minting, ...outgoing };
  const engine = await createEngine({ ...parts, plan, proxies });
  if (release) await store.write.releaseRevocations({ event: { at: clock.now(), ...RELEASED } });
  await engine.start();
  try {
    const listener = await listen(engine.handle, { ...config.listen, tls, redirect, clock, log });
    const listeners = [listener];
    const { url } = listener;
    if (config.metricsListen) {
      const own = await listen(metricsHandle(engine.renderMetrics), { ...config.metricsListen, clock, log });
      listeners.push(own);
      log('info', 'metrics', { url: own.url });
    }
    log('info', 'started', { url, version });
    host.out(`listening on ${url}\n`);
    const signal = await ended;
    log('info', 'stopping', { signal });
    engine.endStreams();
    await Promise.all(listeners.map((one) => one.close()));
  } finally {
    await engine.stop();
  }
  log('info', 'stopped');
}
