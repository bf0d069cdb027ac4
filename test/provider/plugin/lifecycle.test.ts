// The end of a plugin: whoever asks, what is borrowed is given back once, and then the process leaves.
import type { Handlers } from '#provider/plugin/grpc-server.js';
import { handshakeLine } from '#provider/plugin/handshake.js';
import { liveUntilAsked } from '#provider/plugin/lifecycle.js';
import type { Machine } from '#provider/plugin/machine.js';
import { servePlugin } from '#provider/plugin/serve.js';
import { FakeClock } from '../support/fake-clock.ts';
import { GrpcClient } from '../support/grpc-client.ts';

function machine(env: Record<string, string> = {}) {
  const heard = { end: (_why: string, _code: number) => undefined as void, tick: () => undefined as void };
  const seen = { out: '', err: '', exits: [] as number[], parent: 7 };
  const port: Machine = {
    env,
    parent: () => seen.parent,
    writeOut: (text) => void (seen.out += text),
    writeErr: (text) => void (seen.err += text),
    onEnd: (end) => void (heard.end = end),
    onStray: () => undefined,
    redirectConsole: () => undefined,
    every: (_, tick) => void (heard.tick = tick),
    exit: (code) => void seen.exits.push(code),
  };
  return { port, seen, heard };
}

function life(giveBack: () => Promise<void> = async () => undefined) {
  const { port, seen, heard } = machine();
  const order: string[] = [];
  let sessions = 0;
  const made = liveUntilAsked({
    machine: port,
    log: () => undefined,
    giveBack: async () => {
      order.push('drain');
      await giveBack();
    },
    unlist: () => void order.push('unlist'),
    settle: async () => void order.push('settle'),
    close: async () => void order.push('close'),
    openSessions: () => sessions,
  });
  return { made, seen, heard, order, join: () => (sessions = 1) };
}
const turns = () => new Promise((done) => setImmediate(done));

test.each([
  ['SIGTERM', 0],
  ['an uncaught exception', 1],
])('%s drains, closes, exits', async (why, code) => {
  const { heard, order, seen } = life();
  heard.end(why, code);
  heard.end(why, code);
  await turns();
  expect([order, seen.exits]).toEqual([['unlist', 'drain', 'settle', 'close'], [code]]);
});

test('a dead parent ends it, a living one does not', async () => {
  const { heard, seen, join } = life();
  join();
  for (let n = 0; n < 300; n++) heard.tick();
  expect(seen.exits).toEqual([]);
  seen.parent = 1;
  heard.tick();
  await turns();
  expect(seen.exits).toEqual([0]);
});

test('a host that never called is not waited for', async () => {
  const { heard, seen } = life();
  for (let n = 0; n < 240; n++) heard.tick();
  await turns();
  expect(seen.exits).toEqual([1]);
});

test('a drain that throws does not keep the process', async () => {
  const { made, seen } = life(() => Promise.reject(new Error('planted')));
  await made.drain('shutdown');
  await made.end('shutdown', 0);
  expect(seen.exits).toEqual([0]);
});

const served = (drain: () => Promise<void>, handlers: Handlers = new Map()) => ({
  service: 'test.Service',
  load: async () => ({ handlers, drain }),
});

test('a person who starts it is told what it is', async () => {
  const { port, seen } = machine();
  await servePlugin(
    served(async () => undefined),
    { machine: port, clock: new FakeClock(), log: () => undefined, platform: 'linux' },
  );
  expect([seen.exits, seen.out]).toEqual([[1], '']);
  expect(seen.err).toMatch(/is a Terraform provider/);
});

/** After the reply to Shutdown the process goes, and with it the listener. */
async function left(clock: FakeClock, exits: readonly number[]): Promise<void> {
  clock.advance(10);
  for (let n = 0; n < 100 && exits.length === 0; n++) await turns();
  expect(exits).toEqual([0]);
}

const INVITED = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
};

test.each(['linux', 'win32'])(
  'on %s: one line when it listens, Shutdown answers after the drain, then it leaves',
  async (platform) => {
    const { port, seen } = machine(INVITED);
    const clock = new FakeClock();
    let drained = 0;
    const drain = async () => void (drained += 1);
    await servePlugin(served(drain), { machine: port, clock, log: () => undefined, platform });
    const [, , network, where = ''] = seen.out.trim().split('|');
    expect(network).toBe(platform === 'win32' ? 'tcp' : 'unix');
    const [host = '', tcpPort] = where.split(':');
    if (network === 'tcp') expect(seen.out).toBe(handshakeLine({ network: 'tcp', host, port: Number(tcpPort) }, ''));
    const client = new GrpcClient(network === 'tcp' ? Number(tcpPort) : where);
    expect((await client.call('/plugin.GRPCController/Shutdown', Buffer.alloc(0))).status).toBe(0);
    expect(drained).toBe(1);
    client.close();
    await left(clock, seen.exits);
  },
);

test('the line is out before anything is loaded; a call waits for it, and for nothing that is not offered', async () => {
  const { port, seen } = machine(INVITED);
  let loaded = (_: { handlers: Handlers; drain: () => Promise<void> }) => undefined as void;
  const plugin = new Promise<{ handlers: Handlers; drain: () => Promise<void> }>((done) => (loaded = done));
  const clock = new FakeClock();
  const host = { machine: port, clock, log: () => undefined, platform: 'linux' };
  await servePlugin({ service: 'test.Service', load: () => plugin }, host);
  const client = new GrpcClient(seen.out.trim().split('|')[3] ?? '');
  const waiting = client.call('/test.Service/Answer', Buffer.alloc(0));
  expect((await client.call('/plugin.GRPCBroker/StartStream', Buffer.alloc(0))).status).toBe(12);
  const missing = client.call('/test.Service/Missing', Buffer.alloc(0));
  loaded({ handlers: new Map([['/test.Service/Answer', async () => Buffer.from('a')]]), drain: async () => undefined });
  expect([(await waiting).status, (await missing).status]).toEqual([0, 12]);
  await client.call('/plugin.GRPCController/Shutdown', Buffer.alloc(0));
  client.close();
  await left(clock, seen.exits);
});

test('what cannot be loaded fails every call and keeps nothing from ending', async () => {
  const { port, seen } = machine(INVITED);
  const clock = new FakeClock();
  const host = { machine: port, clock, log: () => undefined, platform: 'linux' };
  await servePlugin({ service: 'test.Service', load: () => Promise.reject(new Error('broken')) }, host);
  const client = new GrpcClient(seen.out.trim().split('|')[3] ?? '');
  expect((await client.call('/test.Service/Answer', Buffer.alloc(0))).status).toBeGreaterThan(0);
  expect((await client.call('/plugin.GRPCController/Shutdown', Buffer.alloc(0))).status).toBe(0);
  client.close();
  await left(clock, seen.exits);
});
