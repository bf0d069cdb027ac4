// Signals at every point of main and in post, in both dialects and towards both kinds of far side: nothing that was leased stays.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type AwsShop, startAwsShop } from '../support/aws/shop.ts';
import { type FarSide, faultProxy, startFarSide } from '../support/far-side.ts';
import { otherNode } from '../support/nodes.ts';
import { type Mode, MODES, phaseShop, type PhaseShop } from '../support/phase/shop.ts';
import type { StepReport } from '../support/runner/index.ts';
import { annotationsOf, World } from '../support/scenario.ts';
import { signalAt } from '../support/signal-points.ts';

type Dialect = 'doppler' | 'phase';
const nodes = [...new Set([process.execPath, otherNode()])];
const places = (['doppler', 'phase'] as const).flatMap((dialect) =>
  MODES.flatMap((mode) => nodes.map((node) => ({ dialect, mode, node }))),
);

let world: World;
let shop: PhaseShop;
let aws: AwsShop;
beforeAll(async () => {
  aws = await startAwsShop();
  world = await World.start();
  shop = await phaseShop(world);
  const ceiling = { policy_arns: [aws.readArn], max_ttl_sec: 3600 };
  const integration = { type: 'aws', name: 'account', data: aws.data, allowed: ['shop/prd'], ceiling };
  await world.engine.must('POST', '/v3/integrations', integration);
  const terms = { kind: 'aws_iam_user', integration: 'account', parameters: { policy_arns: [aws.readArn] } };
  const dynamic = { project: 'shop', config: 'prd', name: 'DEPLOY', ...terms };
  await world.engine.must('POST', '/v3/configs/config/dynamic_secrets', dynamic);
});
afterEach(() => shop?.stop());
afterAll(async () => {
  await world?.stop();
  await aws?.close();
});

async function inputsFor(dialect: Dialect, mode: Mode, more: Record<string, string> = {}) {
  const wanted = { secrets: 'API_KEY', dynamic: 'APP_DB', ttl: '15m', ...more };
  if (dialect === 'phase') return shop.inputs(mode, wanted);
  const url = mode === 'engine' ? world.engine.url : await world.cloud();
  return world.inputs({ project: 'shop', config: 'prd', 'api-url': url, ...wanted });
}

const own = ({ outputs }: StepReport) => Object.keys(outputs).filter((name) => /^A(?:PI|PP)_/.test(name));

async function expectNothingLeft(): Promise<void> {
  expect(await world.eventually(async () => (await world.liveLeases()).length === 0)).toBe(true);
  expect(await world.leasedRoles()).toEqual([]);
}

/** A job whose main gets SIGINT at this point and SIGTERM at the next. */
async function signalledAt(at: number, inputs: Record<string, string>, node: string) {
  const { env, seen } = signalAt(at);
  const job = world.job({ env, node });
  // Four run at once, on a machine that may be busy: how soon one alone ends is what cancel.test.ts asks.
  const main = await job.uses({ id: 'secrets', timeoutMs: 60_000, with: { ...inputs, 'export-env': 'true' } });
  return { at, main, seen: seen(), report: await job.finish() };
}

