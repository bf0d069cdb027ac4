// Doppler routes of configs: what they are, who inherits whom, and from where they may be read (2.4, 2.7).
import { configAnswer, referenceAnswer } from '#contract/doppler/config-answers.js';
import {
  configClone,
  configInheritable,
  configInherits,
  configUpdate,
  ipBody,
  referenceQuery,
} from '#contract/doppler/config-requests.js';
import { configsQuery, newConfig, placeQuery } from '#contract/doppler/requests.js';
import { AppError } from '#core/errors.js';
import type { Access } from '../../auth/access.ts';
import type { Place } from '../../auth/places.ts';
import type { TrustedIps } from '../../auth/trusted-ips.ts';
import type { ConfigSettings } from '../../projects/config-settings.ts';
import type { Configs } from '../../projects/configs.ts';
import type { Cloning } from '../../secrets/clone.ts';
import type { IncomingReferences } from '../../secrets/incoming.ts';
import { type Answer, json, noContent } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = {
  access: Access;
  configs: Configs;
  settings: ConfigSettings;
  cloning: Cloning;
  trustedIps: TrustedIps;
  incoming: IncomingReferences;
};
const DONE = { success: true };
const CONFIG = '/configs/config';

export function configRoutes({ access, configs, cloning }: Parts): Route[] {
  return [
    route('GET', '/configs', 'configs.list', async ({ caller, input }) => {
      const { project, ...filter } = input(configsQuery);
      const home = await access.project(caller, project, 'configs.list');
      const found = await configs.list(caller, home, filter);
      return json({ page: filter.page, configs: found.map(configAnswer), ...DONE });
    }),
    route('POST', '/configs', 'configs.manage', async ({ caller, input }) => {
      const { project, environment, name } = input(newConfig);
      const home = await access.project(caller, project, 'configs.manage', environment);
      const config = await configs.create(caller, { project: home, environment, name });
      return json({ config: configAnswer(config), ...DONE });
    }),
    route('GET', CONFIG, 'configs.read', async ({ caller, input }) =>
      answer(configs, await access.place(caller, input(placeQuery), 'configs.read')),
    ),
    route('DELETE', CONFIG, 'configs.delete', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'configs.delete');
      await configs.remove(caller, place);
      return json(DONE);
    }),
    route('POST', `${CONFIG}/clone`, 'configs.clone', async ({ caller, input }) => {
      const { name, ...where } = input(configClone);
      const place = await access.place(caller, where, 'configs.clone');
      const branch = configs.branch(caller, place, name);
      await cloning.clone(caller, place, branch);
      return answer(configs, { ...place, configId: branch.id, config: name });
    }),
    // The CLI's liveness ping (contracts/doppler.md 2.4).
    route('GET', `${CONFIG}/ping`, 'configs.read', async ({ caller, input }) => {
      await access.place(caller, input(placeQuery), 'configs.read');
      return json(DONE);
    }),
  ];
}

export function configSettingRoutes({ access, configs, settings }: Parts): Route[] {
  const lock = (verb: 'lock' | 'unlock') =>
    route('POST', `${CONFIG}/${verb}`, 'configs.lock', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'configs.lock');
      await settings.update(caller, place, { locked: verb === 'lock' });
      return answer(configs, place);
    });
  return [
    route('POST', CONFIG, 'configs.lock', async ({ caller, input }) => {
      const { project, config, ...wanted } = input(configUpdate);
      const place = await access.place(caller, { project, config }, 'configs.lock');
      if (wanted.name === undefined && wanted.isProtected === undefined) {
        throw new AppError('ERR_REQUEST_INVALID', 'You must specify a name');
      }
      // Whoever lifts the protection could then delete.
      if (wanted.isProtected !== undefined) await access.require(caller, 'configs.delete', place);
      await settings.update(caller, place, wanted);
      return answer(configs, place);
    }),
    lock('lock'),
    lock('unlock'),
    route('POST', `${CONFIG}/inheritable`, 'configs.inheritable', async ({ caller, input }) => {
      const { inheritable, ...where } = input(configInheritable);
      const place = await access.place(caller, where, 'configs.inheritable');
      await settings.setInheritable(caller, place, inheritable);
      return answer(configs, place);
    }),
    route('POST', `${CONFIG}/inherits`, 'configs.inherits', async ({ caller, input }) => {
      const { inherits, ...where } = input(configInherits);
      const place = await access.place(caller, where, 'configs.inherits');
      await settings.setInherits(caller, place, inherits);
      return answer(configs, place);
    }),
  ];
}

export function configGuardRoutes({ access, trustedIps, incoming }: Parts): Route[] {
  const ips = `${CONFIG}/trusted_ips`;
  const references = `${CONFIG}/references`;
  return [
    route('GET', ips, 'configs.trusted_ips', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'configs.trusted_ips');
      return json({ ips: await trustedIps.list(place), ...DONE });
    }),
    route('POST', ips, 'configs.trusted_ips', async ({ caller, input }) => {
      const { ip, ...where } = input(ipBody);
      const place = await access.place(caller, where, 'configs.trusted_ips');
      return (await trustedIps.add(caller, place, ip)) ? json({ ip, ...DONE }) : noContent();
    }),
    route('DELETE', ips, 'configs.trusted_ips', async ({ caller, input }) => {
      const { ip, ...where } = input(ipBody);
      const place = await access.place(caller, where, 'configs.trusted_ips');
      await trustedIps.remove(caller, place, ip);
      return noContent();
    }),
    route('GET', references, 'secrets.write', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'secrets.write');
      return json({ references: (await incoming.list(caller, place)).map(referenceAnswer), ...DONE });
    }),
    route('DELETE', references, 'secrets.write', async ({ caller, input }) => {
      const { slug, ...where } = input(referenceQuery);
      const place = await access.place(caller, where, 'secrets.write');
      await incoming.remove(caller, place, slug);
      return json(DONE);
    }),
  ];
}

async function answer(configs: Configs, place: Place): Promise<Answer> {
  return json({ config: configAnswer(await configs.get(place)), ...DONE });
}
