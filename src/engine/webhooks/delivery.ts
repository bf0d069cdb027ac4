// Delivery: what the outbox holds is signed and sent at least once, again with growing pauses, and given up after five.
import { createHmac } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import type { Keyring } from '../keyring/keyring.ts';
import type { Log } from '../log.ts';
import type { Delivery } from '../storage/operations/webhooks.ts';
import type { WorkplaceSettings } from '../storage/operations/workplace.ts';
import type { Store } from '../storage/store.ts';
import type { Post } from './post.ts';
import { openWebhook, type WebhookSecrets } from './sealed.ts';

/** After the first try and after each of five more (contracts/doppler.md 2.12: up to 5 retries). */
const PAUSES_MS = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
const AT_ONCE = 20;
/** Longer than any try takes. */
const CLAIM_MS = 60_000;

export type DeliveryParts = { store: Store; keyring: Keyring; clock: Clock; log: Log; post: Post };

/** Sends what is due, twenty at a time; answers how many. Never rejects because of a receiver. */
export async function deliverDue(parts: DeliveryParts): Promise<number> {
  const { store, clock } = parts;
  for (let sent = 0; ; ) {
    const next = await store.read.nextWebhookDue({});
    const at = clock.now();
    if (next === undefined || next > at) return sent;
    const due = await store.write.claimDeliveries({ at, until: at + CLAIM_MS, limit: AT_ONCE });
    await Promise.all(due.map((one) => deliver(parts, one)));
    sent += due.length;
  }
}

async function deliver(parts: DeliveryParts, one: Delivery): Promise<void> {
  const { store, clock, log } = parts;
  const why = await attempt(parts, one);
  if (why === undefined) return store.write.settleDelivery({ id: one.id, retryAt: null });
  const at = clock.now();
  const pause = PAUSES_MS[one.attempts - 1];
  const webhook = one.webhook_id;
  log('warn', 'webhook not delivered', { webhook, attempt: one.attempts, reason: why, again: pause !== undefined });
  if (pause !== undefined) return store.write.settleDelivery({ id: one.id, retryAt: at + pause });
  const what = { actor: 'engine', action: 'webhooks.give_up', target: `webhook:${webhook}` };
  return store.write.settleDelivery({ id: one.id, retryAt: null, event: { at, ...what, outcome: 'failed' } });
}

/** Undefined when it arrived, else why not: a status or the kind of failure, never what the receiver said. */
async function attempt({ store, keyring, post }: DeliveryParts, one: Delivery): Promise<string | undefined> {
  try {
    const secrets = openWebhook(keyring, { ...one, id: one.webhook_id });
    const body = secrets.payload ?? withWorkplace(one.payload, await store.read.readWorkplace({}));
    const status = await post(one.url, headersOf(secrets, body), body);
    return status >= 200 && status < 300 ? undefined : `status ${status}`;
  } catch (error) {
    const { code, name } = error as { code?: unknown; name?: string };
    return typeof code === 'string' ? code : (name ?? 'failed');
  }
}

function withWorkplace(payload: string, { name, billingEmail }: WorkplaceSettings): string {
  const workplace = { id: 'engine', name, billing_email: billingEmail };
  return JSON.stringify({ ...(JSON.parse(payload) as object), workplace });
}

function headersOf({ secret, authentication: auth }: WebhookSecrets, body: string): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'user-agent': 'secrets-action/1.0.0' };
  if (secret !== null) headers['x-doppler-signature'] = signature(secret, body);
  if (auth.type === 'Bearer') headers['authorization'] = `Bearer ${auth.token}`;
  if (auth.type === 'Basic') {
    headers['authorization'] = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  }
  return headers;
}

/** What the receiver computes over the bytes of the body with the secret that it knows. */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
