// A runner that is gone: nobody reads what a stage writes, no post will come, and nothing that was leased may stay or spin.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { otherNode } from '../support/nodes.ts';
import { World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

/** Runs a stage whose output nobody reads from `gone` on, and says how it ended and what it left in its files. */
async function unheard(node: string, stage: string, env: Record<string, string>, gone?: Promise<unknown>) {
  const temp = mkdtempSync(join(world.folder, 'unheard-'));
  const files = Object.fromEntries(FILES.map((name) => [name, join(temp, name)]));
  for (const path of Object.values(files)) writeFileSync(path, '');
  const all = { PATH: process.env['PATH'] ?? '', RUNNER_TEMP: temp, ...files, ...env };
  const child = spawn(node, [resolve('dist', stage, 'index.js')], { env: all, stdio: ['ignore', 'pipe', 'pipe'] });
  await gone;
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const [code, signal] = await once(child, 'exit');
  clearTimeout(timer);
  return { code, signal, read: (name: string) => readFileSync(join(temp, name), 'utf8') };
}

const inputs = () => ({
  INPUT_TOKEN: world.shop.token,
  'INPUT_API-URL': world.engine.url,
  INPUT_DYNAMIC: 'APP_DB',
  'INPUT_EXPORT-ENV': 'true',
});
const nothingLeft = () => world.eventually(async () => (await world.liveLeases()).length === 0);

describe.each([...new Set([process.execPath, otherNode()])])('on %s', (node) => {
  test('main leases nothing for a job that is gone, and ends', async () => {
    const before = (await world.leases()).length;
    const { code, signal, read } = await unheard(node, 'main', inputs());
    expect([code, signal]).toEqual([1, null]);
    expect((await world.leases()).length).toBe(before);
    expect([read('GITHUB_ENV'), read('GITHUB_OUTPUT')]).toEqual(['', '']);
  });

  test('main takes back what it leased when the job goes meanwhile, and ends', async () => {
    const before = (await world.leases()).length;
    const proxy = await world.proxy();
    const asked = proxy.whenAsked({ method: 'POST' });
    const { code, signal, read } = await unheard(node, 'main', { ...inputs(), 'INPUT_API-URL': proxy.url }, asked);
    expect([code, signal]).toEqual([1, null]);
    expect((await world.leases()).length).toBe(before + 1);
    expect(await nothingLeft()).toBe(true);
    expect(await world.leasedRoles()).toEqual([]);
    expect([read('GITHUB_ENV'), read('GITHUB_OUTPUT')]).toEqual(['', '']);
  });

  test('post revokes all the same, and ends', async () => {
    const job = world.job({ node });
    const main = await job.uses({ id: 's', with: world.inputs({ secrets: 'API_KEY', dynamic: 'APP_DB' }) });
    expect(await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')).toEqual(expect.any(Number));
    const state = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]);
    const { code, signal } = await unheard(node, 'post', { ...inputs(), ...Object.fromEntries(state) });
    expect([code, signal]).toEqual([0, null]);
    expect(await world.liveLeases()).toEqual([]);
    expect(await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
    await job.finish();
  });

  test('the revoke action ends what it was given, and ends', async () => {
    const job = world.job({ node });
    const main = await job.uses({ id: 's', with: world.inputs({ secrets: 'API_KEY', dynamic: 'APP_DB' }) });
    const given = { ...inputs(), 'INPUT_LEASE-IDS': main.outputs['lease-ids'] ?? '' };
    const { signal } = await unheard(node, 'revoke', given);
    expect(signal).toBe(null);
    expect(await world.liveLeases()).toEqual([]);
    await job.finish();
  });
});
