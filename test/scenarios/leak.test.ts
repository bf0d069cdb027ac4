// No value anywhere: everything that the system wrote is searched for every planted value, in every encoding we know of.
import { readFileSync } from 'node:fs';
import { filesBelow, found, MIN_LENGTH as MIN } from '../support/leak-search.ts';
import { World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

test('a masked, restricted or leased value is in no log, annotation, summary, state, audit, database file or error', async () => {
  const change = {
    project: 'shop',
    config: 'prd',
    secrets: { SHORT: 'q7Zk', JSONISH: '{"deep":"pl4nted-json-leaf"}' },
  };
  await world.engine.must('POST', '/v3/configs/config/secrets', change);
  const job = world.job({ debug: true });
  const main = await job.uses({ id: 'secrets', with: world.inputs({ dynamic: 'APP_DB', 'export-env': 'true' }) });
  await job.run(
    'echo "$API_KEY"; echo "$TLS_KEY"; echo "$APP_DB_URL"; printf %s "$API_KEY" | base64 -w0; echo; env | sort',
  );
  await job.run('echo "::notice title=a note::$DEPLOY_TOKEN"; echo "$DEPLOY_TOKEN" >> "$GITHUB_STEP_SUMMARY"');
  const failing = await job.uses({ id: 'again', with: world.inputs({ secrets: 'NOT_THERE', dynamic: 'APP_DB' }) });
  const report = await job.finish();

  const planted = new Map<string, string>([
    ...Object.entries({ ...world.shop.values, ...change.secrets }).filter(([name]) => name !== 'API_URL'),
    ['leased password', main.outputs['APP_DB_PASSWORD'] ?? ''],
    ['leased url', main.outputs['APP_DB_URL'] ?? ''],
    ['service token', world.shop.token],
  ]);
  expect([...planted.values()].every((value) => value.length >= MIN)).toBe(true);
  expect(failing.outcome).toBe('failure');

  const ofSteps = report.steps.flatMap((step) => [
    [`${step.name}: stderr`, step.rawStderr],
    [`${step.name}: summary`, step.summary ?? ''],
    [`${step.name}: state`, JSON.stringify(step.state)],
  ]);
  const annotations = report.annotations.map((each) => ['annotation', JSON.stringify(each)]);
  const places = [['masked log', report.log.join('\n')], ...ofSteps, ...annotations, ['engine log', world.engine.log]];
  for (const [place = '', text = ''] of places) expect([place, found(planted, text)]).toEqual([place, []]);

  // What an earlier release of the search would have missed: the search itself must be able to find.
  expect(found(planted, `x${planted.get('API_KEY')}x`)).toContain('API_KEY');
  expect(found(planted, main.rawStdout.replaceAll('::add-mask::', ''))).toContain('leased password');

  const stored = filesBelow(world.engine.folder.data);
  expect(stored.map(([path]) => path).join()).toContain('secrets.db');
  for (const [path, text] of stored) expect([path, found(planted, text)]).toEqual([path, []]);
  const names = new Map([['a name', 'DEPLOY_TOKEN']]);
  for (const [path, text] of stored) expect([path, found(names, text)]).toEqual([path, []]);
});

test('the admin token and the root key are in no file of the store and in no log', async () => {
  const rootKey = readFileSync(world.engine.folder.rootKey, 'utf8').trim();
  const planted = new Map([
    ['admin token', world.engine.folder.adminToken],
    ['root key', rootKey],
    ['root key bytes', Buffer.from(rootKey, 'base64').toString('latin1')],
  ]);
  for (const [path, text] of filesBelow(world.engine.folder.data))
    expect([path, found(planted, text)]).toEqual([path, []]);
  expect(found(planted, world.engine.log)).toEqual([]);
});

test('no error answer of the engine repeats what it was sent', async () => {
  const canary = 'pl4nted-canary-value';
  const bodies: unknown[] = [
    { project: 'shop', config: 'prd', secrets: { 'bad name': canary } },
    { project: 'shop', config: 'prd', change_requests: [{ name: 'X', value: canary, visibility: canary }] },
    { project: 'shop', config: 'prd', secrets: { API_KEY: { value: canary } } },
    { project: 'shop', config: canary, secrets: {} },
  ];
  for (const body of bodies.slice(0, 3)) {
    const answer = await world.engine.call('POST', '/v3/configs/config/secrets', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain(canary);
  }
  expect(world.engine.log).not.toContain(canary);
});
