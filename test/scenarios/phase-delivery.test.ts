// Phase as the backend, all the ways in which values reach a job, and none in which they leak.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesBelow, found, MIN_LENGTH } from '../support/leak-search.ts';
import { otherNode } from '../support/nodes.ts';
import { MODES, phaseShop, type PhaseShop } from '../support/phase/shop.ts';
import { annotationsOf, World } from '../support/scenario.ts';
import { Worker } from '../support/worker.ts';

let world: World;
let shop: PhaseShop;
beforeAll(async () => {
  world = await World.start();
  shop = await phaseShop(world);
});
afterEach(() => shop.stop());
afterAll(() => world?.stop());

describe.each(MODES)('%s', (mode) => {
  test('a masked, restricted or leased value is in no log, annotation, summary, state, audit, database file or error', async () => {
    const job = world.job({ debug: true, secrets: { PHASE: shop.whole } });
    const inputs = await shop.inputs(mode, { token: shop.whole, dynamic: 'APP_DB', 'export-env': 'true' });
    const main = await job.uses({ id: 'secrets', with: inputs });
    await job.run(
      'echo "$API_KEY"; echo "$TLS_KEY"; echo "$APP_DB_URL"; printf %s "$API_KEY" | base64 -w0; echo; env | sort',
    );
    await job.run('echo "::notice title=a note::$DEPLOY_TOKEN"; echo "$DEPLOY_TOKEN" >> "$GITHUB_STEP_SUMMARY"');
    const failing = await job.uses({ id: 'again', with: { ...inputs, secrets: 'NOT_THERE' } });
    const report = await job.finish();
    expect([main.outcome, failing.outcome]).toEqual(['success', 'failure']);
    const planted = new Map<string, string>([
      ...Object.entries(world.shop.values).filter(([name]) => name !== 'API_URL'),
      ['leased password', main.outputs['APP_DB_PASSWORD'] ?? ''],
      ['leased url', main.outputs['APP_DB_URL'] ?? ''],
      ['whole token', shop.whole],
      ...shop.whole
        .split(':')
        .slice(2)
        .map((part, at): [string, string] => [`part ${at} of the token`, part]),
    ]);
    expect([...planted.values()].every((value) => value.length >= MIN_LENGTH)).toBe(true);
    const ofSteps = report.steps.flatMap((step) => [
      [`${step.name}: stderr`, step.rawStderr],
      [`${step.name}: summary`, step.summary ?? ''],
      [`${step.name}: state`, JSON.stringify(step.state)],
    ]);
    const annotations = report.annotations.map((each) => ['annotation', JSON.stringify(each)]);
    const places = [
      ['masked log', report.log.join('\n')],
      ...ofSteps,
      ...annotations,
      ['engine log', world.engine.log],
    ];
    for (const [place = '', text = ''] of places) expect([place, found(planted, text)]).toEqual([place, []]);
    expect(found(planted, main.rawStdout.replaceAll('::add-mask::', ''))).toContain('leased password');
    for (const [path, text] of filesBelow(world.engine.folder.data)) {
      const secret = [...planted].filter(([name]) => !name.startsWith('part 1'));
      expect([path, found(new Map(secret), text)]).toEqual([path, []]);
    }
  });

  test('the values reach the script of run and no output, variable, file or log line; its lease ends with it', async () => {
    const job = world.job({ debug: true, secrets: { PHASE: shop.bearer } });
    const script = 'test -n "$APP_DB_URL" && echo "have $API_KEY" && echo "$TLS_KEY" >&2; env';
    const main = await job.uses({ id: 'secrets', with: await shop.inputs(mode, { run: script, dynamic: 'APP_DB' }) });
    expect(await world.liveLeases()).toEqual([]);
    const later = await job.run('echo "${API_KEY-unset}"');
    const report = await job.finish();
    expect([report.status, annotationsOf(main, 'error'), main.env]).toEqual(['success', [], {}]);
    expect(Object.keys(main.outputs).sort()).toEqual(['expires-at', 'lease-ids', 'secret-names']);
    expect(main.log.join('\n')).toContain('have ***');
    expect(later.rawStdout).toBe('unset\n');
    const beforeMasks = main.rawStdout.replace(/^::add-mask::.*$/gm, '');
    expect(beforeMasks).not.toMatch(/^INPUT_/m);
    const hidden = new Map(Object.entries(world.shop.values).filter(([name]) => name !== 'API_URL'));
    for (const text of [beforeMasks, ...filesBelow(job.temp).map(([, one]) => one)]) {
      expect(found(hidden, text)).toEqual([]);
    }
  });

  test('a file lies in RUNNER_TEMP for its owner alone, is read by the next step, and is gone after the job', async () => {
    const job = world.job();
    const inputs = await shop.inputs(mode, {
      file: 'values',
      'file-format': 'json',
      secrets: 'API_KEY',
      dynamic: 'APP_DB',
    });
    const main = await job.uses({ id: 'secrets', with: inputs });
    const path = join(job.temp, 'values');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const values = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    expect([values['API_KEY'], values['APP_DB_URL']]).toEqual([world.shop.values.API_KEY, main.outputs['APP_DB_URL']]);
    expect((await job.finish()).status).toBe('success');
    expect([existsSync(path), await world.liveLeases()]).toEqual([false, []]);
  });

  test('dry-run tells what would be delivered and leased, and does none of it; the summary is the same table', async () => {
    const far = await shop.far(mode);
    const { main, report } = await world.runOnce(
      await shop.inputs(far, { 'dry-run': 'true', secrets: 'API_*', dynamic: 'true', ttl: '15m' }),
    );
    expect(report.status).toBe('success');
    const log = main.log.join('\n');
    expect(log).toContain('API_URL from secret API_URL (unmasked) as output');
    expect(log).toContain(`lease of APP_DB of ${shop.app}/Production for 15m as output`);
    expect(main.log.at(-1)).toBe('dry run: 2 static, 1 leases; nothing was delivered or leased');
    expect([main.outputs, main.env, main.state, await world.liveLeases()]).toEqual([{}, {}, {}, []]);
    expect(far.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(main.summary).toContain('|  | `lease of APP_DB` | masked | output | after 15m |');
  });

  test('the revoke action ends the leases of a step at once, and post finds them ended', async () => {
    const job = world.job();
    const inputs = await shop.inputs(mode, { secrets: 'API_KEY', dynamic: 'APP_DB' });
    const main = await job.uses({ id: 'secrets', with: inputs });
    const given = {
      token: shop.bearer,
      'api-url': inputs['api-url'] ?? '',
      'lease-ids': main.outputs['lease-ids'] ?? '',
    };
    const early = await job.uses({ action: resolve('revoke'), name: 'early', with: given });
    expect(early.rawStdout).toContain('1 leased, 1 revoked, 0 left');
    expect(await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
    expect((await job.finish()).steps.at(-1)?.rawStdout).toContain('1 leased, 1 revoked, 0 left');
  });
});

test.each([...new Set([process.execPath, otherNode()])])('on %s a whole job works in both modes', async (node) => {
  for (const mode of MODES) {
    const inputs = await shop.inputs(mode, { dynamic: 'APP_DB as DB_', 'export-env': 'true' });
    const job = world.job({ node });
    await job.uses({ id: 'secrets', with: inputs });
    const print = await job.run('printf %s "$TLS_KEY" | base64 -w0; printf "\\n%s" "$DB_PORT"');
    const report = await job.finish();
    const key = Buffer.from(world.shop.values.TLS_KEY).toString('base64');
    expect(print.rawStdout).toBe(`${key}\n${world.database.port}`);
    expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  }
});

describe('renew', () => {
  const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB', ttl: '60s', renew: 'true' };

  test('towards the engine a lease is renewed while the job runs, and keeper and lease end with it', async () => {
    const options = { temp: world.folder, secrets: { PHASE: shop.bearer } };
    const far = await shop.far('engine');
    const worker = await Worker.start(options, { id: 'secrets', with: await shop.inputs(far, inputs) });
    try {
      expect(annotationsOf(worker.main, 'error')).toEqual([]);
      expect(worker.leftovers()).toHaveLength(1);
      // Main's own, which shows that it can be; the keeper's come later, where `load-phase.test.ts` looks at its brief.
      const renewals = far.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
      expect(renewals).toEqual(['/v3/configs/config/dynamic_secrets/dynamic_secret/leases/lease']);
      const report = await worker.finish();
      expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
      expect(await world.eventually(async () => worker.leftovers().length === 0)).toBe(true);
      expect(await world.liveLeases()).toEqual([]);
    } finally {
      await worker.kill();
    }
  }, 120_000);

  test('towards a cloud nothing is renewed, and a notice says why and until when', async () => {
    const { main, report } = await world.runOnce(await shop.inputs('extensions: off', inputs));
    expect(report.status).toBe('success');
    expect(annotationsOf(main, 'notice')).toEqual([
      expect.stringMatching(/lease of APP_DB is not renewed: Phase does not keep a credential for longer\. It ends at/),
    ]);
  });
});

test('a job of the other dialect loads nothing of this one', () => {
  const chunks = readdirSync('dist/main').filter((name) => name.endsWith('.js') && name !== 'index.js');
  const holding = chunks.filter((name) => readFileSync(join('dist/main', name), 'utf8').includes('class PhaseClient'));
  expect(holding).toHaveLength(1);
  const text = readFileSync('dist/main/index.js', 'utf8');
  for (const word of ['class PhaseClient', 'class PhaseHttp', 'parsePhaseAsk(line', 'identities/external']) {
    expect([word, text.includes(word)]).toEqual([word, false]);
  }
});
