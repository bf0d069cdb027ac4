// The leases of one job from main's side: taken, checked, kept alive, and undone when anything after them fails.
import type { Connect, SecretsClient } from '#client/client.js';
import type { Wire } from '#client/http.js';
import type { Network } from '#client/network.js';
import type { LeaseHandle } from '#core/lease-handle.js';
import type { Sensitive } from '#core/sensitive.js';
import { checkAws } from './aws.ts';
import type { Outcome } from './inject.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { WantedLease } from './lease-plan.ts';
import { LeaseRun } from './lease-run.ts';
import type { Delivery } from './naming.ts';
import type { Processes } from './processes.ts';
import type { Runner } from './runner.ts';
import type { PlaceRead } from './static-read.ts';

export type LeasingTools = {
  readonly runner: Runner;
  readonly connect: Connect;
  readonly wire: Wire;
  /** Aborts when the job is cancelled. */
  readonly stop: AbortSignal;
  readonly newHandle: () => LeaseHandle;
  readonly openProcesses: () => Promise<Processes>;
  /** Path of the keeper's bundle. */
  readonly keeperScript: string;
};

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

  /** Writes the handoff down: from here on post can end whatever gets leased. */
  constructor(tools: LeasingTools, job: LeaseJob) {
    this.#tools = tools;
    this.#job = job;
    const { inputs, network, reads, leases } = job;
    const engine = reads.every(({ read }) => read.engine !== undefined);
    const { runner, wire, stop } = tools;
    const plan = { inputs, network, leases, handle: tools.newHandle(), engine };
    this.#run = new LeaseRun({ runner, clock: wire.clock, stop }, plan);
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
    const { startKeeper } = await import('./keeper-start.ts');
    this.#stopKeeper = await startKeeper(this.#tools, { inputs, network, run: this.#run });
  }

  get outcome(): Outcome {
    return { leaseIds: this.#run.leaseIds, expiresAt: this.#run.expiresAt };
  }

  /** Ends them all, since nothing was delivered; a sentence on how that went, empty when nothing was leased. */
  async undo(): Promise<string> {
    const { inputs, network, token } = this.#job;
    const { connect, stop } = this.#tools;
    this.#stopKeeper();
    const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
    return this.#run.rollBack(connect({ apiUrl: inputs.apiUrl, network, token, budgetMs }));
  }
}
