// How the benchmarks measure: short rounds of several works in turn, so that what the machine does hits all alike.

/** `budget` is the least that will do, or the most; without one it is for information. */
export type Measure = { metric: string; value: number; budget?: number; isMost?: boolean };

/** Does the work once and says how many times it did it. */
export type Work = () => Promise<number>;

/** Works per second in each round, one list per work, rounds interleaved; the first round only warms up. */
export async function rates<Name extends string>(
  works: Record<Name, Work>,
  { rounds, roundMs }: { rounds: number; roundMs: number },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const rate = await rateOf(works[name], roundMs);
      if (round > 0) found[name].push(rate);
    }
  }
  return found;
}

async function rateOf(work: Work, forMs: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  let now = started;
  while (now - started < forMs) {
    done += await work();
    now = performance.now();
  }
  return (done * 1000) / (now - started);
}

/** The median of the ratios of two works, round by round. */
export function ratio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((rate, round) => rate / (under[round] ?? Number.NaN)));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
