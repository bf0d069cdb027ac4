// The audit log is whole or says where it is not; and where it cannot be written, nothing is revealed.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { verifyAudit, parseHead } from '#engine/audit/verify.js';
import { closeOldSegments, signSegment } from '#engine/audit/segments.js';
import { headText } from '#engine/storage/operations/audit-upkeep.js';
import type { Store } from '#engine/storage/store.js';
import { startTestEngine } from '../../support/engine.ts';
import { openTestStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temp.ts';

const KEY = new Uint8Array(32).fill(7);
const event = (at: number) => ({ at, actor: 'engine', action: 'test', target: 'engine', outcome: 'ok' as const });

/** A store that two processes have written to, one after the other, on two chains each, with their heads noted at the end. */
async function twoLives(): Promise<string> {
  const folder = temporaryFolder();
  for (const life of [1, 2]) {
    const store = await openTestStore(folder);
    for (let n = 0; n < 5; n++) await store.write.recordAudit({ events: [event(life * 1000 + n)] });
    await store.write.linkAuditHeads({ at: life * 1000 + 10 });
    await store.close();
  }
  return folder;
}

async function verify(folder: string, heads: readonly string[] = [], before?: (store: Store) => Promise<unknown>) {
  const store = await openTestStore(folder);
  try {
    await before?.(store);
    return await verifyAudit(store, KEY, heads.map(parseHead));
  } finally {
    await store.close();
  }
}

function tamper(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  db.exec(sql);
  db.close();
}

test('a log that nobody touched has no gap, and idle time adds no row', async () => {
  const folder = await twoLives();
  const report = await verify(folder, [], async (store) => {
    await store.write.linkAuditHeads({ at: 3000 });
    expect(await store.write.linkAuditHeads({ at: 3001 })).toEqual([]);
  });
  expect(report).toEqual({ chains: 5, rows: 13, gaps: [] });
});

const FIRST = '(select chain from audit order by at, seq limit 1)';
test.each([
  ['a row that is gone', `delete from audit where chain = ${FIRST} and seq = 3`, /rows 3 to 3 are missing/],
  [
    'a row that says something else',
    `update audit set actor = 'token:x' where chain = ${FIRST} and seq = 2`,
    /altered/,
  ],
  ['a tail that is gone', `delete from audit where chain = ${FIRST} and seq > 2`, /once went on to row 5/],
  ['a chain that is gone', `delete from audit where chain = ${FIRST}`, /once went on to row 5/],
])('%s is named', async (_what, sql, why) => {
  const folder = await twoLives();
  tamper(folder, sql);
  const { gaps } = await verify(folder);
  expect(gaps.map((gap) => gap.why)).toEqual(expect.arrayContaining([expect.stringMatching(why)]));
});

test('a head that was kept in a log tells of a tail that no other chain had noted', async () => {
  const folder = await twoLives();
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  const last = db.prepare('select chain, seq, hash from audit order by at desc, seq desc limit 1').get() as never as {
    chain: string;
    seq: number;
    hash: Uint8Array;
  };
  db.close();
  const head = `${last.chain}:${headText(last)}`;
  expect((await verify(folder, [head])).gaps).toEqual([]);
  tamper(folder, `delete from audit where chain = '${last.chain}' and seq = ${last.seq}`);
  expect((await verify(folder)).gaps).toEqual([]);
  expect((await verify(folder, [head])).gaps).toEqual([expect.objectContaining({ chain: last.chain, seq: last.seq })]);
});

test('a closed segment stands for its rows, and only while its signature is ours', async () => {
  const folder = await twoLives();
  const closed = await verify(folder, [], (store) => closeOldSegments({ store, key: KEY, now: () => 5000 }, 1500));
  expect(closed.gaps).toEqual([]);
  expect(closed.rows).toBe(8);
  expect((await verify(folder)).gaps).toEqual([]);
  tamper(folder, "update audit_segments set signature = x'00'");
  expect((await verify(folder)).gaps.map(({ why }) => why)).toContain(
    'its closed segment is not signed with the audit key',
  );
});

test('of a chain that is cut in its middle the younger rows stay', async () => {
  const folder = await twoLives();
  const cut = await verify(folder, [], (store) => closeOldSegments({ store, key: KEY, now: () => 5000 }, 1003));
  expect(cut.gaps).toEqual([]);
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  const kept = db.prepare('select at from audit where at < 2000 order by at').all();
  db.close();
  expect(kept.map(({ at }) => at)).toEqual([1003, 1004, 1010]);
});

test('a chain that is not what was signed is not closed', async () => {
  const report = await verify(await twoLives(), [], async (store) => {
    const [head] = await store.read.oldAuditEnds({ before: 1500 });
    if (!head) throw new Error('nothing is old');
    const odd = { ...head, hash: new Uint8Array(32) };
    const closing = { head: odd, signature: signSegment(KEY, odd), at: 5000, event: event(5000) };
    expect(await store.write.closeAuditSegment(closing)).toBe(false);
    expect(await store.read.listAuditSegments({})).toEqual([]);
  });
  expect([report.rows, report.gaps]).toEqual([12, []]);
});

test('while the audit log cannot be written nothing is revealed, minted or changed', async () => {
  const engine = await startTestEngine();
  const token = await engine.token('dev', 'read/write');
  await engine.send(token, 'POST /configs/config/secrets', { body: { secrets: { A: 'planted-value' } } });
  tamper(engine.folder, "create trigger no_audit before insert on audit begin select raise(abort, 'no'); end");
  for (const request of [
    'GET /configs/config/secrets',
    'GET /configs/config/secret?name=A',
    'GET /configs/config/secrets/download?format=json',
    'GET /configs/config/secrets/download?format=env',
    'DELETE /configs/config/secret?name=A',
  ]) {
    const refused = await engine.send(token, request);
    expect([request, refused.status >= 400, refused.text.includes('planted')]).toEqual([request, true, false]);
  }
  const made = await engine.send(engine.admin, 'POST /configs/config/tokens', {
    body: { project: 'app', config: 'dev', name: 'more' },
  });
  expect([made.status >= 400, made.text.includes('dp.st.')]).toEqual([true, false]);
  tamper(engine.folder, 'drop trigger no_audit');
  expect((await engine.send(token, 'GET /configs/config/secret?name=A')).text).toContain('planted-value');
  await engine.close();
});

test('heads are noted and logged when the engine stops', async () => {
  const engine = await startTestEngine();
  await engine.engine.stop();
  expect(engine.logged.filter((line) => line.includes('audit head'))).not.toEqual([]);
  await engine.store.close();
});
