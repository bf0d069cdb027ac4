// Stories of projects, environments, configs, secrets and their logs, told through Doppler's node SDK.
import type { DopplerSDK } from '@dopplerhq/node-sdk';
import { must } from '../must.ts';

const PLACE = { project: 'sdk', config: 'dev' };
const AT = ['sdk', 'dev'] as const;

export async function projects({ projects: all }: DopplerSDK): Promise<void> {
  expect(await all.create({ name: 'sdk', description: 'made by the SDK' })).toMatchObject({
    project: { id: 'sdk', slug: 'sdk', name: 'sdk', description: 'made by the SDK' },
  });
  const listed = await all.list({ page: 1, perPage: 100 });
  expect([listed.page, listed.projects?.map(({ name }) => name)]).toEqual([1, ['sdk', 'shop']]);
  expect((await all.list({ page: 2, perPage: 1 })).projects?.map(({ name }) => name)).toEqual(['shop']);
  await all.update({ project: 'sdk', name: 'sdk', description: 'changed' });
  expect(await all.get('sdk')).toMatchObject({ project: { description: 'changed' } });
  await all.create({ name: 'going' });
  await all.delete({ project: 'going' });
  await expect(all.get('going')).rejects.toMatchObject({ statusCode: 404 });
}

export async function environments({ environments: all }: DopplerSDK): Promise<void> {
  expect(await all.create({ name: 'Quality', slug: 'qa' }, 'sdk')).toMatchObject({
    environment: { id: 'qa', name: 'Quality', initial_fetch_at: null, project: 'sdk', personal_configs: false },
  });
  expect((await all.rename({ name: 'Testing', slug: 'test' }, 'sdk', 'qa')).environment).toMatchObject({ id: 'test' });
  expect(await all.get('sdk', 'test')).toMatchObject({ environment: { id: 'test', slug: 'test', name: 'Testing' } });
  const names = async () => (await all.list('sdk')).environments?.map(({ id }) => id);
  expect((await names())?.sort()).toEqual(['dev', 'prd', 'stg', 'test']);
  await all.delete('sdk', 'test');
  expect(await names()).not.toContain('test');
}

export async function configs({ configs: all }: DopplerSDK): Promise<void> {
  const branch = { project: 'sdk', config: 'dev_sdk' };
  expect(await all.create({ project: 'sdk', environment: 'dev', name: 'dev_sdk' })).toMatchObject({
    config: { name: 'dev_sdk', root: false, locked: false, environment: 'dev', project: 'sdk' },
  });
  expect((await all.lock(branch)).config).toMatchObject({ locked: true });
  expect((await all.unlock(branch)).config).toMatchObject({ locked: false });
  expect((await all.clone({ ...branch, name: 'dev_copy' })).config).toMatchObject({ name: 'dev_copy' });
  expect((await all.update({ ...branch, name: 'dev_other' })).config).toMatchObject({ name: 'dev_other' });
  expect((await all.get('sdk', 'dev_other')).config).toMatchObject({ inherits: [], initial_fetch_at: null });
  const listed = (await all.list('sdk', { environment: 'dev', page: 1, perPage: 20 })).configs;
  expect(listed?.map(({ name }) => name)).toEqual(expect.arrayContaining(['dev', 'dev_other', 'dev_copy']));
  for (const config of ['dev_other', 'dev_copy']) await all.delete({ project: 'sdk', config });
  await expect(all.get('sdk', 'dev_other')).rejects.toMatchObject({ statusCode: 404 });
}

export async function trustedIps({ configs: all }: DopplerSDK): Promise<void> {
  expect(await all.listTrustedIps(...AT)).toMatchObject({ ips: ['0.0.0.0/0'] });
  expect(await all.addTrustedIp({ ip: '127.0.0.0/8' }, ...AT)).toMatchObject({ ip: '127.0.0.0/8' });
  expect((await all.listTrustedIps(...AT)).ips).toContain('127.0.0.0/8');
  await all.deleteTrustedIp({ ip: '127.0.0.0/8' }, ...AT);
  await expect(all.deleteTrustedIp({ ip: '127.0.0.0/8' }, ...AT)).rejects.toMatchObject({ statusCode: 404 });
}

