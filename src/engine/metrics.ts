// What the engine counts of itself, as text for Prometheus; labels are words of ours, never names of what is stored.
import type { LeaseFigures } from './storage/operations/lease-upkeep.ts';

export type Outcome = 'ok' | 'failed';
export type Figures = { leases: LeaseFigures; now: number; integrationsDown: number; version: string };

/** Seconds. */
const BUCKETS = [0.005, 0.025, 0.1, 0.5, 2.5, 10];
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;

export class Metrics {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #buckets = BUCKETS.map(() => 0);
  #seconds = 0;
  #requests = 0;
  #compared = { unknown: 0, missing: 0 };

  /** `route` is the pattern of the address, not the address. */
  request({ method, route, status, ms }: { method: string; route: string; status: number; ms: number }): void {
    this.#count('secrets_http_requests_total', { method, route, status: String(status) });
    this.#requests += 1;
    this.#seconds += ms / 1000;
    for (const [at, bound] of BUCKETS.entries())
      if (ms / 1000 <= bound) this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
  }

  issued(kind: string, outcome: Outcome): void {
    this.#count('secrets_leases_issued_total', { kind, outcome });
  }

  /** What the last comparison with the targets found. */
  reconciled(found: { unknown: number; missing: number }): void {
    this.#compared = found;
  }

  /** One attempt to end a lease at its target. */
  revoked(kind: string, outcome: Outcome): void {
    this.#count('secrets_lease_revocations_total', { kind, outcome });
  }

  /** Everything, with what the store says of now. */
  render({ leases, now, integrationsDown, version }: Figures): string {
    const { dueSince } = leases;
    const lag = dueSince === undefined ? 0 : Math.max(0, now - dueSince) / 1000;
    return [
      ...family('secrets_engine_info', 'gauge', 'The running version.', [[{ version }, 1]]),
      ...this.#counter('secrets_http_requests_total', 'Answered requests.'),
      ...this.#histogram(),
      ...this.#counter('secrets_leases_issued_total', 'Leases asked for, by how that went.'),
      ...this.#counter('secrets_lease_revocations_total', 'Attempts to end a lease at its target.'),
      ...family(
        'secrets_leases_live',
        'gauge',
        'Leases that are not closed.',
        leases.live.map(({ kind, count }) => [{ kind }, count]),
      ),
      ...family(
        'secrets_leases_failing',
        'gauge',
        'Leases whose revocation fails.',
        leases.failing.map(({ kind, state, count }) => [{ kind, state }, count]),
      ),
      ...family('secrets_credentials_unknown', 'gauge', 'Names of ours at targets that no lease here has.', [
        [{}, this.#compared.unknown],
      ]),
      ...family('secrets_credentials_missing', 'gauge', 'Active leases whose credential the target does not have.', [
        [{}, this.#compared.missing],
      ]),
      ...family('secrets_leases_due', 'gauge', 'Leases that wait to be ended now.', [[{}, leases.due]]),
      ...family('secrets_sweep_lag_seconds', 'gauge', 'How long the longest of them has waited.', [[{}, lag]]),
      ...family('secrets_integrations_down', 'gauge', 'Integrations that get one try at a time.', [
        [{}, integrationsDown],
      ]),
      '',
    ].join('\n');
  }

  #count(name: string, labels: Labels): void {
    const series = this.#counts.get(name) ?? new Map<string, number>();
    const key = labelText(labels);
    series.set(key, (series.get(key) ?? 0) + 1);
    this.#counts.set(name, series);
  }

  #counter(name: string, help: string): string[] {
    const series = [...(this.#counts.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return [...head(name, 'counter', help), ...series.map(([labels, value]) => `${name}${labels} ${value}`)];
  }

  #histogram(): string[] {
    const name = 'secrets_http_request_seconds';
    const bounds = BUCKETS.map((bound, at) => `${name}_bucket{le="${bound}"} ${this.#buckets[at] ?? 0}`);
    return [
      ...head(name, 'histogram', 'Time from request to answer.'),
      ...bounds,
      `${name}_bucket{le="+Inf"} ${this.#requests}`,
      `${name}_sum ${this.#seconds}`,
      `${name}_count ${this.#requests}`,
    ];
  }
}

function family(name: string, type: string, help: string, series: readonly (readonly [Labels, number])[]): string[] {
  return [...head(name, type, help), ...series.map(([labels, value]) => `${name}${labelText(labels)} ${value}`)];
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

/** Values of labels are patterns, kinds and versions of ours: nothing in them needs escaping but to be sure. */
function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/[\\"\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
