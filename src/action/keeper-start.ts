// Starting the keeper: only for leases that can be renewed, and only where the end of the job can be told for certain.
import { readFileSync } from 'node:fs';
import type { Network } from '#client/network.js';
import { engineBase } from '#client/phase-address.js';
import { type Renew, renewWith } from '#client/renewal.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Inputs } from './inputs/inputs.ts';
import { writeBrief } from './keeper-brief.ts';
import type { IssuedHere, LeaseRun, LeasingTools } from './lease-run.ts';
import type { Runner } from './runner.ts';

type Job = {
  readonly inputs: Inputs;
  readonly network: Network;
  readonly run: LeaseRun;
  /** Those of the run that nothing else renews. */
  readonly leases: readonly IssuedHere[];
};

const RENEW_MS = 10_000;
const NOTHING = () => {};

/**
 * Renews every lease once, which shows what can be renewed, and leaves the rest to a process that outlives this step.
 * Never rejects: what is not kept ends at its ttl, and a notice says so. Returns how to stop what was started.
 */
export async function startKeeper(tools: LeasingTools, { inputs, network, run, leases }: Job): Promise<() => void> {
  const { runner, wire, stop, keeperScript } = tools;
  const { renewKey } = run;
  const isPhase = inputs.backend === 'phase';
  // Phase itself prolongs the entry, and ends the credential when it would have ended before (contracts/phase.md 3.6).
  const cannot = isPhase ? 'Phase does not keep a credential for longer' : 'this API cannot renew leases';
  if (!renewKey) return unkept(runner, leases, cannot);
  const processes = await tools.openProcesses();
  const worker = processes.worker();
  if (!worker)
    return unkept(runner, leases, 'here it cannot be told when the job ends (that takes Linux and no job container)');
  const far = { apiUrl: isPhase ? engineBase(inputs.apiUrl) : inputs.apiUrl, network };
  const renewable = await tryAll(
    runner,
    renewWith({ ...wire, ...far, renewKey, budgetMs: RENEW_MS, signal: stop }),
    run,
    leases,
  );
  if (renewable.length === 0 || stop.aborted) return NOTHING;
  const until = wire.clock.now() + inputs.leasing.renewForSec * 1000;
  const kept = renewable.map(({ id, ttlSec, expiresAt }) => ({ id, ttlSec, expiresAt }));
  const brief = writeBrief({ ...far, network: withExtraCa(runner, network), renewKey, leases: kept, until, worker });
  const trackingId = runner.variable('RUNNER_TRACKING_ID');
  // The runner ends what carries this id when the job is over, should everything else fail.
  const env = trackingId === undefined ? {} : { RUNNER_TRACKING_ID: trackingId };
  const keeper = await processes.startDetached(keeperScript, env, brief);
  if (!keeper) return unkept(runner, renewable, 'the process that renews them did not start');
  run.renewed(renewable, keeper);
  return () => processes.stop(keeper);
}

/** Those that can go on; their new ends are noted. */
async function tryAll(
  runner: Runner,
  renew: Renew,
  run: LeaseRun,
  leases: readonly IssuedHere[],
): Promise<IssuedHere[]> {
  const tried = await Promise.all(
    leases.map(async (lease) => {
      try {
        const { expiresAt, capped } = await renew(lease);
        return { lease: run.moved(lease, expiresAt), goesOn: !capped };
      } catch (error) {
        const isKind = error instanceof AppError && error.code === 'ERR_CONFLICT';
        if (isKind) unkept(runner, [lease], 'its kind cannot be renewed');
        return { lease, goesOn: !isKind };
      }
    }),
  );
  return tried.filter(({ goesOn }) => goesOn).map(({ lease }) => lease);
}

function unkept(runner: Runner, leases: readonly IssuedHere[], why: string): () => void {
  for (const { dynamic, expiresAt } of leases) {
    runner.notice(`The lease of ${dynamic} is not renewed: ${why}. It ends at ${iso(expiresAt)}.`);
  }
  return NOTHING;
}

/** The keeper's environment is empty, so what Node read from a file for us is told. */
function withExtraCa(runner: Runner, network: Network): Network {
  const path = runner.variable('NODE_EXTRA_CA_CERTS');
  if (!path) return network;
  try {
    return { ...network, ca: [network.ca ?? '', readFileSync(path, 'utf8')].join('\n') };
  } catch {
    return network;
  }
}
