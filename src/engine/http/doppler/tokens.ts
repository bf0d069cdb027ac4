// Doppler routes of service tokens, of the caller and of the workplace (contracts/doppler.md 1.5, 2.6, 2.13).
import { actorAnswer, tokenAnswer } from '#contract/doppler/answers.js';
import { workplaceAnswer } from '#contract/doppler/people-answers.js';
import { workplaceChange } from '#contract/doppler/people-requests.js';
import { newToken, placeQuery, tokenQuery } from '#contract/doppler/requests.js';
import type { Access } from '../../auth/access.ts';
import type { ServiceTokens } from '../../auth/service-tokens.ts';
import type { Workplace } from '../../people/workplace.ts';
import { json, secret } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = { access: Access; tokens: ServiceTokens };

export function tokenRoutes({ access, tokens }: Parts): Route[] {
  return [
    route('GET', '/configs/config/tokens', 'tokens.manage', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'tokens.manage');
      return json({ tokens: (await tokens.list(place)).map(tokenAnswer), success: true });
    }),
    route('POST', '/configs/config/tokens', 'tokens.manage', async ({ caller, input }) => {
      const { name, access: wanted, expiresAt, key, ...where } = input(newToken);
      const place = await access.place(caller, where, 'tokens.manage');
      const token = await tokens.create(caller, place, { name, access: wanted, expiresAt, key });
      return secret(json({ token: tokenAnswer(token), success: true }));
    }),
    route('DELETE', '/configs/config/tokens/token', 'tokens.manage', async ({ caller, input }) => {
      const { slug, token, ...where } = input(tokenQuery);
      const place = await access.place(caller, where, 'tokens.manage');
      await tokens.remove(caller, place, { slug, token: token ?? undefined });
      return json({ success: true });
    }),
  ];
}

export function accountRoutes(workplace: Workplace): Route[] {
  return [
    route('GET', '/me', 'me.read', async ({ caller }) => json(actorAnswer(caller, (await workplace.get()).name))),
    route('GET', '/workplace', 'workplace.read', async () =>
      json({ workplace: workplaceAnswer(await workplace.get()), success: true }),
    ),
    route('POST', '/workplace', 'workplace.manage', async ({ caller, input }) => {
      const updated = await workplace.update(caller, input(workplaceChange));
      return json({ workplace: workplaceAnswer(updated), success: true });
    }),
  ];
}
