// What must hold wherever the action runs: on each Node, towards an engine and towards a cloud (extensions off).
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faultProxy } from '../support/far-side.ts';
import { otherNode } from '../support/nodes.ts';
import { annotationsOf, World } from '../support/scenario.ts';

const LEASE = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases';
const inputs = { project: 'shop', config: 'prd', dynamic: 'APP_DB', ttl: '15m' };

let world: World;
let cloud: string;
beforeAll(async () => {
  world = await World.start();
  cloud = await world.cloud();
});
afterAll(() => world?.stop());

const nodes = [...new Set([process.execPath, otherNode()])];
const places = nodes.flatMap((node) => [
  { node, far: 'an engine', url: () => world.engine.url },
  { node, far: 'a cloud', url: () => cloud },
]);

describe.each(places)('on $node, towards $far', ({ node, url }) => {
  async function expectNothingLeft(): Promise<void> {
    expect(await world.eventually(async () => (await world.liveLeases()).length === 0)).toBe(true);
    expect(await world.leasedRoles()).toEqual([]);
  }

  test('under step debug no value shows, in log, annotations, summary or on stderr, and post ends the lease', async () => {
    const job = world.job({ node, debug: true });
    const main = await job.uses({
      id: 'secrets',
      with: world.inputs({ ...inputs, 'api-url': url(), 'export-env': 'true' }),
    });
    expect(annotationsOf(main, 'error')).toEqual([]);
    const report = await job.finish();
    const post = report.steps.find(({ kind }) => kind === 'post');
    expect([report.status, report.log.join('\n')]).toEqual([
      'success',
      expect.stringContaining('1 leased, 1 revoked, 0 left'),
    ]);
    const seen = [
      ...report.log,
      ...[main, post].flatMap((step) => [
        step?.rawStderr ?? '',
        ...(step?.annotations ?? []).map((one) => JSON.stringify(one)),
      ]),
      readFileSync(main.files.GITHUB_STEP_SUMMARY ?? '', 'utf8'),
    ].join('\n');
    const hidden = [main.outputs['APP_DB_PASSWORD'], main.outputs['APP_DB_URL'], world.shop.values.API_KEY];
    for (const value of hidden) {
      expect(value?.length).toBeGreaterThan(8);
      expect(seen).not.toContain(value);
    }
    expect([main.rawStderr, post?.rawStderr]).toEqual(['', '']);
    expect(await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
    await expectNothingLeft();
  });

  test('two uses in one job end in reverse order, each its own lease, also when a step between them fails', async () => {
    const job = world.job({ node });
    const given = world.inputs({ ...inputs, 'api-url': url(), secrets: 'API_KEY' });
    const first = await job.uses({ id: 'first', name: 'first', with: given });
    await job.run('exit 3');
    const second = await job.uses({ id: 'second', name: 'second', if: () => true, with: given });
    const report = await job.finish();
    expect(report.status).toBe('failure');
    expect(first.outputs['APP_DB_URL']).not.toBe(second.outputs['APP_DB_URL']);
    const posts = report.steps.filter(({ kind }) => kind === 'post');
    expect(posts.map(({ name }) => /first|second/.exec(name)?.[0])).toEqual(['second', 'first']);
    for (const { rawStdout } of posts) expect(rawStdout).toContain('1 leased, 1 revoked, 0 left');
    await expectNothingLeft();
  });

  test('cancelled while a lease is being issued, main ends in time and what was leased ends with it', async () => {
    const wait = new Promise<void>((done) => setTimeout(done, 1_000));
    const proxy = await faultProxy(url(), [{ path: LEASE, nth: 1, answer: () => ({ kind: 'hold', until: wait }) }]);
    try {
      const job = world.job({ node });
      const main = await job.cancelDuring(proxy.whenAsked({ path: LEASE }), () =>
        job.uses({ id: 'secrets', with: world.inputs({ ...inputs, 'api-url': proxy.url }) }),
      );
      expect([main.signals, main.outputs]).toEqual([['SIGINT'], {}]);
      expect(main.env).toEqual({});
      expect((await job.finish()).status).toBe('cancelled');
      await expectNothingLeft();
    } finally {
      await proxy.close();
    }
  }, 60_000);

  test('outputs, variables and a file hold the same to the byte, a lease among them, and the file ends with the job', async () => {
    const job = world.job({ node });
    const given = { ...inputs, 'api-url': url(), 'export-env': 'true', file: 'values', 'file-format': 'json' };
    const { outputs, env } = await job.uses({ id: 'secrets', with: world.inputs(given) });
    const path = join(job.temp, 'values');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(env);
    expect(outputs).toMatchObject(env);
    const own = Object.keys(env).filter((name) => !name.startsWith('APP_DB_'));
    expect(own.sort()).toEqual(['API_KEY', 'API_URL', 'DEPLOY_TOKEN', 'TLS_KEY']);
    const read = `require('fs').readFileSync('${path}', 'utf8')`;
    const next = await job.run(`node -e "process.exit(JSON.parse(${read}).TLS_KEY === process.env.TLS_KEY ? 0 : 1)"`);
    expect((await job.finish()).status).toBe('success');
    expect([next.outcome, existsSync(path)]).toEqual(['success', false]);
    await expectNothingLeft();
  });

  test('a script alone gets the values, is masked on both streams, and ends with a cancelled job, its lease too', async () => {
    const job = world.job({ node });
    const script = [
      'printf %s "${API_KEY:0:9}"; sleep 0.1; echo "${API_KEY:9}"; echo "$APP_DB_PASSWORD" >&2',
      'trap "echo cleaned up; exit 1" INT; echo started; for ((i = 0; i < 600; i++)); do sleep 0.05; done',
    ].join('\n');
    const given = world.inputs({ ...inputs, 'api-url': url(), run: script });
    const main = await job.cancelDuring(/^started/, () => job.uses({ id: 'secrets', with: given }));
    expect([main.signals, main.rawStderr, main.env]).toEqual([['SIGINT'], '', {}]);
    expect(Object.keys(main.outputs).sort()).toEqual(['expires-at', 'lease-ids', 'secret-names']);
    const printed = main.rawStdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(printed).toEqual(expect.arrayContaining(['started', 'cleaned up']));
    expect(printed.filter((line) => line === '***')).toHaveLength(2);
    expect(printed.join('\n')).not.toContain(world.shop.values.API_KEY.slice(0, 9));
    expect(annotationsOf(main, 'error').join()).toContain('Leases rolled back: 1 leased, 1 revoked, 0 left.');
    const report = await job.finish();
    expect([report.status, report.orphans]).toEqual(['cancelled', []]);
    await expectNothingLeft();
  }, 60_000);

  test('values that try to be commands, entries or delimiters arrive to the byte and do nothing', async () => {
    const hostile = {
      HOSTILE_COMMAND: '::set-output name=x::y\n::add-mask::a\n##[error]no',
      HOSTILE_ENTRY: 'a=b\nOTHER<<EOF\nplanted\nEOF\n',
      HOSTILE_CR: 'one\rtwo\r\nthree',
      HOSTILE_BRACE: '{',
      HOSTILE_PERCENT: '%0A%25::%3A',
    };
    const change_requests = Object.entries(hostile).map(([name, value]) => ({
      ...{ name, originalName: null, value, visibility: 'masked' },
    }));
    const change = (requests: unknown) =>
      world.engine.must('POST', '/v3/configs/config/secrets', {
        project: 'shop',
        config: 'prd',
        change_requests: requests,
      });
    await change(change_requests);
    try {
      const secrets = Object.keys(hostile).join('\n');
      const given = { project: 'shop', config: 'prd', 'api-url': url(), secrets, 'export-env': 'true' };
      const { main, report } = await world.runOnce(given, { node });
      expect([report.status, annotationsOf(main, 'error')]).toEqual(['success', []]);
      const { 'lease-ids': _ids, 'expires-at': _end, 'secret-names': _names, ...outputs } = main.outputs;
      expect(outputs).toEqual(hostile);
      expect(main.env).toEqual(hostile);
      expect(report.log.join('\n')).not.toMatch(/planted|::set-output/);
    } finally {
      // The config is everybody's here.
      await change(change_requests.map((one) => ({ ...one, originalName: one.name, shouldDelete: true })));
    }
  });
});
