// When configs were first and last fetched: by whom it counts, by whom not, and that reading writes nothing of it.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let token: string;
beforeEach(async () => {
  engine = await startTestEngine();
  token = await engine.token('dev', 'read/write');
}, 60_000);
afterEach(() => engine.close());

type Times = [environment: unknown, initial: unknown, last: unknown];
async function times(config = 'dev'): Promise<Times> {
  const of = async (request: string, key: string) =>
    (await engine.send(engine.admin, request)).body[key] as Record<string, unknown>;
  const environment = await of(
    `GET /environments/environment?project=app&environment=${config.slice(0, 3)}`,
    'environment',
  );
  const found = await of(`GET /configs/config?project=app&config=${config}`, 'config');
  return [environment['initial_fetch_at'], found['initial_fetch_at'], found['last_fetch_at']];
}
const at = () => new Date(engine.now()).toISOString();
const get = (query: string, headers = {}) => engine.send(token, `GET /configs/config/${query}`, { headers });

test('both are null until values are read, and then tell of the first and of the last time', async () => {
  await engine.send(engine.admin, 'GET /configs/config/secrets?project=app&config=dev');
  await get('secrets/names');
  await get('secrets/metadata');
  expect(await times()).toEqual([null, null, null]);
  await get('secrets/download');
  const first = at();
  expect(await times()).toEqual([first, first, first]);
  engine.advance(5_000);
  await get('secret?name=DOPPLER_CONFIG');
  expect(await times()).toEqual([first, first, at()]);
  expect(await times('stg')).toEqual([null, null, null]);
});

test('a refused download and an answer that the client holds already are no fetch', async () => {
  const { headers } = await get('secrets');
  const first = at();
  engine.advance(5_000);
  expect((await get('secrets', { 'if-none-match': headers.get('etag') })).status).toBe(304);
  expect((await engine.send(engine.admin, 'GET /configs/config/secrets/download?project=app&config=dev')).status).toBe(
    403,
  );
  expect(await times()).toEqual([first, first, first]);
});

test('a branch counts for its environment, and not for the root', async () => {
  const bound = await engine.token('dev_personal');
  await engine.send(bound, 'GET /configs/config/secrets');
  const first = at();
  expect(await times('dev_personal')).toEqual([first, first, first]);
  expect(await times()).toEqual([first, null, null]);
});

test('reading writes nothing of it: all configs are written together, each minute and when the engine stops', async () => {
  const stored = async () => {
    const project = await engine.store.read.findProject({ name: 'app' });
    const row = await engine.store.read.findConfig({ projectId: project?.id ?? '', name: 'dev' });
    return [row?.initial_fetch_at, row?.last_fetch_at, row?.version];
  };
  const [, , version] = await stored();
  await get('secrets');
  const first = engine.now();
  expect(await stored()).toEqual([null, null, version]);
  engine.advance(30_000);
  await get('secrets');
  const last = engine.now();
  await engine.engine.stop();
  expect(await stored()).toEqual([first, last, version]);
});
