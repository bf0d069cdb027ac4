// The engine's Phase side behind a listener, and its clients replayed: what they send, and how they take answers apart (contracts/phase.md 1.3–1.4, 5).
import { nodeClock } from '#client/node-clock.js';
import { keyDigest } from '#crypto/key-digest.js';
import { type KeyPair, keyPairFromPrivate, keyPairFromSeed } from '#crypto/key-exchange.js';
import { joinPrivateKey } from '#crypto/key-shares.js';
import { openSealed } from '#crypto/sealing.js';
import { Sensitive } from '#core/sensitive.js';
import { listen } from '#engine/http/server.js';
import { type PhaseEngine, restForm, startPhaseEngine } from '../support/phase/engine.ts';
import { type RealMinting, realMinting } from '../support/phase/minting.ts';
import { box } from '../support/phase/vectors.ts';
import { type Decoder, flag, goString, list, nullable, object, text } from './decode.ts';
import { must } from './must.ts';
import { ReplayedClient } from './service.ts';

export type PhaseService = PhaseEngine & { url: string; real: RealMinting };

/** App `app` has two dynamic secrets and some static ones in Development; another app's name holds the first one's. */
export async function startPhaseService(more: Parameters<typeof startPhaseEngine>[0] = {}): Promise<PhaseService> {
  const real = realMinting();
  const engine = await startPhaseEngine({ ...more, minting: real.minting });
  const ok = async (token: string, request: string, body: object) => {
    const { status, text: said } = await engine.send(token, request, { body });
    if (status >= 300) throw new Error(`${request}: ${status} ${said}`);
  };
  await ok(engine.admin, 'POST /integrations', { type: 'postgres', name: 'pg', data: {}, allowed: ['app/dev'] });
  for (const name of ['DB', 'CACHE']) {
    await ok(engine.admin, 'POST /configs/config/dynamic_secrets', {
      ...{ project: 'app', config: 'dev', name, kind: 'postgres', integration: 'pg', parameters: {} },
      ...{ default_ttl_sec: 900, max_ttl_sec: 3600 },
    });
  }
  await ok(engine.admin, 'POST /v1/apps/', { name: 'app-of-others' });
  const secrets = { API_KEY: 'sk-1', HOST: 'h.example', URL: 'https://${HOST}/', EMPTY: '' };
  await ok(await engine.token('dev', 'read/write'), 'POST /configs/config/secrets', { secrets });
  const address = { host: '127.0.0.1', port: 0, clock: nodeClock, log: () => undefined };
  const listener = await listen(engine.engine.handle, address);
  const close = async () => {
    await listener.close();
    await engine.close();
  };
  return { ...engine, real, url: listener.url, close };
}

/** What each of them calls itself; the server only logs it. */
export const AGENTS = {
  cli: 'phase-cli/2.3.1 linux amd64 ada@box',
  agent: 'phase-cli/2.3.1 linux amd64 ada@box (ai-agent/robot)',
  golang: 'phase-golang-sdk/2.4.1 linux amd64 ada@box',
  python: 'phase-python-sdk/2.1.2 Linux 6.8.0 x86_64 ada@box',
  node: 'phase-node-sdk/3.0.0',
  terraform: 'terraform-provider-phase/0.2.0 (linux amd64; ada@box)',
} as const;

const environmentKey = object({
  ...{ id: text, identity_key: text, wrapped_seed: text, wrapped_salt: text, paths: nullable },
  ...{ created_at: text, updated_at: text, deleted_at: nullable, user: nullable, service_account: nullable },
  environment: object({ id: text, name: text, env_type: text, created_at: text, updated_at: text }),
});
const tokens = object({
  ...{ wrapped_key_share: text, user_id: goString, account_id: goString, offline_enabled: flag },
  organisation: object({ id: text, name: text }),
  apps: list(object({ id: text, name: text, encryption: text, environment_keys: list(environmentKey) })),
});
const credential = object({ key: text, value: text });
const lease = object({
  ...{ id: text, name: text, secret: text, ttl: text, status: text, expires_at: text, created_at: text },
  ...{ renewed_at: nullable, revoked_at: nullable, credentials: list(credential) },
});
const sealedItem = object({
  ...{ id: text, type: text, path: text },
  ...{ key: goString, value: goString, comment: goString, name: goString, key_digest: goString },
  lease: (value, at) => (value === null || value === undefined ? null : lease(value, at)),
});

