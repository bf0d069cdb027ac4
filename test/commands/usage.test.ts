// Wrong input on the command line: one line that says what, where and what next, and an exit code that a script can tell apart.
import { chmodSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { COMMAND_HELP } from '../../src/commands/help.ts';
import type { Host } from '../../src/commands/host.ts';
import { main } from '../../src/commands/main.ts';
import { cli as runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temp.ts';

const cli = (...args: string[]) => runCli(args);
const refused = (status: number, line: RegExp) => ({ status, stdout: '', stderr: expect.stringMatching(line) });

test.each([
  [['bogus'], /^secrets-action: There is no command 'bogus'\. See secrets-action --help\.\n$/],
  [['init', '--bogus'], /^secrets-action: Unknown option '--bogus'\. See secrets-action init --help\.\n$/],
  [['serve', 'extra'], /^secrets-action: Unexpected argument 'extra'\. See secrets-action serve --help\.\n$/],
  [
    ['dump', '--data'],
    /^secrets-action: Option '--data <value>' argument missing\. See secrets-action dump --help\.\n$/,
  ],
  [
    ['load', '--data', 'x'],
    /^secrets-action: SECRETS_DATABASE_URL is not set: where to load into\. See secrets-action load --help\.\n$/,
  ],
  [['rekey'], /^secrets-action: --data DIR is missing\. See secrets-action rekey --help\.\n$/],
  [['run'], /^secrets-action: There is no command to run: write it after --\. See secrets-action run --help\.\n$/],
  [
    ['run', 'ls'],
    /^secrets-action: Unexpected argument 'ls'\. Write the command after --\. See secrets-action run --help\.\n$/,
  ],
  [['token'], /^secrets-action: The commands are 'token create', 'token list' and 'token revoke'\. See/],
  [['user', 'ad'], /^secrets-action: The commands are 'user add', 'user list' and 'user remove'\. See/],
  [['lease'], /^secrets-action: The commands are 'lease issue', .* See secrets-action lease --help\.\n$/],
  [['audit', 'x'], /^secrets-action: The command is 'audit verify'\. See secrets-action audit --help\.\n$/],
])('%j is not understood: exit 2', (args, line) => expect(cli(...args)).toEqual(refused(2, line)));

test('what is understood and cannot be done is exit 1, and says what would help', () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  expect(cli('serve', '--data', data)).toEqual(refused(1, /^secrets-action: There is no store in .*init --data.*\n$/));
  expect(cli('init', '--data', data).status).toBe(0);
  const bad = join(folder, 'bad');
  writeFileSync(bad, 'too short', { mode: 0o644 });
  expect(cli('serve', '--data', data, '--root-key', join(folder, 'none'))).toEqual(
    refused(1, /cannot be read\. Name the key with --root-key FILE; if it is lost: secrets-action recover\.\n$/),
  );
  expect(cli('serve', '--data', data, '--root-key', folder)).toEqual(refused(1, /is not a file\..*\n$/));
  expect(cli('serve', '--data', data, '--root-key', bad)).toEqual(
    refused(1, /readable by others\. Run: chmod 600 .*\n$/),
  );
  chmodSync(bad, 0o600);
  expect(cli('serve', '--data', data, '--root-key', bad)).toEqual(refused(1, /not 32 bytes in base64\..*\n$/));
  writeFileSync(bad, Buffer.alloc(32, 7).toString('base64'));
  expect(cli('serve', '--data', data, '--root-key', bad)).toEqual(refused(1, /does not open this store .*\n$/));
  expect(cli('serve', '--data', data, '--listen', 'nowhere')).toEqual(
    refused(1, /--listen 'nowhere' is not host:port\..*\n$/),
  );
});

test('a port that is taken is named', async () => {
  const data = join(temporaryFolder(), 'data');
  cli('init', '--data', data);
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const { port } = taken.address() as AddressInfo;
  const line = new RegExp(`^secrets-action: The address 127\\.0\\.0\\.1:${port} is taken\\. .*--listen.*\\n$`, 'm');
  const told = cli('serve', '--data', data, '--listen', `127.0.0.1:${port}`);
  taken.close();
  expect(told).toEqual(refused(1, line));
});

test.each(Object.keys(COMMAND_HELP))('%s --help begins with how it is called, and needs nothing', (name) => {
  const { status, stdout, stderr } = cli(name, '--help');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`^secrets-action ${name}\\b`));
});

test('a Node without the module of the store is named as the cause', async () => {
  const missing = Object.assign(new Error('No such built-in module: node:sqlite'), {
    code: 'ERR_UNKNOWN_BUILTIN_MODULE',
  });
  let said = '';
  const out = () => {
    throw missing;
  };
  const host = { args: ['init', '--help'], env: {}, out, err: (text: string) => (said += text) };
  expect(await main(host as unknown as Host)).toBe(1);
  expect(said).toBe('secrets-action: This Node.js is too old for this command. Run it with Node.js 24 or newer.\n');
});
