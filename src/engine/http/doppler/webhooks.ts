// Doppler routes of webhooks (contracts/doppler.md 2.12).
import { newWebhook, webhookAnswer, webhookChange, webhookQuery, webhooksQuery } from '#contract/doppler/webhooks.js';
import type { Access } from '../../auth/access.ts';
import type { Webhooks } from '../../webhooks/webhooks.ts';
import { type Answer, json } from '../answer.ts';
import { type Call, type Route, route } from '../route.ts';

type Parts = { access: Access; webhooks: Webhooks };
const ACTION = 'webhooks.manage';
const ONE = '/webhooks/webhook/:slug';
const DONE = { success: true };

export function webhookRoutes({ access, webhooks }: Parts): Route[] {
  const at = (call: Call, project: string | undefined) => access.project(call.caller, project, ACTION);
  const enable =
    (enabled: boolean) =>
    async (call: Call): Promise<Answer> => {
      const { project, slug } = call.input(webhookQuery);
      const home = await at(call, project);
      return json({ webhook: webhookAnswer(await webhooks.update(call.caller, home, slug, { enabled })), ...DONE });
    };
  return [
    route('GET', '/webhooks', ACTION, async (call) => {
      const home = await at(call, call.input(webhooksQuery).project);
      return json({ webhooks: (await webhooks.list(home)).map(webhookAnswer), ...DONE });
    }),
    route('POST', '/webhooks', ACTION, async (call) => {
      const { project, ...wish } = call.input(newWebhook);
      const made = await webhooks.create(call.caller, await at(call, project), wish);
      return json({ webhook: webhookAnswer(made), ...DONE });
    }),
    route('GET', ONE, ACTION, async (call) => {
      const { project, slug } = call.input(webhookQuery);
      return json({ webhook: webhookAnswer(await webhooks.get(await at(call, project), slug)), ...DONE });
    }),
    route('PATCH', ONE, ACTION, async (call) => {
      const { project, slug, ...wish } = call.input(webhookChange);
      const changed = await webhooks.update(call.caller, await at(call, project), slug, wish);
      return json({ webhook: webhookAnswer(changed), ...DONE });
    }),
    route('DELETE', ONE, ACTION, async (call) => {
      const { project, slug } = call.input(webhookQuery);
      await webhooks.remove(call.caller, await at(call, project), slug);
      return json(DONE);
    }),
    route('POST', `${ONE}/enable`, ACTION, enable(true)),
    route('POST', `${ONE}/disable`, ACTION, enable(false)),
  ];
}
