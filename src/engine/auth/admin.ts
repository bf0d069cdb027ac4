// The built-in admin account: its one token is told once, and a new one ends the old.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Keyring } from '../keyring/keyring.ts';
import type { Store } from '../storage/store.ts';
import { newAccountToken, tokenPreview } from './token-format.ts';

const ADMIN = 'admin';

/** Ends every earlier admin token and makes the next. It manages everything and reads no value (design.md §5, Keys). */
export async function renewAdminToken(parts: { store: Store; keyring: Keyring; clock: Clock }): Promise<Sensitive> {
  const { store, keyring, clock } = parts;
  const now = clock.now();
  const token = newAccountToken();
  const id = randomUUID();
  const event = { at: now, actor: 'engine', target: `principal:${ADMIN}`, outcome: 'ok' as const };
  await store.write.revokePrincipalTokens({
    principalId: ADMIN,
    at: now,
    event: { ...event, action: 'tokens.revoke_all' },
  });
  await store.write.createToken({
    token: {
      id,
      kind: 'service_account',
      hash: keyring.hashToken(token.reveal()),
      preview: tokenPreview(token),
      principal_id: ADMIN,
      name: ADMIN,
      project_id: null,
      config_id: null,
      access: ADMIN,
      created_at: now,
      expires_at: null,
    },
    principal: { kind: 'service_account', name: ADMIN, builtin: true },
    event: { ...event, action: 'tokens.create', target: `token:${id}` },
  });
  return token;
}
