// Sending a request that makes a credential: again only where that cannot leave a second one behind (design.md §4).
import { type Http, type HttpRequest, didNothing, isOfEngine, mayPass } from './http.ts';
import type { Outcome } from './send.ts';

export type Minting = {
  /** The request; `replace` says that an earlier one may have leased, and what it leased is to be ended. */
  readonly build: (replace: boolean) => HttpRequest;
  /** Only towards an engine, which knows the request again by its key. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
};

/** The last outcome, and whether a lease may be there of which we know nothing. */
export async function sendMinting(http: Http, minting: Minting): Promise<{ outcome: Outcome; inDoubt: boolean }> {
  let inDoubt = false;
  /** An earlier request may have used the key, whatever became of it. */
  let isUsed = false;
  const next = (outcome: Outcome): HttpRequest | undefined => {
    if (mayHaveBegun(outcome)) {
      isUsed = true;
      // Our engine takes back what it began before it answers with an error: only an answer that is lost, or not its, is a doubt.
      if ('failure' in outcome || !isOfEngine(outcome.answer)) inDoubt = true;
    }
    if (!mayPass(outcome)) return undefined;
    if (didNothing(outcome)) return minting.build(isUsed);
    return minting.repeatable ? minting.build(true) : undefined;
  };
  const outcome = await http.exchange(minting.build(false), next, minting.signal);
  return { outcome, inDoubt };
}

/** Whether the far side may have begun a lease and we were not given it. */
function mayHaveBegun(outcome: Outcome): boolean {
  return 'failure' in outcome ? !didNothing(outcome) : outcome.answer.status >= 500;
}
