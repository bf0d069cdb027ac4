// Webhooks of a project: made, listed, changed, switched and deleted; their secrets are taken and never told again.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { type Caller, event } from '../auth/caller.ts';
import type { Places } from '../auth/places.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { WebhookSighting } from '../storage/operations/webhooks.ts';
import type { Store } from '../storage/store.ts';
import { openWebhook, sealWebhook, type WebhookSecrets } from './sealed.ts';

type Maybe<T> = T | null | undefined;
export type WebhookWish = {
  name?: Maybe<string>;
  url?: Maybe<string>;
  secret?: Maybe<Sensitive>;
  authentication?: Maybe<{
    type: 'None' | 'Bearer' | 'Basic';
    token?: Maybe<Sensitive>;
    username?: Maybe<string>;
    password?: Maybe<Sensitive>;
  }>;
  payload?: Maybe<string>;
  enabled?: Maybe<boolean>;
  enableConfigs?: Maybe<readonly string[]>;
  disableConfigs?: Maybe<readonly string[]>;
};
export type WebhookView = {
  id: string;
  name: string;
  url: string;
  enabled: boolean;
  configs: readonly string[];
  hasSecret: boolean;
  authentication: { type: string; username: string | null; hasPassword: boolean };
};

const MAX_PER_PROJECT = 50;
const NONE: WebhookSecrets = { secret: null, authentication: { type: 'None' }, payload: null };

type Parts = { store: Store; keyring: Keyring; clock: Clock; places: Places };

export class Webhooks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(project: string): Promise<WebhookView[]> {
    const rows = await this.#parts.store.read.listWebhooks({ projectId: await this.#projectId(project) });
    return rows.map((row) => this.#view(row));
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(project: string, id: string): Promise<WebhookView> {
    return this.#view(await this.#find(await this.#projectId(project), id));
  }

  /** @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND for a config that is not there */
  async create(caller: Caller, project: string, wish: WebhookWish): Promise<WebhookView> {
    const projectId = await this.#projectId(project);
    const { store, clock } = this.#parts;
    if ((await store.read.listWebhooks({ projectId })).length >= MAX_PER_PROJECT) {
      throw new AppError('ERR_REQUEST_INVALID', `A project has at most ${MAX_PER_PROJECT} webhooks.`);
    }
    const base = { id: randomUUID(), project_id: projectId, name: '', url: '', enabled: 1, created_at: clock.now() };
    return this.#put(caller, { ...base, configs: [], data_key_id: '', data_sealed: new Uint8Array() }, NONE, wish);
  }

  /** What is not named stays. @throws AppError as `create` */
  async update(caller: Caller, project: string, id: string, wish: WebhookWish): Promise<WebhookView> {
    const row = await this.#find(await this.#projectId(project), id);
    return this.#put(caller, row, openWebhook(this.#parts.keyring, row), wish);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, project: string, id: string): Promise<void> {
    const projectId = await this.#projectId(project);
    const { store, clock } = this.#parts;
    const at = clock.now();
    const what = { action: 'webhooks.delete', target: `webhook:${id}`, outcome: 'ok' } as const;
    await store.write.deleteWebhook({ projectId, id, event: event(caller, at, what) });
  }

  async #put(caller: Caller, old: WebhookSighting, before: WebhookSecrets, wish: WebhookWish): Promise<WebhookView> {
    const { store, keyring, clock } = this.#parts;
    const { configs: _configs, ...base } = old;
    const row = { ...base, name: wish.name ?? old.name, url: checkedUrl(wish.url ?? old.url) };
    if (old.url !== '' && new URL(old.url).origin !== new URL(row.url).origin) refuseToRetell(before, wish);
    const sealed = await sealWebhook(keyring, row.id, merged(before, wish));
    const isEnabled = wish.enabled ?? old.enabled === 1;
    await store.write.putWebhook({
      row: { ...row, enabled: isEnabled ? 1 : 0, data_key_id: sealed.keyId, data_sealed: sealed.sealed },
      enable: wish.enableConfigs ?? [],
      disable: wish.disableConfigs ?? [],
      event: event(caller, clock.now(), { action: 'webhooks.write', target: `webhook:${row.id}`, outcome: 'ok' }),
    });
    return this.#view(await this.#find(row.project_id, row.id));
  }

  async #projectId(project: string): Promise<string> {
    return (await this.#parts.places.project(project)).id;
  }

  async #find(projectId: string, id: string): Promise<WebhookSighting> {
    const row = await this.#parts.store.read.findWebhook({ projectId, id });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'Could not find requested webhook');
    return row;
  }

  #view(row: WebhookSighting): WebhookView {
    const { secret, authentication: auth } = openWebhook(this.#parts.keyring, row);
    const username = auth.type === 'Basic' ? auth.username : null;
    const { id, name, url, configs } = row;
    const authentication = { type: auth.type, username, hasPassword: auth.type === 'Basic' };
    return { id, name, url, enabled: row.enabled === 1, configs, hasSecret: secret !== null, authentication };
  }
}

/** What was given for one receiver is not told to another: who may change the address need not know it. */
function refuseToRetell(before: WebhookSecrets, { secret, authentication, payload }: WebhookWish): void {
  const kept = [
    before.secret !== null && secret == null,
    before.authentication.type !== 'None' && authentication == null,
    before.payload !== null && payload == null,
  ];
  if (!kept.includes(true)) return;
  throw new AppError('ERR_REQUEST_INVALID', 'Another host needs its own secret, authentication and payload.', {
    hint: 'Send them together with the new URL.',
  });
}

function merged(before: WebhookSecrets, { secret, authentication: auth, payload }: WebhookWish): WebhookSecrets {
  const text = secret?.reveal();
  return {
    secret: text === undefined ? before.secret : text || null,
    payload: payload == null ? before.payload : checkedPayload(payload),
    authentication: auth ? authenticationOf(auth) : before.authentication,
  };
}

function authenticationOf(auth: NonNullable<WebhookWish['authentication']>): WebhookSecrets['authentication'] {
  const [token, username, password] = [auth.token?.reveal(), auth.username, auth.password?.reveal()];
  if (auth.type === 'None') return { type: 'None' };
  if (auth.type === 'Bearer' && token && /^[\x21-\x7e]+$/.test(token)) return { type: 'Bearer', token };
  if (auth.type === 'Basic' && username && !username.includes(':')) {
    return { type: 'Basic', username, password: password ?? '' };
  }
  throw new AppError('ERR_REQUEST_INVALID', `The authentication of type ${auth.type} is not complete.`);
}

function checkedPayload(text: string): string | null {
  if (text === '') return null;
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new AppError('ERR_REQUEST_INVALID', 'The payload is not JSON.');
  }
}

/** https only, and no login in the address: it would end in logs. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.href;
  throw new AppError('ERR_REQUEST_INVALID', 'The url must be an https address without a login in it.');
}
