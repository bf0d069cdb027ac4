// Webhooks on the Doppler wire: what clients send and what they read back (contracts/doppler.md 2.12).
import * as z from 'zod/mini';
import { Sensitive } from '#core/sensitive.js';

const boxed = z.pipe(
  z.string().check(z.maxLength(4096)),
  z.transform((text) => new Sensitive(text)),
);
const identifier = z.pipe(
  z.nullish(z.string().check(z.maxLength(300))),
  z.transform((text) => text || undefined),
);
const flag = z.pipe(
  z.union([z.boolean(), z.string().check(z.regex(/^(?:true|false|1|0)$/i))]),
  z.transform((given) => (typeof given === 'boolean' ? given : /^(?:true|1)$/i.test(given))),
);
const names = z.nullish(z.array(z.string().check(z.maxLength(60))).check(z.maxLength(500)));
const authentication = z.nullish(
  z.object({
    type: z.enum(['None', 'Bearer', 'Basic']),
    token: z.nullish(boxed),
    username: z.nullish(z.string().check(z.maxLength(300))),
    password: z.nullish(boxed),
  }),
);
const fields = {
  project: identifier,
  name: z.nullish(z.string().check(z.maxLength(100))),
  secret: z.nullish(boxed),
  authentication,
  payload: z.nullish(z.string().check(z.maxLength(65_536))),
  enabled: z.nullish(flag),
  enableConfigs: names,
};

export const webhooksQuery = z.object({ project: identifier });
export const webhookQuery = z.object({ project: identifier, slug: z.string().check(z.minLength(1), z.maxLength(300)) });
export const newWebhook = z.object({ ...fields, url: z.string().check(z.maxLength(2000)) });
export const webhookChange = z.object({
  ...fields,
  slug: z.string(),
  url: z.nullish(z.string().check(z.maxLength(2000))),
  disableConfigs: names,
});

/** Secrets of a webhook are never told again: only that they are there. */
export function webhookAnswer(webhook: {
  id: string;
  name: string;
  url: string;
  enabled: boolean;
  configs: readonly string[];
  hasSecret: boolean;
  authentication: { type: string; username: string | null; hasPassword: boolean };
}) {
  const { configs, authentication: auth, ...rest } = webhook;
  return { ...rest, enabledConfigs: configs, canManage: true, authentication: { ...auth, token: null } };
}
