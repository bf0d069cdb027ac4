// Doppler routes of config logs, rollback and activity logs (contracts/doppler.md 2.8).
import { logAnswer, logDiffAnswer } from '#contract/doppler/config-answers.js';
import { configLogQuery, configLogsQuery, logQuery } from '#contract/doppler/config-requests.js';
import { listPage } from '#contract/doppler/requests.js';
import type { Access } from '../../auth/access.ts';
import type { History } from '../../secrets/history.ts';
import { json, secret } from '../answer.ts';
import { type Route, route } from '../route.ts';

const DONE = { success: true };

export function logRoutes({ access, history }: { access: Access; history: History }): Route[] {
  return [
    route('GET', '/configs/config/logs', 'configs.logs', async ({ caller, input }) => {
      const { project, config, ...range } = input(configLogsQuery);
      const place = await access.place(caller, { project, config }, 'configs.logs');
      const logs = await history.ofConfig(place, range);
      return json({ page: range.page, logs: logs.map(logAnswer), ...DONE });
    }),
    route('GET', '/configs/config/logs/log', 'configs.logs', async ({ caller, input }) => {
      const { log: id, ...where } = input(configLogQuery);
      const place = await access.place(caller, where, 'configs.logs');
      const { log, diff } = await history.withDiff(caller, place, id);
      return secret(json({ log: { ...logAnswer(log), diff: diff.map(logDiffAnswer) }, ...DONE }));
    }),
    route('POST', '/configs/config/logs/log/rollback', 'configs.rollback', async ({ caller, input }) => {
      const { log: id, ...where } = input(configLogQuery);
      const place = await access.place(caller, where, 'configs.rollback');
      return json({ log: logAnswer(await history.rollBack(caller, place, id)), ...DONE });
    }),
    route('GET', '/logs', 'logs.read', async ({ input }) => {
      const range = input(listPage);
      return json({ page: range.page, logs: (await history.all(range)).map(logAnswer), ...DONE });
    }),
    route('GET', '/logs/log', 'logs.read', async ({ input }) => {
      return json({ log: logAnswer(await history.one(input(logQuery).log)), ...DONE });
    }),
  ];
}
