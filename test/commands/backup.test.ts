// A store goes out as one file and comes back; its root key changes; and whatever is cut off in between can be finished.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startAwsShop } from '../support/aws/shop.ts';
import { cli, startCli } from '../support/cli.ts';
import { EngineProcess, initEngine } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/temp.ts';

const LEASES = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases';
const SECRET = { project: 'app', config: 'dev', secrets: { PLANTED: 'kept-through-it-all' } };

/** A store with one project, one value, and a token that reads it. */
async function store() {
  const folder = await initEngine(temporaryFolder());
  const engine = await EngineProcess.start(folder);
  await engine.must('POST', '/v3/projects', { name: 'app' });
  await engine.must('POST', '/v3/configs/config/secrets', SECRET);
  return { folder, engine, token: await reader(engine) };
}

async function reader(engine: EngineProcess): Promise<string> {
  const made = await engine.must('POST', '/v3/configs/config/tokens', {
    project: 'app',
    config: 'dev',
    name: 'reader',
  });
  return (made['token'] as { key: string }).key;
}

async function reads(folder: { data: string; rootKey: string; adminToken: string }, token: string): Promise<unknown[]> {
  const engine = await EngineProcess.start(folder);
  try {
    const { body } = await engine.call('GET', '/v3/configs/config/secret?name=PLANTED', undefined, token);
    const admin = await engine.call('GET', '/v3/me');
    return [(body['value'] as { computed?: string } | undefined)?.computed, admin.status];
  } finally {
    await engine.stop();
  }
}

test('a dump of a served store restores with every value, without the admin token, and never over a store', async () => {
  const { folder, engine, token } = await store();
  const out = join(temporaryFolder(), 'dump.db');
  const dumped = cli(['dump', '--data', folder.data, '--out', out]);
  expect([dumped.status, dumped.stderr, statSync(out).mode & 0o777]).toEqual([0, '', 0o600]);
  await engine.stop();
  expect(cli(['dump', '--data', folder.data, '--out', out]).stderr).toMatch(/There is a file .* already/);
  const restore = (data: string, ...more: string[]) =>
    cli(['restore', '--data', data, '--from', out, '--root-key', folder.rootKey, ...more]);
  expect(restore(folder.data).stderr).toMatch(/not empty/);
  const data = join(temporaryFolder(), 'again');
  const restored = restore(data, '--hold-revocations');
  expect([restored.status, restored.stderr]).toEqual([0, '']);
  expect(restored.stdout).toContain('epoch 1');
  expect(restored.stdout).toContain(`  secrets-action init --data ${data} --root-key ${folder.rootKey} --new-admin\n`);
  expect(restored.stdout).toContain(`  secrets-action serve --data ${data} --root-key ${folder.rootKey}\n`);
  const again = { ...folder, data };
  expect(await reads(again, token)).toEqual(['kept-through-it-all', 401]);
  expect(cli(['init', '--data', data, '--root-key', folder.rootKey, '--new-admin']).stdout).toContain('dp.sa.');
  const served = await EngineProcess.start(again);
  expect(served.log).toContain('revocations held');
  await served.stop();
  const released = await EngineProcess.start(again, { args: ['--release-revocations'] });
  expect(released.log).not.toContain('revocations held');
  await released.stop();
  const verified = cli(['audit', 'verify', '--data', data, '--root-key', folder.rootKey]);
  expect([verified.status, verified.stdout]).toEqual([
    0,
    expect.stringMatching(/^audit: \d+ chains, \d+ rows, 0 gaps\n$/),
  ]);
});

test('a restore that was cut off at its very end keeps the only copy of the key, and says how to finish', async () => {
  const data = join(temporaryFolder(), 'cut');
  mkdirSync(`${data}.restoring`);
  writeFileSync(`${data}.restoring/root-key`, 'the key', { mode: 0o600 });
  const key = join(temporaryFolder(), 'root.key');
  writeFileSync(key, Buffer.alloc(32).toString('base64'), { mode: 0o600 });
  const again = cli(['restore', '--data', data, '--from', key, '--root-key', key]);
  expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/cut off .*Finish it: mv /)]);
  expect(existsSync(`${data}.restoring/root-key`)).toBe(true);
});

test('what is no dump, or the wrong key, restores nothing', async () => {
  const folder = await initEngine(temporaryFolder());
  const [out, junk] = [join(temporaryFolder(), 'dump.db'), join(temporaryFolder(), 'junk.db')];
  cli(['dump', '--data', folder.data, '--out', out]);
  writeFileSync(junk, 'not a database, by far');
  const [foreign, damaged] = [join(temporaryFolder(), 'foreign.db'), join(temporaryFolder(), 'damaged.db')];
  const made = new DatabaseSync(foreign);
  made.exec('create table data_keys(id text)');
  made.close();
  const bytes = readFileSync(out);
  // From the third page on: what it says about itself stays whole.
  writeFileSync(damaged, bytes.fill(0xff, 2 * 4096, 12 * 4096));
  const other = await initEngine(temporaryFolder());
  const data = join(temporaryFolder(), 'again');
  const restore = (from: string, key: string) => cli(['restore', '--data', data, '--from', from, '--root-key', key]);
  expect(restore('/nope', folder.rootKey).stderr).toMatch(/There is no dump \/nope\. .*dump --out FILE/);
  for (const file of [junk, foreign, damaged]) {
    expect(restore(file, folder.rootKey).stderr).toMatch(/not a whole dump/);
  }
  expect(restore(out, other.rootKey).stderr).toMatch(/does not open this store/);
  expect([existsSync(data), existsSync(`${data}.restoring`)]).toEqual([false, false]);
});

