// The store operation that remembers when configs were first and last fetched, many at once and behind the requests.
import { run, type WriteOperation } from '../operation.ts';

export type FetchRow = { configId: string; environmentId: string; first: number; last: number };

const noteFetches: WriteOperation<{ fetches: readonly FetchRow[] }, void> = function* (_context, { fetches }) {
  for (const { configId, environmentId, first, last } of fetches) {
    yield* run(
      `update configs set
       initial_fetch_at = case when initial_fetch_at is null or initial_fetch_at > $2 then $2 else initial_fetch_at end,
       last_fetch_at = case when last_fetch_at is null or last_fetch_at < $3 then $3 else last_fetch_at end
       where id = $1`,
      configId,
      first,
      last,
    );
    yield* run(
      `update environments set initial_fetch_at = $2
       where id = $1 and (initial_fetch_at is null or initial_fetch_at > $2)`,
      environmentId,
      first,
    );
  }
};

export const fetchWrites = { noteFetches };