type Opened = { id: string; type: string; key: string; value: string; credentials: Map<string, string> };

/** As the golang SDK does it, which the command line and the python SDK follow: exactly 200, typed errors, own keys. */
export class SealedClient {
  readonly #client: ReplayedClient;
  readonly #token: string;

  constructor(url: string, token: string, agent: string) {
    const headers = { Authorization: `Bearer ${restForm(token)}`, 'User-Agent': agent, Accept: 'application/json' };
    this.#client = new ReplayedClient(url, headers);
    this.#token = token;
  }

  /** The answer, decoded; whatever is not exactly 200 is an error in the words of the client. */
  async ask<Value>(decoder: Decoder<Value>, request: string, more: { headers?: object; body?: object } = {}) {
    const { status, body } = await this.#client.send(request, more.body, { ...more.headers });
    if (status !== 200) throw new Error(`${kindOf(status)}: ${saidIn(body)}`);
    return decoder(JSON.parse(body) as unknown, request);
  }

  bootstrap() {
    return this.ask(tokens, 'GET /service/secrets/tokens/');
  }

  /** An app by its id or by the shortest name that holds the text; an environment by the first that does. */
  async open(app: string, env: string): Promise<OpenEnvironment> {
    const { wrapped_key_share: wrapped, apps } = await this.bootstrap();
    const holds = (name: string, part: string) => name.toLowerCase().includes(part.toLowerCase());
    const byName = apps.filter(({ name }) => holds(name, app)).sort((a, b) => a.name.length - b.name.length);
    const found = must(apps.find(({ id }) => id === app) ?? byName[0]);
    const keys = must(found.environment_keys.find(({ environment }) => holds(environment.name, env)));
    const [, , , publicKey = '', share = '', wrapKey = ''] = this.#token.split(':');
    const account = keyPairFromPrivate(joinPrivateKey({ share: box(share), wrapKey: box(wrapKey) }, wrapped));
    const pair = keyPairFromSeed(box(openSealed(account, keys.wrapped_seed).reveal()));
    const isMine = hex(account.publicKey) === publicKey && hex(pair.publicKey) === keys.identity_key;
    if (!isMine) throw new Error('the keys of the account or of the environment do not fit');
    const salt = new Sensitive(openSealed(account, keys.wrapped_salt).reveal());
    const at = `app_id=${found.id}&env=${encodeURIComponent(keys.environment.name)}`;
    return { client: this, app: found.name, environment: keys.environment, pair, salt, at };
  }
}

export type OpenEnvironment = {
  client: SealedClient;
  app: string;
  environment: { id: string; name: string };
  pair: KeyPair;
  salt: Sensitive;
  /** The query of the REST API. */
  at: string;
};

/** `GET /service/secrets/` with everything in headers, opened. */
export async function readSealed(open: OpenEnvironment, headers: Record<string, string> = {}): Promise<Opened[]> {
  const { client, environment, pair } = open;
  const all = { Environment: environment.id, ...headers };
  const found = await client.ask(list(sealedItem), 'GET /service/secrets/', { headers: all });
  const plain = (sealed: string) => (sealed === '' ? '' : openSealed(pair, sealed).reveal());
  return found.map((item) => ({
    ...{ id: item.id, type: item.type },
    key: item.type === 'dynamic' ? item.name : plain(item.key),
    value: plain(item.value),
    credentials: new Map((item.lease?.credentials ?? []).map(({ key, value }) => [plain(key), plain(value)])),
  }));
}

/** The header that names one key, which the command line puts into capitals before. */
export function digestHeader({ salt }: OpenEnvironment, key: string): Record<string, string> {
  return { KeyDigest: keyDigest(key.toUpperCase(), salt) };
}

function kindOf(status: number): string {
  return { 403: 'forbidden', 429: 'throttled' }[status] ?? `status ${status}`;
}

/** `error`, then `detail` (contracts/phase.md 5). */
function saidIn(body: string): string {
  const { error, detail } = JSON.parse(body) as { error?: string; detail?: string };
  return must(error ?? detail);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