describe.each(places)('$dialect, $mode, on $node', ({ dialect, mode, node }) => {
  test('whatever main is doing when it is told to end, it ends by itself, gives all or nothing, and no lease is left', async () => {
    const inputs = await inputsFor(dialect, mode);
    const whole = await signalledAt(0, inputs, node);
    expect([annotationsOf(whole.main, 'error'), whole.report.status]).toEqual([[], 'success']);
    const { seen } = whole;
    // Before anything is leased, and once all is there, one place is as good as all.
    const from = dialect === 'doppler' && mode === 'engine' ? 0 : seen.lastIndexOf('request') - 1;
    const inDoubt = seen.map((_, index) => index + 1).slice(from, seen.lastIndexOf('answer') + 3);
    const points = [...inDoubt, seen.length];
    expect(points.length).toBeGreaterThanOrEqual(6);
    const done: Awaited<ReturnType<typeof signalledAt>>[] = [];
    while (done.length < points.length) {
      const some = points.slice(done.length, done.length + 4);
      done.push(...(await Promise.all(some.map((at) => signalledAt(at, inputs, node)))));
    }
    // The points are where they should be: one at least met a lease that was there and not yet handed over.
    expect(done.flatMap(({ main }) => annotationsOf(main, 'error')).join()).toContain('Leases rolled back: 1 leased');
    const all = own(whole.main);
    expect(all).toContain('APP_DB_PASSWORD');
    for (const { at, main, report } of done) {
      const given = main.outcome === 'success' ? all : [];
      // A signal of the runner's would mean that it did not end by itself.
      expect([at, main.signals, own(main), Object.keys(main.env)]).toEqual([at, [], given, given]);
      expect([at, main.rawStderr, report.steps.at(-1)?.outcome]).toEqual([at, '', 'success']);
    }
    await expectNothingLeft();
  }, 180_000);

  test('post goes on to the end of the lease, however often it is told to end', async () => {
    const held = Promise.withResolvers<void>();
    const far = await faultProxy((await inputsFor(dialect, mode))['api-url'] ?? '', [
      { method: 'DELETE', nth: 1, answer: () => ({ kind: 'hold', until: held.promise }) },
    ]);
    try {
      const job = world.job({ node, patience: { interruptMs: 100, terminateMs: 60_000 } });
      await job.uses({ id: 'secrets', with: await inputsFor(dialect, mode, { 'api-url': far.url }) });
      const asked = far.whenAsked({ method: 'DELETE' }).then(() => setTimeout(held.resolve, 500));
      const post = (await job.cancelDuring(asked, () => job.finish())).steps.at(-1);
      expect([post?.signals, post?.exitCode]).toEqual([['SIGINT', 'SIGTERM'], 0]);
      expect(post?.rawStdout).toContain('1 leased, 1 revoked, 0 left');
    } finally {
      await far.close();
    }
    await expectNothingLeft();
  });
});

test.each<[Dialect, Mode]>([
  ['doppler', 'extensions: off'],
  ['phase', 'engine'],
])('%s, %s: while a new AWS key is waited for, the key and its user end', async (dialect, mode) => {
  const before = aws.model.account.users.size;
  const sts: FarSide = await startFarSide([{ answer: { kind: 'silent' } }]);
  try {
    const job = world.job({ env: { AWS_ENDPOINT_URL_STS: sts.url } });
    const inputs = await inputsFor(dialect, mode, { dynamic: 'DEPLOY' });
    const main = await job.cancelDuring(sts.whenAsked({ method: 'POST' }), () =>
      job.uses({ id: 'secrets', with: inputs }),
    );
    expect(aws.model.account.users.size).toBe(before);
    expect([main.signals, main.outputs]).toEqual([['SIGINT'], {}]);
    expect(annotationsOf(main, 'error')).toContain(
      'The job was cancelled. Leases rolled back: 1 leased, 1 revoked, 0 left.',
    );
    expect(annotationsOf(main, 'warning')).toEqual([]);
    expect((await job.finish()).status).toBe('cancelled');
  } finally {
    await sts.close();
  }
});

test.each<Dialect>(['doppler', 'phase'])('%s: while the other side says nothing to a handshake', async (dialect) => {
  const sockets = new Set<Socket>();
  const called = Promise.withResolvers<void>();
  const mute = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('data', () => called.resolve());
  });
  await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
  const url = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  try {
    const job = world.job();
    const inputs = await inputsFor(dialect, 'engine', { 'api-url': url });
    const main = await job.cancelDuring(called.promise, () => job.uses({ id: 'secrets', with: inputs }));
    expect([main.signals, main.outputs, main.state]).toEqual([['SIGINT'], {}, {}]);
    expect(annotationsOf(main, 'error')[0]).toMatch(/was being waited for when this job was cancelled/);
    expect((await job.finish()).steps.at(-1)?.rawStdout).toBe('');
  } finally {
    for (const socket of sockets) socket.destroy();
    mute.close();
  }
});
