// A value or token planted in every place that takes one is found nowhere but in the answers that are meant to have it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditRows } from '../../support/audit.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { startPhaseEngine } from '../../support/phase/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.close());

const PLANTED = 'pl4nted-v4lue-that-nobody-may-see';
const NAME = 'PLANTED_NAME_OF_A_SECRET';

test('no value, token or secret name is in the log, an error, the audit log or the database files', async () => {
  const writer = await engine.token('dev', 'read/write');
  const errors: string[] = [];
  const send = async (token: string, request: string, body?: unknown) => {
    const reply = await engine.send(token, request, body === undefined ? {} : { body });
    if (reply.status >= 400) errors.push(reply.text);
    return reply;
  };
  for (const visibility of ['unmasked', 'masked', 'restricted']) {
    const change = { name: NAME, value: `${PLANTED}-${visibility}`, visibility };
    expect((await send(writer, 'POST /configs/config/secrets', { change_requests: [change] })).status).toBe(200);
  }
  for (const change of [
    { name: NAME, value: PLANTED, originalValue: `${PLANTED}-stale` },
    { name: PLANTED, value: PLANTED },
    { name: NAME, value: PLANTED.repeat(2000) },
    { name: NAME, value: { nested: PLANTED } },
    { name: NAME, visibility: PLANTED },
    { name: NAME, valueType: { type: PLANTED } },
    { name: NAME, valueType: PLANTED },
  ]) {
    expect((await send(writer, 'POST /configs/config/secrets', { change_requests: [change] })).status).toBe(400);
  }
  await send(writer, 'GET /configs/config/secrets');
  await send(writer, 'GET /configs/config/secrets/download');
  await send(writer, `GET /configs/config/secret?name=${NAME}`);
  await send(engine.admin, 'GET /configs/config/secrets?project=app&config=dev');
  await send(engine.admin, 'GET /configs/config/secrets/download?project=app&config=dev');
  await send(writer, 'DELETE /configs/config/tokens/token', { token: engine.admin });

  expect(errors.length).toBeGreaterThan(7);
  const audit = await auditRows(engine.store);
  const files = readdirSync(engine.folder).map((file) => readFileSync(join(engine.folder, file)));
  const everywhere = Buffer.concat([Buffer.from(JSON.stringify([errors, audit, engine.logged])), ...files]);
  for (const secret of [PLANTED, writer, engine.admin, writer.split('.').at(-1) ?? '', NAME]) {
    expect([secret.length > 20, everywhere.includes(secret)]).toEqual([true, false]);
  }
});

test('nothing that Phase’s clients write is in the database files or the log but folders and tags', async () => {
  const phase = await startPhaseEngine();
  const secret = { key: NAME, value: PLANTED, comment: `${PLANTED} comment`, path: '/folder' };
  const override = { value: `${PLANTED} override`, isActive: true };
  const request = `POST /v1/secrets/?app_id=${phase.app}&env=dev`;
  const { user: token } = phase.tokens;
  expect((await phase.ask(request, { token, body: { secrets: [{ ...secret, override }] } })).status).toBe(200);
  const refused = await phase.ask(request, { token, body: { secrets: [secret, secret] } });
  expect(refused.status).toBe(409);
  const files = readdirSync(phase.folder).map((file) => readFileSync(join(phase.folder, file)));
  const everywhere = Buffer.concat([Buffer.from(JSON.stringify([refused.text, phase.logged])), ...files]);
  expect([PLANTED, NAME, '/folder'].map((text) => everywhere.includes(text))).toEqual([false, false, true]);
  await phase.close();
});

test('every read of values is in the audit log before its answer', async () => {
  const reader = await engine.token('stg');
  const count = async (action: string) => {
    const rows = await auditRows(engine.store);
    return rows.filter((row) => row.action === action && row.outcome === 'ok').length;
  };
  for (const [action, request] of [
    ['secrets.list', 'GET /configs/config/secrets'],
    ['secrets.get', 'GET /configs/config/secret?name=A'],
    ['secrets.download', 'GET /configs/config/secrets/download'],
  ] as const) {
    const before = await count(action);
    expect((await engine.send(reader, request)).status).toBe(200);
    expect(await count(action)).toBe(before + 1);
  }
});

test('a mistake of ours is answered with a fixed text and logged without its words', async () => {
  const reader = await engine.token('stg');
  engine.minting.integrations.listDynamicSecrets = async () => {
    throw new TypeError(`Cannot read ${PLANTED}`);
  };
  const { status, body } = await engine.send(reader, 'GET /configs/config/dynamic_secrets');
  expect([status, body['success'], String(body['messages'])]).toEqual([500, false, expect.stringContaining('inside')]);
  const line = engine.logged.find((one) => one.includes('request failed')) ?? '';
  expect(line).toContain('planted.test.ts');
  expect(engine.logged.join()).not.toContain(PLANTED);
});
