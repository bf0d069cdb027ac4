// The inputs of Doppler's own action as other names of ours: a user changes the `uses:` line and nothing else.
import { problem } from './scalars.ts';
import { type Attempt, type Given, INPUT_DEFAULTS, type InputName } from './table.ts';

/** contracts/doppler.md 8.3; `auth-method` has no name of ours: it says which of two others counts. */
const ALIASES = {
  'doppler-token': 'token',
  'doppler-project': 'project',
  'doppler-config': 'config',
  'doppler-identity-id': 'identity',
  'doppler-api-domain': 'api-url',
  'inject-env-vars': 'export-env',
} as const satisfies Partial<Record<InputName, InputName>>;

type Alias = keyof typeof ALIASES;

export type DropIn = {
  /** Whether any of Doppler's names is used: then its action's behaviour holds. */
  readonly active: boolean;
  readonly given: Given;
};

/** Puts the aliases under their own names. */
export function readDropIn(input: (name: InputName) => string, attempt: Attempt): DropIn {
  const used = (Object.keys(ALIASES) as Alias[]).filter((alias) => input(alias) !== '' && counts(alias, input));
  const values = new Map<InputName, string>();
  for (const alias of used) {
    const own = ALIASES[alias];
    attempt(() => refuseTwice(alias, own, input), undefined);
    values.set(
      own,
      attempt(() => translated(alias, input(alias)), ''),
    );
  }
  attempt(() => refuseMethod(input), undefined);
  return { active: true, given: (name) => values.get(name) || input(name) || INPUT_DEFAULTS[name] };
}

function refuseTwice(alias: Alias, own: InputName, input: (name: InputName) => string): void {
  if (['', INPUT_DEFAULTS[own]].includes(input(own))) return;
  throw problem(`${alias} and ${own} are the same input: give one of them.`);
}

/** `auth-method` chooses between token and identity; a service token is bound to its config, whatever is named beside it. */
function counts(alias: Alias, input: (name: InputName) => string): boolean {
  const oidc = input('auth-method') === 'oidc';
  if (alias === 'doppler-token') return !oidc;
  if (alias === 'doppler-identity-id') return oidc;
  if (alias === 'doppler-project' || alias === 'doppler-config')
    return oidc || !input('doppler-token').startsWith('dp.st.');
  return true;
}

function refuseMethod(input: (name: InputName) => string): void {
  const method = input('auth-method');
  if (!['', 'token', 'oidc'].includes(method)) throw problem('auth-method is neither token nor oidc.');
  if (method === 'oidc' && input('doppler-identity-id') === '' && input('identity') === '') {
    throw problem('auth-method is oidc, which needs doppler-identity-id.');
  }
}

/** Exactly `true` injects, as there; a domain is a host, perhaps with a port, and always https. */
function translated(alias: Alias, text: string): string {
  if (alias === 'inject-env-vars') return text === 'true' ? 'true' : 'false';
  if (alias !== 'doppler-api-domain') return text;
  if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(text))
    throw problem('doppler-api-domain is not a host name: write it like api.doppler.com.');
  return `https://${text}`;
}
