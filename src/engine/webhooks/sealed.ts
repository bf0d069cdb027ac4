// What of a webhook is secret, and how it lies in the store: sealed JSON, bound to the webhook.
import type { Keyring, Sealed } from '../keyring/keyring.ts';

export type WebhookSecrets = {
  /** Key of the signature; none is no signature. */
  secret: string | null;
  authentication:
    | { type: 'None' }
    | { type: 'Bearer'; token: string }
    | { type: 'Basic'; username: string; password: string };
  /** A JSON text that is sent instead of ours. */
  payload: string | null;
};

const SCOPE = 'webhooks';

/** @throws AppError ERR_UNAVAILABLE when the store cannot keep a new key */
export async function sealWebhook(keyring: Keyring, id: string, secrets: WebhookSecrets): Promise<Sealed> {
  await keyring.prepare(SCOPE);
  return keyring.seal(SCOPE, ['webhook', id], Buffer.from(JSON.stringify(secrets)));
}

/** @throws AppError ERR_DECRYPT */
export function openWebhook(
  keyring: Keyring,
  row: { id: string; data_key_id: string; data_sealed: Uint8Array },
): WebhookSecrets {
  const text = keyring.open(['webhook', row.id], { keyId: row.data_key_id, sealed: row.data_sealed });
  return JSON.parse(text.toString('utf8')) as WebhookSecrets;
}
