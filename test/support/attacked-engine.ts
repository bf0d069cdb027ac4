// Roof of an engine that is attacked: in a process of its own, so that its memory and its end can be seen, without limits of rate.
import { randomBytes } from 'node:crypto';
import { nodeClock } from '#client/node-clock.js';
import { AppError } from '#core/errors.js';
import { renewAdminToken } from '#engine/auth/admin.js';
import { createEngine } from '#engine/engine.js';
import { listen } from '#engine/http/server.js';
import { Keyring } from '#engine/keyring/keyring.js';
import { fakeMinting } from './minting.ts';
import { openTestStore } from './store.ts';

const store = await openTestStore();
const rootKey = new Uint8Array(randomBytes(32));
const clock = nodeClock;
const engine = await createEngine({
  ...{ store, rootKey, clock, version: '1.0.0' },
  log: (...line) => tell(line),
  fetchJson: async () => {
    throw new AppError('ERR_UNAVAILABLE', 'There is no issuer here.');
  },
  minting: () => fakeMinting(),
});
await engine.start();
const listener = await listen(engine.handle, { host: '127.0.0.1', port: 0, clock, log: () => undefined });
const keyring = await Keyring.open(store, rootKey, () => clock.now());
const admin = (await renewAdminToken({ store, keyring, clock })).reveal();
const routes = engine.routes.map(({ method, path, action }) => ({ method, path, action }));
tell({ url: listener.url, admin, routes });

process.stdin.resume().once('end', () => void end());

async function end(): Promise<void> {
  engine.endStreams();
  await listener.close();
  await engine.stop();
  await store.close();
  process.exit();
}

function tell(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
