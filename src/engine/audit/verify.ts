// Verifying the audit log: every chain row by row, from its closed segment on, and against what others noted of its end.
import { AppError } from '#core/errors.js';
import { auditHash, type AuditRow, type ChainHead, GENESIS } from '../storage/audit-chain.ts';
import { headText } from '../storage/operations/audit-upkeep.ts';
import type { Store } from '../storage/store.ts';
import { isSigned } from './segments.ts';

export type AuditGap = { chain: string; seq: number; why: string };
export type AuditReport = { chains: number; rows: number; gaps: AuditGap[] };
/** A head that was kept outside the store, as the engine logs them. */
export type KnownHead = { chain: string; seq: number; hash: string };

const PAGE = 1000;
const MAX_GAPS = 100;

type Reads = Pick<Store, 'read'>;

/** `chain:seq:hash` in hexadecimal. @throws AppError ERR_REQUEST_INVALID */
export function parseHead(text: string): KnownHead {
  const [, chain = '', seq = '', hash = ''] = /^([\w-]{1,100}):(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (chain !== '') return { chain, seq: Number(seq), hash };
  throw new AppError('ERR_REQUEST_INVALID', `'${text.slice(0, 40)}' is not an audit head.`, {
    hint: 'Copy it from a log line of the engine: chain:seq:hash.',
  });
}

/**
 * Names every place, up to 100, where a row is missing, added or altered; where a chain is shorter than a head says;
 * and where a head is not the row it names. A tail that nobody had noted yet cannot be missed here: keep the log.
 */
export async function verifyAudit(
  store: Reads,
  key: Uint8Array,
  known: readonly KnownHead[] = [],
): Promise<AuditReport> {
  const report: AuditReport = { chains: 0, rows: 0, gaps: [] };
  const starts = await readStarts(store, key, report.gaps);
  const heads = [...known, ...(await readNotes(store))];
  const chains = new Set((await store.read.listAuditChains({})).map(({ chain }) => chain));
  for (const { chain } of heads) chains.add(chain);
  for (const chain of chains) {
    report.chains += 1;
    const wanted = heads.filter((head) => head.chain === chain);
    await walk(store, { key, chain, start: starts.get(chain) ?? GENESIS, wanted }, report);
  }
  report.gaps.length = Math.min(report.gaps.length, MAX_GAPS);
  return report;
}

async function readStarts(store: Reads, key: Uint8Array, gaps: AuditGap[]): Promise<Map<string, ChainHead>> {
  const starts = new Map<string, ChainHead>();
  for (const segment of await store.read.listAuditSegments({})) {
    const { chain, last_seq: seq, last_hash: hash } = segment;
    if (isSigned(key, segment)) starts.set(chain, { seq, hash });
    else gaps.push({ chain, seq, why: 'its closed segment is not signed with the audit key' });
  }
  return starts;
}

async function readNotes(store: Reads): Promise<KnownHead[]> {
  const found: KnownHead[] = [];
  for (let afterRow = 0; ; ) {
    const notes = await store.read.listAuditNotes({ afterRow, limit: PAGE });
    for (const { detail } of notes) {
      for (const [chain, text] of Object.entries(JSON.parse(detail) as Record<string, string>)) {
        const [seq = '', hash = ''] = text.split(':');
        found.push({ chain, seq: Number(seq), hash });
      }
    }
    const last = notes.at(-1);
    if (!last || notes.length < PAGE) return found;
    afterRow = last.row;
  }
}

type Walk = { key: Uint8Array; chain: string; start: ChainHead; wanted: readonly KnownHead[] };

async function walk(store: Reads, { key, chain, start, wanted }: Walk, report: AuditReport): Promise<void> {
  const open = new Map(wanted.filter(({ seq }) => seq > start.seq).map((head) => [head.seq, head]));
  let previous = start;
  for (;;) {
    const rows = await store.read.readAuditChain({ chain, afterSeq: previous.seq, limit: PAGE });
    for (const row of rows) {
      const why = breakOf(key, previous, row) ?? strayHead(open.get(row.seq), row);
      if (why !== undefined) report.gaps.push({ chain, seq: row.seq, why });
      open.delete(row.seq);
      previous = { seq: row.seq, hash: row.hash };
    }
    report.rows += rows.length;
    if (rows.length < PAGE || report.gaps.length >= MAX_GAPS) break;
  }
  const furthest = Math.max(0, ...[...open.keys()].filter((seq) => seq > previous.seq));
  if (furthest > 0)
    report.gaps.push({ chain, seq: previous.seq + 1, why: `the chain once went on to row ${furthest}` });
}

function breakOf(key: Uint8Array, previous: ChainHead, row: AuditRow): string | undefined {
  if (row.seq !== previous.seq + 1) return `rows ${previous.seq + 1} to ${row.seq - 1} are missing`;
  if (Buffer.compare(row.prev_hash, previous.hash) !== 0) return 'it does not follow from the row before it';
  return Buffer.compare(auditHash(key, row), row.hash) === 0 ? undefined : 'it was altered';
}

function strayHead(head: KnownHead | undefined, row: AuditRow): string | undefined {
  const isSame = head === undefined || `${head.seq}:${head.hash}` === headText(row);
  return isSame ? undefined : 'it is not the row that another chain noted here';
}