test('rekey changes the root key and nothing else, and the old one opens nothing any more', async () => {
  const { folder, engine, token } = await store();
  expect(cli(['rekey', '--data', folder.data, '--root-key', folder.rootKey]).stderr).toMatch(
    /Another engine .* uses this data folder\. Stop it first\.\n$/,
  );
  await engine.stop();
  rmSync(`${folder.rootKey}.new`, { force: true });
  const done = cli(['rekey', '--data', folder.data, '--root-key', folder.rootKey]);
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(await reads(folder, token)).toEqual(['kept-through-it-all', 200]);
  const old = /(\S+\.old-[0-9a-f]{16})/.exec(done.stdout)?.[1] ?? '';
  const refused = cli(['serve', '--data', folder.data, '--root-key', old, '--listen', '127.0.0.1:0']);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('does not open this store')]);
});

test('a lease that was issued before a rekey is ended after it, at the target and with the same keys', async () => {
  const aws = await startAwsShop();
  const folder = await initEngine(temporaryFolder());
  const serve = () => EngineProcess.start(folder, { args: ['--allow-integration', '127.0.0.1'] });
  const place = { project: 'app', config: 'dev' };
  const leased = () => [...aws.model.account.users.keys()].filter((name) => name.startsWith('lease-'));
  try {
    const before = await serve();
    await before.must('POST', '/v3/projects', { name: 'app' });
    const scope = { allowed: ['app'], ceiling: { policy_arns: [aws.readArn] } };
    await before.must('POST', '/v3/integrations', { type: 'aws', name: 'aws', data: aws.data, ...scope });
    const parameters = { policy_arns: [aws.readArn] };
    const dynamic = { ...place, name: 'USER', kind: 'aws_iam_user', integration: 'aws', parameters };
    await before.must('POST', '/v3/configs/config/dynamic_secrets', dynamic);
    const token = await reader(before);
    const lease = (await before.must('POST', LEASES, { ...place, dynamic_secret: 'USER' }, token)) as { id?: string };
    await before.stop();
    expect(cli(['rekey', '--data', folder.data, '--root-key', folder.rootKey]).status).toBe(0);
    expect(leased()).toHaveLength(1);
    const after = await serve();
    const query = new URLSearchParams({ ...place, dynamic_secret: 'USER', slug: lease.id ?? '' });
    const ended = await after.call('DELETE', `${LEASES}/lease?${query}`, undefined, token);
    expect([ended.status, ended.text]).toEqual([200, expect.stringContaining('revoked')]);
    await after.stop();
    expect(leased()).toEqual([]);
  } finally {
    await aws.close();
  }
});

test('a rekey that is killed anywhere is finished by the next one', async () => {
  const { folder, engine, token } = await store();
  await engine.stop();
  const args = ['rekey', '--data', folder.data, '--root-key', folder.rootKey];
  for (const afterMs of [150, 250, 300, 350, 400, 450]) {
    const { child, ended } = startCli(args);
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    await ended;
    clearTimeout(timer);
  }
  expect(cli(args).status).toBe(0);
  expect(await reads(folder, token)).toEqual(['kept-through-it-all', 200]);
}, 90_000);

test('a rekey that died between its transaction and the file names is finished with the key it made', async () => {
  const { folder, engine, token } = await store();
  await engine.stop();
  const args = ['rekey', '--data', folder.data, '--root-key', folder.rootKey];
  const old = /(\S+\.old-[0-9a-f]{16})/.exec(cli(args).stdout)?.[1] ?? '';
  renameSync(folder.rootKey, `${folder.rootKey}.new`);
  renameSync(old, folder.rootKey);
  expect(cli(args).status).toBe(0);
  expect(await reads(folder, token)).toEqual(['kept-through-it-all', 200]);
});

test('a lost root key comes back with the recovery key, also after a rekey and from a dump', async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  writeFileSync(at('recovery.pub'), publicKey.export({ format: 'pem', type: 'spki' }));
  writeFileSync(at('recovery.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const data = ['--data', at('data')];
  expect(cli(['init', ...data, '--root-key', at('key'), '--recovery-key', at('recovery.pem')]).stderr).toMatch(
    /public/,
  );
  expect(existsSync(at('data'))).toBe(false);
  expect(cli(['init', ...data, '--root-key', at('key'), '--recovery-key', at('recovery.pub')]).status).toBe(0);
  expect(cli(['rekey', ...data, '--root-key', at('key')]).status).toBe(0);
  const key = readFileSync(at('key'), 'utf8');
  rmSync(at('key'));
  const recover = (name: string) => cli(['recover', ...data, '--recovery-key', at(name), '--root-key', at('again')]);
  expect(recover('recovery.pub').stderr).toMatch(/not an X25519 private key/);
  expect([recover('recovery.pem').status, readFileSync(at('again'), 'utf8')]).toEqual([0, key]);
  expect(recover('recovery.pem').stderr).toMatch(/There is a root key/);
});
