// The only reader of inputs: from what the workflow wrote to one frozen object, or to every problem at once.
import type { Backend } from '#client/client.js';
import { AppError, asAppError } from '#core/errors.js';
import { DEFAULT_TTL_SEC } from '#core/ttl.js';
import type { Runner } from '../runner.ts';
import type { Delivering } from './delivery.ts';
import type { DropIn } from './drop-in.ts';
import type { Leasing } from './leasing.ts';
import type { Network } from './network.ts';
import * as places from './place.ts';
import type { OnRevokeFailure, Rules } from './rules.ts';
import { flag } from './scalars.ts';
import type { Selecting } from './selecting.ts';
import { type Attempt, type Given, INPUT_DEFAULTS, type InputName, SUBJECTS, type Subject } from './table.ts';

export type Inputs = Selecting &
  Delivering &
  Rules & {
    readonly backend: Backend;
    /** Without a final slash and without `/v3`. */
    readonly apiUrl: string;
    readonly credential: places.Credential;
    /** At least one. */
    readonly places: readonly places.Place[];
    readonly leasing: Leasing;
    readonly exportEnv: boolean;
    readonly network: Network;
    /** Whether the names of Doppler's own action were used: its behaviour holds for what is null, denied or managed. */
    readonly dropIn: boolean;
  };

/** What post reads again; what cannot be used is as good as absent. */
export type RevokeInputs = {
  readonly backend: Backend | undefined;
  readonly credential: places.Credential | undefined;
  readonly apiUrl: string | undefined;
  readonly network: Network | undefined;
  readonly onRevokeFailure: OnRevokeFailure;
};

const NO_CREDENTIAL: places.Credential = { identity: '', audience: undefined };
/** What the defaults in the table say, for subjects that a workflow does not use. */
const UNUSED = {
  selecting: { selection: undefined, rename: (name: string) => name },
  delivering: { file: undefined, run: undefined },
  leasing: {
    dynamic: [],
    ttlSec: DEFAULT_TTL_SEC,
    renew: false,
    renewForSec: 6 * 3600,
    waitUsable: true,
    allowedAccountIds: [],
  },
  rules: { require: [], allowNames: [], maskMinLength: 4, onRevokeFailure: 'warn', timeoutMs: 60_000, dryRun: false },
  network: { proxy: undefined, caCertificate: undefined, client: undefined, allowInsecureHttp: false },
} as const satisfies {
  selecting: Selecting;
  delivering: Delivering;
  leasing: Leasing;
  rules: Omit<Rules, 'overwrite'>;
  network: Network;
};

/**
 * Reads and checks them all.
 * @throws AppError ERR_CONFIG_INVALID with every problem in `details`
 */
export async function readInputs(runner: Runner): Promise<Inputs> {
  const problems: string[] = [];
  const attempt: Attempt = (read, otherwise) => {
    try {
      return read();
    } catch (error) {
      problems.push(asAppError(error).line);
      return otherwise;
    }
  };
  const { uses } = wordsOf(runner);
  const { active: dropIn, given } = await aliases(runner, attempt);
  const network = uses('network') ? (await import('./network.ts')).readNetwork(given, attempt) : UNUSED.network;
  const backend = attempt(() => places.readBackend(given), 'doppler');
  const apiUrl = attempt(() => places.readApiUrl(given, backend, network.allowInsecureHttp), '');
  const phase = backend === 'phase' ? await import('./phase.ts') : undefined;
  attempt(() => phase?.refuseForeign(given, { apiUrl, dropIn }), undefined);
  const inputs: Inputs = {
    backend,
    apiUrl,
    credential: attempt(() => places.readCredential(given, apiUrl, dropIn), NO_CREDENTIAL),
    places: attempt(() => (phase ? phase.readPlaces(given) : places.readPlaces(given)), []),
    ...(uses('selection')
      ? (await import('./selecting.ts')).readSelecting(given, attempt, phase ? 'ordinary' : dropIn ? 'kept' : 'refused')
      : UNUSED.selecting),
    leasing: uses('leasing')
      ? (await import('./leasing.ts')).readLeasing(given, attempt, phase?.parsePhaseAsk)
      : UNUSED.leasing,
    exportEnv: attempt(() => flag('export-env', given('export-env')), false),
    ...(uses('delivery') ? (await import('./delivery.ts')).readDelivering(given, attempt) : UNUSED.delivering),
    ...(uses('rules')
      ? (await import('./rules.ts')).readRules(given, attempt, dropIn)
      : { ...UNUSED.rules, overwrite: dropIn }),
    network,
    dropIn,
  };
  if (inputs.run && inputs.exportEnv) {
    problems.push('run gives values to one child alone, export-env to every later step: choose one.');
  }
  if (problems.length > 0) {
    throw new AppError('ERR_CONFIG_INVALID', 'The inputs of this step cannot be used.', { details: problems });
  }
  return Object.freeze(inputs);
}

/** What cannot be used is left out. */
const forgiving: Attempt = (read, otherwise) => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** What cannot be used is an error at once. */
export const strict: Attempt = (read) => read();

/**
 * What post needs of them: they are evaluated again, so they may differ from what main saw. `known`: the backend where
 * there is no input for it.
 */
export async function readRevokeInputs(runner: Runner, known?: Backend, attempt = forgiving): Promise<RevokeInputs> {
  const { active, given } = await aliases(runner, attempt);
  const rules = wordsOf(runner).uses('rules') ? await import('./rules.ts') : undefined;
  const network = await wholeNetwork(runner, given, attempt);
  const backend = known ?? attempt(() => places.readBackend(given), undefined);
  const apiUrl =
    backend && attempt(() => places.readApiUrl(given, backend, network?.allowInsecureHttp ?? false), undefined);
  return {
    backend,
    credential: attempt(() => places.readCredential(given, apiUrl ?? '', active), undefined),
    apiUrl,
    network,
    onRevokeFailure: attempt(() => rules?.readOnRevokeFailure(given), undefined) ?? UNUSED.rules.onRevokeFailure,
  };
}

/** All of it, or nothing: half of what main had would lead elsewhere. */
async function wholeNetwork(runner: Runner, given: Given, attempt: Attempt): Promise<Network | undefined> {
  if (!wordsOf(runner).uses('network')) return UNUSED.network;
  const { readNetwork } = await import('./network.ts');
  return attempt(() => readNetwork(given, strict), undefined);
}

function wordsOf(runner: Runner) {
  const input = (name: InputName) => runner.input(name);
  const uses = (subject: Subject) =>
    SUBJECTS[subject].some((name) => !['', INPUT_DEFAULTS[name]].includes(input(name)));
  return { input, uses };
}

async function aliases(runner: Runner, attempt: Attempt): Promise<DropIn> {
  const { input, uses } = wordsOf(runner);
  if (uses('dropIn')) return (await import('./drop-in.ts')).readDropIn(input, attempt);
  return { active: false, given: (name) => input(name) || INPUT_DEFAULTS[name] };
}
