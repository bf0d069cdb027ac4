// A Runner that keeps everything it is told, in order, and a clock that never sleeps.
import type { Processes } from '#action/processes.js';
import type { Runner } from '#action/runner.js';
import type { Clock } from '#core/clock.js';

export class MemoryRunner implements Runner {
  /** Every call with an effect, in order: `mask`, `state`, `deliver`, `summary`, `info`, `notice`, `warning`, `error`. */
  readonly calls: { what: string; text: string }[] = [];
  readonly masks: string[] = [];
  readonly states = new Map<string, string>();
  outputs = new Map<string, string>();
  variables = new Map<string, string>();
  failed = false;
  platform = 'linux';
  isHeard = true;

  readonly inputs: Record<string, string>;
  readonly env: Record<string, string>;

  constructor(inputs: Record<string, string>, env: Record<string, string> = {}) {
    this.inputs = inputs;
    this.env = env;
  }

  input(name: string): string {
    return (this.inputs[name] ?? '').trim();
  }
  state(name: string): string {
    return this.states.get(name) ?? '';
  }
  variable(name: string): string | undefined {
    return this.env[name];
  }
  mask(values: readonly string[]): void {
    this.masks.push(...values);
    this.#note('mask', values.join('\n'));
  }
  saveState(name: string, value: string): void {
    this.states.set(name, value);
    this.#note('state', value);
  }
  deliver(outputs: ReadonlyMap<string, string>, variables: ReadonlyMap<string, string>): void {
    this.outputs = new Map(outputs);
    this.variables = new Map(variables);
    this.#note('deliver', [...outputs.keys()].join(','));
  }
  summarize(markdown: string): void {
    this.#note('summary', markdown);
  }
  info(text: string): void {
    this.#note('info', text);
  }
  notice(text: string): void {
    this.#note('notice', text);
  }
  warning(text: string): void {
    this.#note('warning', text);
  }
  fail(text: string): void {
    this.failed = true;
    this.#note('error', text);
  }

  /** The texts of one kind of call. */
  said(what: string): string[] {
    return this.calls.filter((call) => call.what === what).map((call) => call.text);
  }

  #note(what: string, text: string): void {
    this.calls.push({ what, text });
  }
}

/** Time that moves only when somebody sleeps. */
export class FakeClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  readonly slept: number[] = [];

  now(): number {
    return this.time;
  }
  monotonic(): number {
    return this.time;
  }
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.time += ms;
  }
}

/** A machine on which no worker can be told and nothing starts. */
export const noProcesses: Processes = {
  self: () => ({ pid: 2, startedAt: '' }),
  worker: () => undefined,
  isAlive: () => false,
  startDetached: async () => undefined,
  stop: () => {},
};
