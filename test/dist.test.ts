// The committed bundles: what the sources build, byte for byte, and that they do their work in processes of their own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { testCertificate } from './support/certificate.ts';
import { ENGINE, FakeApi, LEASES, type Rule, SECRETS, listAnswer, listed } from './support/fake-api.ts';
import { otherNode } from './support/nodes.ts';

const OTHER = otherNode();
const STAGES = ['main', 'post', 'revoke', 'keeper', 'credentials'];
const folder = mkdtempSync(join(tmpdir(), 'dist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundles as files', () => {
  test('another folder and another Node build the same bytes', () => {
    const copy = join(folder, 'deeper', 'copy');
    for (const name of [
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'src',
      'scripts',
    ]) {
      cpSync(name, join(copy, name), { recursive: true });
    }
    // A real copy, no link: ncc numbers modules by their paths, its own loaders' too.
    for (const name of ['@vercel/ncc', 'undici'])
      cpSync(join('node_modules', name), join(copy, 'node_modules', name), { recursive: true });
    for (const name of ['typescript', '@types'])
      symlinkSync(resolve('node_modules', name), join(copy, 'node_modules', name));
    const built = spawnSync(OTHER, ['scripts/build.mjs', '--dist-only'], { cwd: copy, encoding: 'utf8' });
    expect(built.stderr).toBe('');
    for (const stage of STAGES) {
      const names = readdirSync(join('dist', stage)).sort();
      expect(readdirSync(join(copy, 'dist', stage)).sort()).toEqual(names);
      for (const name of names) {
        const same = readFileSync(join(copy, 'dist', stage, name)).equals(readFileSync(join('dist', stage, name)));
        expect([stage, name, same]).toEqual([stage, name, true]);
      }
    }
  });

  test('main is small, and holds neither zod nor the toolkit', () => {
    const text = readFileSync('dist/main/index.js', 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100 * 1024);
    expect(text).not.toMatch(/\bzod\b|@actions\/|sourceMappingURL/);
  });

  test('what few jobs need is not in main: signing in, leasing, the keeper, proxies', () => {
    const text = readFileSync('dist/main/index.js', 'utf8');
    expect(text).not.toMatch(/class (?:ProxyAgent|JobLeases|SignInRefused)\b|AWS4-HMAC|detached: true/);
  });

  test('no bundle knows the machine that built it', () => {
    for (const stage of STAGES) {
      expect(readFileSync(join('dist', stage, 'index.js'), 'utf8')).not.toContain(resolve('.'));
    }
  });
});

describe.each([...new Set([process.execPath, OTHER])])('the bundles on %s', (node) => {
  let api: FakeApi;
  let rule: Rule;
  beforeAll(async () => {
    api = await new FakeApi((request, earlier) => rule(request, earlier)).start();
  });
  afterAll(() => api.stop());

  const expires = '2099-01-01T00:00:00.000Z';
  const lease = { success: true, id: 'l1', expires_at: expires, value: { DB_URL: 'postgres://u:p@h/db' } };
  const ended = {
    success: true,
    leases: [{ id: 'l1', dynamic_secret: 'DB', project: 'app', config: 'dev', state: 'revoked', expires_at: expires }],
    revoked: 1,
    left: 0,
  };
  const engine: Rule = ({ method, path }) => {
    if (path === SECRETS) return listAnswer({ KEY: listed('-----BEGIN-----\nline-of-key\n') }, ENGINE);
    if (method === 'POST' && path === LEASES) return { status: 200, body: lease };
    return { status: 200, body: ended };
  };

  function start(stage: 'main' | 'post', env: Record<string, string>, dist = 'dist') {
    const files = { GITHUB_OUTPUT: '', GITHUB_ENV: '', GITHUB_STATE: '' };
    const place = mkdtempSync(join(folder, 'step-'));
    const paths = Object.fromEntries(Object.keys(files).map((name) => [name, join(place, name)]));
    for (const path of Object.values(paths)) writeFileSync(path, '');
    const inputs = { INPUT_TOKEN: 'dp.st.dev.token', 'INPUT_API-URL': api.url, INPUT_DYNAMIC: 'DB' };
    const child = spawn(node, [join(dist, stage, 'index.js')], { env: { ...inputs, ...paths, ...env } });
    const read = (name: string) => readFileSync(join(place, name), 'utf8');
    return { child, read, done: finished(child) };
  }

  async function finished(child: ChildProcess) {
    const text = { out: '', err: '' };
    child.stdout?.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { ...text, code };
  }

  test('lease, deliver, and revoke when the job ends', async () => {
    rule = engine;
    const main = start('main', { 'INPUT_EXPORT-ENV': 'true' });
    const { out, err, code } = await main.done;
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('::add-mask::postgres://u:p@h/db\n');
    expect(out).toContain('::add-mask::line-of-key\n');
    expect(main.read('GITHUB_ENV')).toMatch(/^KEY<<(\S+)\n-----BEGIN-----\nline-of-key\n\n\1\nDB_URL<</);
    const state = main.read('GITHUB_STATE').split('\n').at(-3) ?? '';
    const post = await start('post', { STATE_handoff: state }).done;
    expect(post).toEqual({ code: 0, err: '', out: expect.stringMatching(/\n1 leased, 1 revoked, 0 left\n$/) });
    expect(api.asked.at(-1)).toBe('DELETE /v3/leases');
  });

  test('plain static secrets over TLS need the two halves of main and no other file', async () => {
    const made = testCertificate();
    if (!made) throw new Error('this test needs openssl');
    const body = JSON.stringify({ secrets: { KEY: listed('plain-value-of-key') }, success: true });
    const server = createServer({ cert: made.pem, key: made.keyPem }, (_, response) => response.end(body));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const alone = mkdtempSync(join(folder, 'alone-'));
    for (const name of ['index.js', 'fulfils.js', 'package.json'])
      cpSync(join('dist/main', name), join(alone, 'main', name));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const inputs = { 'INPUT_API-URL': url, INPUT_DYNAMIC: '', 'INPUT_EXPORT-ENV': 'true' };
    const main = start('main', { ...inputs, NODE_EXTRA_CA_CERTS: made.cert }, alone);
    const { out, err, code } = await main.done;
    server.close();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/\n::add-mask::plain-value-of-key\n[^]*\n1 static, 0 leased\n$/);
    expect(main.read('GITHUB_ENV')).toMatch(/^KEY<<(\S+)\nplain-value-of-key\n\1\n$/);
  });

  test('a post with nothing to do says nothing', async () => {
    expect(await start('post', {}).done).toEqual({ code: 0, out: '', err: '' });
  });

  test('a cancelled main rolls back within seven seconds', async () => {
    let asked = () => {};
    const minting = new Promise<void>((done) => {
      asked = done;
    });
    rule = (request, earlier) => (request.method === 'POST' ? () => asked() : engine(request, earlier));
    const main = start('main', {});
    await minting;
    const before = Date.now();
    main.child.kill('SIGINT');
    main.child.kill('SIGUSR1');
    const { out, err, code } = await main.done;
    expect([code, err, Date.now() - before < 7000]).toEqual([1, '', true]);
    expect(out).toMatch(/::error::.*cancelled.*1 leased, 1 revoked, 0 left\.\n$/);
    expect(api.asked.at(-1)).toBe('DELETE /v3/leases');
    expect(main.read('GITHUB_OUTPUT') + main.read('GITHUB_ENV')).toBe('');
  });
});
