// `provider install` into places that take no folder: one line, and no waiting.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Host } from '../../src/commands/host.ts';
import { main } from '../../src/commands/main.ts';
import { temporaryFolder } from '../support/temp.ts';

/** The command line beside a provider that was built. */
async function install(dir: string) {
  const home = temporaryFolder();
  mkdirSync(join(home, 'provider'));
  writeFileSync(join(home, 'provider', 'terraform-provider-secrets'), '#!/bin/sh\n');
  const said = { out: '', err: '' };
  const host: Host = {
    ...{ args: ['provider', 'install', '--dir', dir], env: {}, pid: 1, version: '1.0.0', interactive: false },
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => undefined },
    storeWorkerUrl: pathToFileURL(join(home, 'worker.js')),
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    ended: async () => 'SIGTERM',
    onSignal: () => undefined,
    lookup: async () => [],
    random: () => 0,
    abort: () => undefined,
  };
  return { status: await main(host), ...said };
}

test.each(['/dev/null/x', '/proc/nope/deep'])('%s is refused in one line', async (dir) => {
  const { status, out, err } = await install(dir);
  expect([status, out]).toEqual([1, '']);
  expect(err).toMatch(
    new RegExp(
      `^secrets-action: The provider cannot be written to ${dir} \\(E[A-Z]+\\)\\. Name another --dir DIR.*\\n$`,
    ),
  );
});

test('a folder that is not there yet is made, with those above it', async () => {
  const dir = join(temporaryFolder(), 'a', 'b');
  const { status, out } = await install(dir);
  const home = out.split('\n')[0] ?? '';
  expect([status, existsSync(join(home, 'terraform-provider-secrets_v1.0.0'))]).toEqual([0, true]);
  expect(home.startsWith(dir)).toBe(true);
});
