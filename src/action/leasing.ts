// The leases of one job from main's side: taken, checked, kept alive, and undone when anything after them fails.
import type { SecretsClient } from '#client/client.js';
import type { Network } from '#client/network.js';
import type { Sensitive } from '#core/sensitive.js';
import { checkAws } from './aws.ts';
import type { Outcome } from './inject.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { WantedLease } from './lease-plan.ts';
import { LeaseRun, type LeasingTools } from './lease-run.ts';
import type { Delivery } from './naming.ts';
import type { PlaceRead } from './static-read.ts';
import type { RenewingProfile } from './credentials/plan.ts';

/** Beside the leases, so that main loads both at once. */
export { planLeases } from './lease-plan.ts';

export type LeaseJob = {
  readonly inputs: Inputs;
  readonly network: Network;
  readonly token: Sensitive;
  readonly reads: readonly PlaceRead[];
  readonly leases: readonly WantedLease[];
};

/** For ending leases after a failure: within the 7 s that a cancelled step has, grace for a late answer included. */
const ROLLBACK_MS = 5_000;
const CANCELLED_ROLLBACK_MS = 2_500;

export class JobLeases {
  readonly #tools: LeasingTools;
  readonly #job: LeaseJob;
  readonly #run: LeaseRun;
  #stopKeeper: () => void = () => {};
  #renewing: readonly RenewingProfile[] = [];

  /** Writes the handoff down: from here on post can end whatever gets leased. */
  constructor(tools: LeasingTools, job: LeaseJob) {
    this.#tools = tools;
    this.#job = job;
    const { inputs, network, reads, leases } = job;
    const engine = reads.every(({ read }) => read.engine !== undefined);
    this.#run = new LeaseRun(tools, { inputs, network, leases, handle: tools.newHandle(), engine });
  }

  /** @throws AppError when one of them fails, after all of them have settled */
  async issue(client: SecretsClient): Promise<Delivery[]> {
    return this.#run.issueAll(client);
  }

  /**
   * Makes sure of them before they are handed over: whose they are, that they work, that they live on.
   * @throws AppError when they may not be handed over
   */
  async settle(): Promise<void> {
    const { inputs, network } = this.#job;
    await checkAws(this.#tools, this.#run.issued, { ...inputs.leasing, network });
    if (!inputs.leasing.renew || this.#tools.stop.aborted) return;
    const { runner, wire } = this.#tools;
    const [{ startKeeper }, { renewingProfiles }] = await Promise.all([
      import('./keeper-start.ts'),
      import('./credentials/plan.ts'),
    ]);
    const { issued, setId } = this.#run;
    this.#renewing = renewingProfiles({ runner, inputs, network, setId, leases: issued, now: wire.clock.now() });
    const byProfile = new Set(this.#renewing.map(({ leaseId }) => leaseId));
    const leases = issued.filter(({ id }) => !byProfile.has(id));
    if (byProfile.size > 0) this.#run.renewed(issued.filter(({ id }) => byProfile.has(id)));
    if (leases.length === 0) return;
    this.#stopKeeper = await startKeeper(this.#tools, { inputs, network, run: this.#run, leases });
  }

  /** Those that renew themselves by the file; after `settle`. */
  get renewing(): readonly RenewingProfile[] {
    return this.#renewing;
  }

  get outcome(): Outcome {
    return { leaseIds: this.#run.leaseIds, expiresAt: this.#run.expiresAt };
  }

  /** Ends them all, by default since nothing was delivered; a sentence on how that went, empty when nothing was leased. */
  async undo(what = 'Leases rolled back'): Promise<string> {
    const { inputs, network, token } = this.#job;
    const { connect, stop } = this.#tools;
    this.#stopKeeper();
    const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
    const { backend, apiUrl } = inputs;
    return this.#run.end(connect({ backend, apiUrl, network, token, budgetMs }), what);
  }
}
