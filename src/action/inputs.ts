// The only reader of inputs: from what the workflow wrote to one frozen object, or to every problem at once.
import { isLoopbackHost } from '#core/address.js';
import { AppError, asAppError } from '#core/errors.js';
import { isManagedName } from '#core/names.js';
import { Sensitive } from '#core/sensitive.js';
import { parseTtl } from '#core/ttl.js';
import type { Runner } from './runner.ts';

/** Every input of action.yml, with the value it has when the workflow gives none. */
export const INPUT_DEFAULTS = {
  token: '',
  project: '',
  config: '',
  'api-url': 'https://api.doppler.com',
  secrets: '',
  dynamic: 'false',
  ttl: '30m',
  'export-env': 'false',
  require: '',
  'allow-names': '',
  'mask-min-length': '4',
  timeout: '60s',
} as const;

type InputName = keyof typeof INPUT_DEFAULTS;

export type Inputs = {
  readonly token: Sensitive;
  readonly scope: { readonly project?: string; readonly config?: string };
  /** Without a final slash and without `/v3`. */
  readonly apiUrl: string;
  /** Empty means all. */
  readonly secrets: readonly string[];
  readonly dynamic: readonly string[];
  readonly ttlSec: number;
  readonly exportEnv: boolean;
  readonly require: readonly string[];
  readonly allowNames: readonly string[];
  readonly maskMinLength: number;
  readonly timeoutMs: number;
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
const MAX_TIMEOUT_SEC = 3600;

/**
 * Reads and checks them all.
 * @throws AppError ERR_CONFIG_INVALID with every problem in `details`
 */
export function readInputs(runner: Runner): Inputs {
  const problems: string[] = [];
  const given = (name: InputName) => runner.input(name) || INPUT_DEFAULTS[name];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      problems.push(asAppError(error).line);
      return otherwise;
    }
  };
  const lines = (name: InputName) => attempt(() => names(name, given(name)), []);
  const inputs: Inputs = {
    token: attempt(() => token(given('token')), new Sensitive('')),
    scope: attempt(() => scope(given('project'), given('config')), {}),
    apiUrl: attempt(() => apiUrl(given('api-url')), ''),
    secrets: attempt(() => wanted(names('secrets', given('secrets'))), []),
    dynamic: attempt(() => dynamic(given('dynamic')), []),
    ttlSec: attempt(() => parseTtl(given('ttl')), 0),
    exportEnv: attempt(() => flag('export-env', given('export-env')), false),
    require: lines('require'),
    allowNames: lines('allow-names'),
    maskMinLength: attempt(() => whole('mask-min-length', given('mask-min-length'), 32), 0),
    timeoutMs: attempt(() => timeout(given('timeout')), 0),
  };
  if (problems.length > 0) {
    throw new AppError('ERR_CONFIG_INVALID', 'The inputs of this step cannot be used.', { details: problems });
  }
  return Object.freeze(inputs);
}

export type RevokeInputs = { readonly token: Sensitive | undefined; readonly apiUrl: string | undefined };

/** What post reads again; what cannot be used is as good as absent. */
export function readRevokeInputs(runner: Runner): RevokeInputs {
  try {
    const url = apiUrl(runner.input('api-url') || INPUT_DEFAULTS['api-url']);
    return { token: token(runner.input('token')), apiUrl: url };
  } catch {
    return { token: undefined, apiUrl: undefined };
  }
}

function problem(text: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', text);
}

function token(text: string): Sensitive {
  if (text === '') {
    throw problem('token is empty: give it a secret of this repository; runs for forks and Dependabot have none.');
  }
  if (!/^[\x21-\x7e]{1,4096}$/.test(text)) throw problem('token has characters that no token has: copy it again.');
  return new Sensitive(text);
}

function scope(project: string, config: string): Inputs['scope'] {
  for (const [name, value] of Object.entries({ project, config })) {
    if (!/^[^\u0000-\u0020\u007f/]{0,200}$/.test(value)) throw problem(`${name} is not a name.`);
  }
  if ((project === '') !== (config === '')) throw problem('project and config go together: give both or neither.');
  return project === '' ? {} : { project, config };
}

function apiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw problem('api-url is not an address: write it like https://api.doppler.com.');
  if (url.username !== '' || url.password !== '') throw problem('api-url must not hold a user name or a password.');
  if (url.search !== '' || url.hash !== '') throw problem('api-url must not hold a query or a fragment.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    throw problem('api-url must start with https:// (http:// is for loopback only).');
  }
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
}

/** One name a line, or several between commas. */
function names(input: InputName, text: string): string[] {
  const found = text
    .split(/[\r\n,]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const odd = found.filter((one) => !NAME.test(one));
  if (odd.length > 0) {
    throw problem(
      `${input} takes one name a line; not a name: ${odd.map((one) => `'${one.slice(0, 60)}'`).join(', ')}.`,
    );
  }
  return [...new Set(found)];
}

function wanted(found: string[]): string[] {
  const managed = found.filter((name) => isManagedName(name));
  if (managed.length > 0)
    throw problem(`secrets: ${managed.join(', ')} cannot be asked for: they only name the config.`);
  return found;
}

function dynamic(text: string): string[] {
  if (text.toLowerCase() === 'false') return [];
  if (text.toLowerCase() === 'true') {
    throw problem('dynamic: true cannot be used, since not every API can list dynamic secrets: name them, one a line.');
  }
  return names('dynamic', text);
}

function flag(input: InputName, text: string): boolean {
  const word = text.toLowerCase();
  if (word !== 'true' && word !== 'false') throw problem(`${input} is neither true nor false.`);
  return word === 'true';
}

function whole(input: InputName, text: string, max: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max) throw problem(`${input} is not a whole number from 1 to ${max}.`);
  return number;
}

function timeout(text: string): number {
  const seconds = parseTtl(text);
  if (seconds > MAX_TIMEOUT_SEC) throw problem('timeout is longer than 1h.');
  return seconds * 1000;
}
