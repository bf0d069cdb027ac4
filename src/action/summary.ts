// Pure: the job summary in markdown, one table of what was delivered or would be; names and times, never a value.
import { iso } from '#core/clock.js';
import { formatTtl } from '#core/ttl.js';
import type { Inputs } from './inputs/inputs.ts';
import type { WantedLease } from './lease-plan.ts';
import type { Delivery } from './naming.ts';

/** The runner uploads nothing of a summary over 1 MiB (contracts/runner.md 2.3). */
const MAX_BYTES = 1_000_000;
/** How long a job may run when its workflow says nothing: 360 minutes. */
const JOB_LIMIT_SEC = 6 * 3600;

/** What a step delivered, as of `now`. */
export function loadSummary(inputs: Inputs, deliveries: readonly Delivery[], now: number): string {
  const how = ways(inputs);
  const rows = deliveries.map((one) => row([...cells(one, how), one.expiresAt ? iso(one.expiresAt) : '']));
  const ends = deliveries.flatMap(({ expiresAt }) => expiresAt ?? []);
  return page('Secrets of this job', rows, ends.length === 0 ? '' : endNote(Math.min(...ends), now, inputs));
}

/** What a dry run would deliver and lease; the fields of a lease are known only once it is there. */
export function dryRunSummary(inputs: Inputs, fixed: readonly Delivery[], leases: readonly WantedLease[]): string {
  const how = ways(inputs);
  const rows = fixed.map((one) => row([...cells(one, how), '']));
  const leased = leases.map(({ dynamic, ttlSec }) =>
    row(['', code(`lease of ${dynamic}`), 'masked', how, `after ${formatTtl(ttlSec)}`]),
  );
  return page('Secrets of this job, dry run: nothing was delivered or leased', [...rows, ...leased], '');
}

/** How the leases of a step ended, in the words of its log. */
export function revokeSummary(line: string): string {
  return `**Leases of this step:** ${line}\n`;
}

/** How values reach the job. */
export function ways({ exportEnv, file, run }: Pick<Inputs, 'exportEnv' | 'file' | 'run'>): string {
  const found = [run ? 'script' : 'output', ...(exportEnv ? ['variable'] : []), ...(file ? ['file'] : [])];
  return found.join(', ');
}

function page(title: string, rows: readonly string[], note: string): string {
  const head = `### ${title}\n\n| Name | Source | Visibility | Delivered as | Lease ends |\n|---|---|---|---|---|\n`;
  const tail = note === '' ? '' : `\n${note}\n`;
  const fitting = countFitting(rows, MAX_BYTES - Buffer.byteLength(head + tail) - 100);
  const more = rows.length - fitting;
  return `${head}${rows.slice(0, fitting).join('')}${more > 0 ? `\nAnd ${more} more.\n` : ''}${tail}`;
}

function countFitting(rows: readonly string[], room: number): number {
  let left = room;
  const over = rows.findIndex((one) => (left -= Buffer.byteLength(one)) < 0);
  return over < 0 ? rows.length : over;
}

function cells({ name, source, visibility }: Delivery, how: string): string[] {
  return [code(name), code(source), visibility, how];
}

/** Nobody tells an action when its job must end, so what may end before it is said. */
function endNote(first: number, now: number, { leasing }: Inputs): string {
  const lives = leasing.renew ? leasing.renewForSec : Math.max(0, Math.floor((first - now) / 1000));
  if (lives >= JOB_LIMIT_SEC) return '';
  const until = leasing.renew ? `Renewing stops after ${formatTtl(lives)}` : `The first lease ends at ${iso(first)}`;
  return `${until}, and a job may run for ${formatTtl(JOB_LIMIT_SEC)} unless \`timeout-minutes\` says less. Steps after that find it ended: lease for longer with \`ttl\`, or set \`renew\` where the kind allows it.`;
}

function row(all: readonly string[]): string {
  return `| ${all.join(' | ')} |\n`;
}

/** A code span where nothing in the text could end it or its cell; elsewhere entities, which are never markup. */
function code(text: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_ ./:-]*$/.test(text)) return `\`${text}\``;
  return text.replace(/[^A-Za-z0-9 ,()-]/gu, (one) => `&#${one.codePointAt(0)};`);
}