/** Made by who manages; the key opens the values. */
export async function serviceTokens({ serviceTokens: all }: DopplerSDK): Promise<string> {
  const made = must((await all.create({ ...PLACE, name: 'sdk', access: 'read/write' })) as { token?: { key: string } });
  const later = { ...PLACE, name: 'later', expire_at: new Date(Date.now() + 3_600_000).toISOString() };
  await all.create(later);
  const listed = (await all.list(...AT)).tokens ?? [];
  expect(listed.map(({ name, expires_at }) => [name, expires_at === null])).toEqual([
    ['sdk', true],
    ['later', false],
  ]);
  expect(JSON.stringify(listed)).not.toContain(must(made.token).key);
  await all.delete({ ...PLACE, slug: must(listed[1]?.slug) });
  expect((await all.list(...AT)).tokens).toHaveLength(1);
  return must(made.token).key;
}

const planted = { STRIPE: 'sk-planted', DATABASE: 'db.example', USER: 'admin:${STRIPE}@${DATABASE}', EMPTY: '' };

export async function secrets({ secrets: all }: DopplerSDK): Promise<void> {
  expect(await all.update({ ...PLACE, secrets: planted })).toMatchObject({
    secrets: { USER: { raw: planted.USER, computed: 'admin:sk-planted@db.example', note: '' } },
  });
  await all.update({
    ...PLACE,
    change_requests: [
      {
        name: 'STRIPE',
        originalName: 'STRIPE',
        value: 'sk-new',
        originalValue: 'sk-planted',
        visibility: 'restricted',
      },
      { name: 'GOING', originalName: 'GOING', value: 'x' },
    ],
  });
  expect(await all.get(...AT, 'USER')).toMatchObject({
    name: 'USER',
    value: { computed: 'admin:sk-new@db.example', rawVisibility: 'masked', computedVisibility: 'restricted' },
  });
  expect(await all.updateNote({ ...PLACE, secret: 'USER', note: 'who logs in' })).toMatchObject({
    note: 'who logs in',
  });
  const listed = await all.list(...AT, { secrets: 'USER,STRIPE', includeDynamicSecrets: false });
  expect(listed.secrets).toMatchObject({ USER: { note: 'who logs in' }, STRIPE: { computed: 'sk-new' } });
  expect((await all.names(...AT, { includeManagedSecrets: true })).names).toEqual(
    ['DATABASE', 'DOPPLER_CONFIG', 'DOPPLER_ENVIRONMENT', 'DOPPLER_PROJECT', 'EMPTY', 'GOING', 'STRIPE', 'USER'].sort(),
  );
  await all.delete(...AT, 'GOING');
  expect(await all.download(...AT, { format: 'json', nameTransformer: 'lower-snake' })).toEqual({
    doppler_config: 'dev',
    doppler_environment: 'dev',
    doppler_project: 'sdk',
    database: 'db.example',
    empty: '',
    stripe: 'sk-new',
    user: 'admin:sk-new@db.example',
  });
}

export async function configLogs({ configLogs: all, secrets: values }: DopplerSDK): Promise<void> {
  const { logs = [] } = await all.list(...AT, { page: 1, perPage: 5 });
  const deletion = must(logs[0]?.id);
  const { log } = await all.get(...AT, deletion);
  expect(log).toMatchObject({ id: deletion, rollback: false, diff: [{ name: 'GOING', removed: 'x' }] });
  expect((await all.rollback(...AT, deletion)).log).toMatchObject({ rollback: true, config: 'dev' });
  expect(await values.get(...AT, 'GOING')).toMatchObject({ value: { computed: 'x' } });
}

export async function activityLogs({ activityLogs: all }: DopplerSDK): Promise<void> {
  const { logs = [] } = await all.list({ page: '1', perPage: 5 });
  expect(logs).toHaveLength(5);
  expect(await all.retrieve(must(logs[0]?.id))).toMatchObject({
    log: { id: logs[0]?.id, text: expect.any(String), user: { name: expect.any(String) } },
  });
}
