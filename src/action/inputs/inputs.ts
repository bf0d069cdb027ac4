// The only reader of inputs: from what the workflow wrote to one frozen object, or to every problem at once.
import { AppError, asAppError } from '#core/errors.js';
import { type NameTransformer, NAME_TRANSFORMERS } from '#formats/transform.js';
import type { Runner } from '../runner.ts';
import { type FileInput, type RunInput, readFileInput, readRunInput } from './delivery.ts';
import { readDropIn } from './drop-in.ts';
import { type Leasing, type OnRevokeFailure, leasingReaders, parseDynamic, readOnRevokeFailure } from './leasing.ts';
import { type Network, networkReaders } from './network.ts';
import * as places from './place.ts';
import { NAME, choice, flag, names, problem, seconds, whole } from './scalars.ts';
import { type Selection, parseSelection } from './selection.ts';
import { type Given, INPUT_DEFAULTS, type InputName, UNSERVED } from './table.ts';

export type Inputs = {
  readonly backend: places.Backend;
  /** Without a final slash and without `/v3`. */
  readonly apiUrl: string;
  readonly credential: places.Credential;
  /** At least one. */
  readonly places: readonly places.Place[];
  readonly selection: Selection;
  /** For static secrets; neither touches a name that a line of `secrets` gives. */
  readonly prefix: string;
  readonly nameTransform: NameTransformer | undefined;
  readonly leasing: Leasing;
  readonly exportEnv: boolean;
  readonly file: FileInput | undefined;
  /** With it, values reach that child alone: no outputs, no variables. */
  readonly run: RunInput | undefined;
  readonly require: readonly string[];
  readonly allowNames: readonly string[];
  /** Whether a variable that the job already has may get another value. */
  readonly overwrite: boolean;
  readonly maskMinLength: number;
  readonly onRevokeFailure: OnRevokeFailure;
  readonly timeoutMs: number;
  readonly dryRun: boolean;
  readonly network: Network;
  /** Whether the names of Doppler's own action were used: its behaviour holds for what is null, denied or managed. */
  readonly dropIn: boolean;
};

/** What post reads again; what cannot be used is as good as absent. */
export type RevokeInputs = {
  readonly credential: places.Credential | undefined;
  readonly apiUrl: string | undefined;
  readonly network: Network | undefined;
  readonly onRevokeFailure: OnRevokeFailure;
};

/**
 * Reads and checks them all.
 * @throws AppError ERR_CONFIG_INVALID with every problem in `details`
 */
export function readInputs(runner: Runner): Inputs {
  const problems: string[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      problems.push(asAppError(error).line);
      return otherwise;
    }
  };
  const input = (name: InputName) => runner.input(name);
  const nothing = { active: false, problems: [], given: plain(input) };
  const { active: dropIn, given, problems: aliases } = attempt(() => readDropIn(input), nothing);
  problems.push(...aliases, ...unserved(input));
  const leasing = readAll(leasingReaders, given, attempt, NO_LEASING);
  const network = readAll(networkReaders, given, attempt, NO_NETWORK);
  const backend = attempt(() => places.readBackend(given), 'doppler');
  const apiUrl = attempt(() => readApiUrl(given, backend, network.allowInsecureHttp), '');
  const inputs: Inputs = {
    backend,
    apiUrl,
    credential: attempt(() => places.readCredential(given, apiUrl, dropIn), NO_CREDENTIAL),
    places: attempt(() => places.readPlaces(given, backend), []),
    selection: attempt(() => parseSelection(given('secrets'), dropIn ? 'allowed' : 'refused'), []),
    prefix: attempt(() => readPrefix(given('prefix')), ''),
    nameTransform: attempt(() => readTransform(given('name-transform')), undefined),
    leasing: { ...leasing, dynamic: attempt(() => parseDynamic(given('dynamic'), leasing.ttlSec), []) },
    exportEnv: attempt(() => flag('export-env', given('export-env')), false),
    file: attempt(() => readFileInput(given), undefined),
    run: attempt(() => readRunInput(given), undefined),
    require: attempt(() => names('require', given('require')), []),
    allowNames: attempt(() => names('allow-names', given('allow-names')), []),
    overwrite: attempt(() => flag('overwrite', given('overwrite') || String(dropIn)), false),
    maskMinLength: attempt(() => whole('mask-min-length', given('mask-min-length'), 32), 0),
    onRevokeFailure: attempt(() => readOnRevokeFailure(given), 'warn'),
    timeoutMs: attempt(() => seconds('timeout', given('timeout'), '1h') * 1000, 0),
    dryRun: attempt(() => flag('dry-run', given('dry-run')), false),
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

/** What post needs of them: they are evaluated again, so they may differ from what main saw. */
export function readRevokeInputs(runner: Runner): RevokeInputs {
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const input = (name: InputName) => runner.input(name);
  const { active, given } = attempt(() => readDropIn(input)) ?? { active: false, given: plain(input) };
  const backend = attempt(() => places.readBackend(given)) ?? 'doppler';
  const insecure = attempt(() => networkReaders.allowInsecureHttp(given)) ?? false;
  const apiUrl = attempt(() => readApiUrl(given, backend, insecure));
  return {
    credential: attempt(() => places.readCredential(given, apiUrl ?? '', active)),
    apiUrl,
    network: attempt(() => ({
      proxy: networkReaders.proxy(given),
      caCertificate: networkReaders.caCertificate(given),
      client: networkReaders.client(given),
      allowInsecureHttp: insecure,
    })),
    onRevokeFailure: attempt(() => readOnRevokeFailure(given)) ?? 'warn',
  };
}

const NO_CREDENTIAL: places.Credential = { identity: '', audience: undefined };
const NO_LEASING: Omit<Leasing, 'dynamic'> = {
  ttlSec: 0,
  renew: false,
  renewForSec: 0,
  waitUsable: false,
  allowedAccountIds: [],
};
const NO_NETWORK: Network = {
  proxy: undefined,
  caCertificate: undefined,
  client: undefined,
  allowInsecureHttp: false,
};

/** One attempt for each reader. */
function readAll<T extends object>(
  readers: { readonly [K in keyof T]: (given: Given) => T[K] },
  given: Given,
  attempt: <V>(read: () => V, otherwise: V) => V,
  otherwise: T,
): T {
  const found = { ...otherwise };
  for (const key of Object.keys(readers) as (keyof T)[])
    found[key] = attempt(() => readers[key](given), otherwise[key]);
  return found;
}

function plain(input: (name: InputName) => string): Given {
  return (name) => input(name) || INPUT_DEFAULTS[name];
}

function unserved(input: (name: InputName) => string): string[] {
  const asked = UNSERVED.filter((name) => input(name) !== '' && input(name) !== INPUT_DEFAULTS[name]);
  return asked.map((name) => `${name} is not served yet.`);
}

function readApiUrl(given: Given, backend: places.Backend, allowInsecureHttp: boolean): string {
  return places.readApiUrl(given('api-url') || places.BACKENDS[backend].apiUrl, allowInsecureHttp);
}

function readPrefix(text: string): string {
  if (text !== '' && !NAME.test(text))
    throw problem('prefix cannot begin a name: use letters, digits and underscores.');
  return text;
}

function readTransform(text: string): NameTransformer | undefined {
  return text === '' ? undefined : choice('name-transform', text, NAME_TRANSFORMERS);
}
