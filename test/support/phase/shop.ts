// The shop of a scenario as Phase's users see it: an app, a service account with a token, and the engine in both modes.
import { type FarSide, faultProxy, type Rule } from '../far-side.ts';
import { field } from '../people.ts';
import type { World } from '../scenario.ts';

/** As an engine with all that it has, or as the clouds are (design.md §5, test mode). */
export const MODES = ['engine', 'extensions: off'] as const;
export type Mode = (typeof MODES)[number];

export const STATIC = '/service/public/v1/secrets/';
export const DYNAMIC = '/service/public/v1/secrets/dynamic/';
export const LEASES = '/service/public/v1/secrets/dynamic/leases/';
/** A request that leases, whatever else it says. */
export const MINT = /\/v1\/secrets\/dynamic\/\?.*lease=true/;

export type PhaseShop = {
  /** The id of the app. */
  app: string;
  /** `ServiceAccount <hex>`, and the whole `pss_…` of the same token. */
  bearer: string;
  whole: string;
  /** Inputs of a step: token, address, app and environment. */
  inputs(mode: Mode | FarSide, more?: Record<string, string>): Promise<Record<string, string>>;
  /** A proxy in front of the engine, or of the engine without its extensions. */
  far(mode: Mode, rules?: readonly Rule[]): Promise<FarSide>;
  stop(): Promise<void>;
};

/** Gives a service account the shop of this world, as a collaborator. */
export async function phaseShop(world: World): Promise<PhaseShop> {
  const { engine } = world;
  const account = field(
    await engine.must('POST', '/v3/workplace/service_accounts', { name: 'ci' }),
    'service_account.slug',
  );
  const member = { project: 'shop', type: 'service_account', slug: account, role: 'collaborator' };
  await engine.must('POST', '/v3/projects/project/members', member);
  const made = await engine.must('POST', `/v1/service-accounts/${account}/tokens/`, { name: 'job' });
  const [bearer, whole] = [String(made['bearerToken']), String(made['token'])];
  const { apps } = (await engine.must('GET', '/service/secrets/tokens/', undefined, bearer)) as {
    apps?: { id: string; name: string }[];
  };
  const app = apps?.find(({ name }) => name === 'shop')?.id ?? '';
  const started: FarSide[] = [];
  const urlOf = async (mode: Mode) => (mode === 'engine' ? engine.url : world.cloud());
  return {
    app,
    bearer,
    whole,
    inputs: async (at, more = {}) => {
      const url = typeof at === 'string' ? await urlOf(at) : at.url;
      return { token: bearer, 'api-url': url, project: app, environment: 'Production', ...more };
    },
    far: async (mode, rules = []) => {
      const proxy = await faultProxy(await urlOf(mode), rules);
      started.push(proxy);
      return proxy;
    },
    stop: async () => {
      for (const one of started.splice(0)) await one.close();
    },
  };
}
