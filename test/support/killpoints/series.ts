// The series of a kind: killed before and after every call, and at every lost answer; each round ends with what must hold.
import type { Operation, RoundResult, Where } from './round.ts';

/** Calls to store and target, before and after each; and answers of the server. They may grow, never shrink. */
export type Floor = { points: number; answers: number };

/** One target with a way to it that is this lane's own, so that rounds can run side by side. */
export type Lane = {
  /** Kills an engine there, has what it left behind healed, and fails where credentials and leases differ. */
  round(operation: Operation, where: Where): Promise<RoundResult>;
};

/** Two idle cores need under 30 s for the longest series. */
const TIMEOUT_MS = 240_000;

export function killSeries(floors: Partial<Record<Operation, Floor>>, lanes: () => readonly Lane[]): void {
  describe.each(Object.entries(floors) as [Operation, Floor][])('%s', (operation, floor) => {
    test(
      'killed before and after every call',
      async () => {
        await killAtCalls(operation, { lanes: lanes(), floor: floor.points });
      },
      TIMEOUT_MS,
    );

    test(
      'killed while an answer is on its way, the effect done',
      async () => {
        await killAtAnswers(operation, { lanes: lanes(), floor: floor.answers });
      },
      TIMEOUT_MS,
    );
  });
}

/**
 * One point in `some`, aloud, where another file kills at every one of the same store; `KILL_POINTS=all` takes them all,
 * as a job of its own.
 */
export function oneIn(some: number, of: string): number {
  if (process.env['KILL_POINTS'] === 'all') return 1;
  process.stderr.write(`!!! killed at one point in ${some} of ${of}; KILL_POINTS=all takes every one !!!\n`);
  return some;
}

export type Series = { lanes: readonly Lane[]; floor: number; every?: number };

/** Counts once, and kills at every call, or at every `every`th. */
export async function killAtCalls(operation: Operation, { lanes, floor, every = 1 }: Series): Promise<void> {
  const { points = 0 } = await told(first(lanes), operation, { killAt: null });
  expect(points).toBeGreaterThanOrEqual(floor);
  await inLanes(lanes, numbers(points, every), async (lane, point) => {
    const result = await told(lane, operation, { killAt: point });
    expect({ point, points: result.points }).toEqual({ point, points: undefined });
  });
}

/** The same at answers of the server. */
export async function killAtAnswers(operation: Operation, { lanes, floor, every = 1 }: Series): Promise<void> {
  const { answers } = await told(first(lanes), operation, {});
  expect(answers).toBeGreaterThanOrEqual(floor);
  await inLanes(lanes, numbers(answers, every), (lane, answer) => told(lane, operation, { holdAnswer: answer }));
}

async function told(lane: Lane, operation: Operation, where: Where): Promise<RoundResult> {
  try {
    return await lane.round(operation, where);
  } catch (error) {
    throw new Error(`${operation} ${JSON.stringify(where)}`, { cause: error });
  }
}

/** `every`, twice that, and so on, up to `count`; with the last one always. */
function numbers(count: number, every: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return all.filter((number) => number % every === 0 || number === count);
}

/** One lane each at a time. */
async function inLanes(
  lanes: readonly Lane[],
  wanted: readonly number[],
  work: (lane: Lane, number: number) => Promise<unknown>,
): Promise<void> {
  const left = [...wanted];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let number = left.shift(); number !== undefined; number = left.shift()) await work(lane, number);
    }),
  );
}

function first(lanes: readonly Lane[]): Lane {
  const [lane] = lanes;
  if (!lane) throw new Error('there is no lane');
  return lane;
}
