// What is leased where: by the line, by the one config that is read, or by what the API lists; or a refusal before any lease.
import { readInputs } from '#action/inputs/inputs.js';
import { planLeases } from '#action/lease-plan.js';
import type { Scope } from '#client/client.js';
import { Sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../support/memory-runner.ts';

const DECLARED: Record<string, string[]> = { 'shop/prd': ['APP_DB', 'BOTH'], 'infra/prd': ['INFRA_DB', 'BOTH'] };

async function plan(inputs: Record<string, string>, far: 'engine' | 'cloud' = 'engine', named = true) {
  const read = await readInputs(new MemoryRunner({ token: 'dp.sa.x', ...inputs }));
  const listed: string[] = [];
  const listDynamicSecrets = async ({ project, config }: Scope) => {
    listed.push(`${project}/${config}`);
    return DECLARED[`${project}/${config}`] ?? [];
  };
  const engine = far === 'engine' ? { version: '1', capabilities: [] } : undefined;
  const own = (name: string, value: string) => ({
    name,
    raw: null,
    computed: new Sensitive(value),
    rawVisibility: 'unmasked' as const,
    computedVisibility: 'unmasked' as const,
    note: '',
  });
  const secrets = named ? [own('DOPPLER_PROJECT', 'shop'), own('DOPPLER_CONFIG', 'prd')] : [];
  const reads = read.places.map((place) => ({ place, read: { secrets, engine } }));
  const leases = await planLeases({ listDynamicSecrets }, reads, read);
  return {
    listed,
    leases: leases.map(({ scope, dynamic, ttlSec }) => `${scope.project}/${scope.config}/${dynamic} ${ttlSec}`),
  };
}

const BOTH = { config: 'shop/prd\ninfra/prd' };

test.each<[Record<string, string>, string[], string[]]>([
  [{ dynamic: 'APP_DB' }, ['shop/prd/APP_DB 1800'], []],
  [{ dynamic: 'APP_DB ttl=60s\nX', ttl: '5m' }, ['shop/prd/APP_DB 60', 'shop/prd/X 300'], []],
  [{ ...BOTH, dynamic: 'shop/prd/APP_DB' }, ['shop/prd/APP_DB 1800'], []],
  [
    { ...BOTH, dynamic: 'INFRA_DB\nAPP_DB' },
    ['infra/prd/INFRA_DB 1800', 'shop/prd/APP_DB 1800'],
    ['shop/prd', 'infra/prd'],
  ],
  [{ dynamic: 'true' }, ['shop/prd/APP_DB 1800', 'shop/prd/BOTH 1800'], ['shop/prd']],
  [{ dynamic: 'false' }, [], []],
])('%j leases %j and lists %j', async (inputs, leases, listed) => {
  expect(await plan(inputs)).toEqual({ leases, listed });
});

test.each<[string, Record<string, string>, 'engine' | 'cloud', boolean, RegExp]>([
  ['a name in two configs', { ...BOTH, dynamic: 'BOTH' }, 'engine', true, /BOTH is in shop\/prd and infra\/prd/],
  ['a name in none', { ...BOTH, dynamic: 'NONE' }, 'engine', true, /NONE is in none of the configs/],
  ['true on a cloud', { dynamic: 'true' }, 'cloud', true, /this API does not list/],
  ['a bare name with several configs on a cloud', { ...BOTH, dynamic: 'APP_DB' }, 'cloud', true, /does not say where/],
  ['a config that does not say its name', { dynamic: 'APP_DB' }, 'cloud', false, /needs a project and a config/],
])('%s is refused, with what to write instead', async (_, inputs, far, named, text) => {
  const refused = plan(inputs, far, named);
  await expect(refused).rejects.toThrow(text);
  await expect(refused).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID', hint: expect.any(String) });
});

describe('on Phase', () => {
  const LISTED: Record<string, string[]> = { '/': ['deploy bot'], '/api': ['API_DB', 'deploy bot'] };
  const PHASE = { token: `ServiceAccount ${'a'.repeat(64)}`, project: 'app', environment: 'prod' };

  async function planned(inputs: Record<string, string>) {
    const read = await readInputs(new MemoryRunner({ ...PHASE, ...inputs }));
    const asked: string[] = [];
    const listDynamicSecrets = async ({ project, config, path = '?' }: Scope) => {
      asked.push(`${project}/${config}${path}`);
      return LISTED[path] ?? [];
    };
    const reads = read.places.map((place) => ({ place, read: { secrets: [], engine: undefined } }));
    const leases = await planLeases({ listDynamicSecrets }, reads, read);
    return { asked, leases: leases.map(({ scope, dynamic }) => [scope.project, scope.config, scope.path, dynamic]) };
  }

  test.each<[Record<string, string>, (string | undefined)[][], string[]]>([
    [{ dynamic: 'deploy bot' }, [['app', 'prod', '/', 'deploy bot']], []],
    [
      { dynamic: 'true', path: '/api' },
      ['API_DB', 'deploy bot'].map((name) => ['app', 'prod', '/api', name]),
      ['app/prod/api'],
    ],
    [{ dynamic: 'API_DB', path: '/\n/api' }, [['app', 'prod', '/api', 'API_DB']], ['app/prod/', 'app/prod/api']],
    [{ dynamic: 'other/dev/x/y/deploy bot' }, [['other', 'dev', '/x/y', 'deploy bot']], []],
  ])('%j leases %j and lists %j, also where no engine answers', async (inputs, leases, asked) => {
    expect(await planned(inputs)).toEqual({ leases, asked });
  });

  test('a name in two folders, or in none, is refused with what to write instead', async () => {
    const paths = { path: '/\n/api' };
    await expect(planned({ ...paths, dynamic: 'deploy bot' })).rejects.toThrow(/is in app\/prod and app\/prod\/api/);
    await expect(planned({ ...paths, dynamic: 'none' })).rejects.toMatchObject({
      message: 'The dynamic secret none is in none of the paths that are read.',
      hint: expect.stringContaining('app/environment/path/NAME'),
    });
  });
});
