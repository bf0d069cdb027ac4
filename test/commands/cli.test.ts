// The command line as a user runs it: a store is made once, served, ended cleanly, and never opened with the wrong key.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { cli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temp.ts';

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `serve` and waits until it says where it listens. */
async function serve(data: string, more: string[] = [], env: Record<string, string> = {}) {
  const { child, heard } = startCli(['serve', '--data', data, '--listen', '127.0.0.1:0', ...more], env);
  running.push(child);
  const [line] = (await once(child.stdout, 'data')) as [string];
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1];
  if (!url) throw new Error(`serve said: ${line}${heard.err}`);
  return { child, url, stderr: () => heard.err };
}

function init(more: string[] = []) {
  const data = join(temporaryFolder(), 'data');
  const made = cli(['init', '--data', data, ...more]);
  const token = /admin token \(shown once\): (dp\.sa\.[A-Za-z0-9]{43})\n/.exec(made.stdout)?.[1] ?? '';
  return { data, made, token };
}

const me = async (url: string, token: string) =>
  (await fetch(`${url}/v3/me`, { headers: { authorization: `Bearer ${token}` } })).status;

test('init prints the admin token and what to do next, and keeps the key outside the data folder', () => {
  const { data, made, token } = init();
  expect([made.status, made.stderr]).toEqual([0, '']);
  expect(token).not.toBe('');
  for (const next of ['secrets-action serve --data', 'export SECRETS_URL=', 'curl '])
    expect(made.stdout).toContain(next);
  expect(existsSync(join(data, 'root-key'))).toBe(false);
  expect(statSync(`${data}.root-key`).mode & 0o777).toBe(0o600);
  const again = cli(['init', '--data', data]);
  expect([again.status, again.stdout]).toEqual([1, '']);
  expect(again.stderr).toMatch(/^secrets-action: There is a store in .* already\..*\n$/);
});

test('the key lies inside the data folder only with --dev', () => {
  const data = join(temporaryFolder(), 'data');
  const refused = cli(['init', '--data', data, '--root-key', join(data, 'key')]);
  expect([refused.status, existsSync(join(data, 'secrets.db'))]).toEqual([1, false]);
  expect(cli(['init', '--data', data, '--dev']).status).toBe(0);
  expect(existsSync(join(data, 'root-key'))).toBe(true);
});

test('serve answers, refuses a second one beside it, and ends with 0 on SIGTERM', async () => {
  const { data, token } = init();
  const { child, url, stderr } = await serve(data);
  expect(await me(url, token)).toBe(200);
  const second = cli(['serve', '--data', data, '--listen', '127.0.0.1:0']);
  expect([second.status, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toContain(`process ${child.pid}`);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const lines = stderr().trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(
    expect.arrayContaining(['started', 'request', 'stopping', 'stopped']),
  );
  expect(stderr()).not.toContain(token);
});

test('a new admin token ends the old one', async () => {
  const { data, token } = init(['--dev']);
  const renewed = cli(['init', '--data', data, '--new-admin']);
  const next = /(dp\.sa\.[A-Za-z0-9]{43})/.exec(renewed.stdout)?.[1] ?? '';
  const { child, url } = await serve(data);
  expect([await me(url, token), await me(url, next)]).toEqual([401, 200]);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('bytes that are no request are answered in the dialect too, and a half request does not hold up the end', async () => {
  const { data, token } = init(['--dev']);
  const { child, url } = await serve(data);
  const port = Number(new URL(url).port);
  const say = async (bytes: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.end(bytes);
    let answer = '';
    for await (const chunk of socket.setEncoding('utf8')) answer += chunk as string;
    return answer;
  };
  const dialect = /content-type: application\/json[^]*\{"messages":\[".*"\],"success":false\}$/i;
  expect(await say('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await say('GARBAGE\r\n\r\n')).toMatch(dialect);
  expect(await say('GET /v3/me HTTP/1.1\r\nhost: a b\r\n\r\n')).toMatch(dialect);
  expect(await say(`GET /v3/me HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  const half = connect(port, '127.0.0.1');
  half.on('error', () => undefined);
  half.write(`POST /v3/projects HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\ncontent-length: 99\r\n\r\n{`);
  await once(half, 'connect');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  half.destroy();
});

test('a missing, wrong or exposed key is exit 1, and never a new key', () => {
  const { data } = init();
  const key = `${data}.root-key`;
  const serveIt = (env: Record<string, string> = {}) => cli(['serve', '--data', data, '--listen', '127.0.0.1:0'], env);
  const wrong = serveIt({ SECRETS_ROOT_KEY: randomBytes(32).toString('base64') });
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('does not open this store')]);
  rmSync(key);
  const missing = serveIt();
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('cannot be read')]);
  expect(existsSync(key)).toBe(false);
  writeFileSync(key, randomBytes(32).toString('base64'), { mode: 0o644 });
  expect(serveIt().stderr).toContain('readable by others');
});

test.each([
  [['serve', '--nope'], 2, /Unknown option '--nope'/],
  [['serve', 'word'], 2, /Unexpected argument/],
  [['unknown'], 2, /no command 'unknown'/],
  [
    ['serve', '--listen', '0.0.0.0:1', '--allow-egress', 'a b'],
    1,
    /--data DIR is missing.*loopback.*not a host or CIDR/,
  ],
  [['serve', '--data', '/nonexistent/nowhere'], 1, /There is no store/],
])('%j is refused in one line', (args, status, message) => {
  const refused = cli(args);
  expect([refused.status, refused.stdout]).toEqual([status, '']);
  expect(refused.stderr).toMatch(message);
  expect(refused.stderr.trim().split('\n')).toHaveLength(1);
});

test.each([[['--help']], [['init', '--help']], [['serve', '--help']]])('%j teaches', (args) => {
  const { status, stdout } = cli(args);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^secrets-action.*--data DIR/s)]);
});
