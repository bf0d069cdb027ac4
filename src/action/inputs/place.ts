// Where and who: the backend and its address, the credential, and the places to read.
import { CLOUDS, detectBackend } from '#client/backend.js';
import type { Backend } from '#client/client.js';
import { isLoopbackHost } from '#core/address.js';
import { Sensitive } from '#core/sensitive.js';
import { entriesOf, problem, quoted } from './scalars.ts';
import type { Given } from './table.ts';

/** A token of the service, or an identity whose token the runner's OIDC token is exchanged for. */
export type Credential =
  | { readonly token: Sensitive }
  /** `audience` undefined: whatever the runner uses by itself. */
  | { readonly identity: string; readonly audience: string | undefined };

/** Where secrets live: project and config (Doppler), or project as app id with environment and path (Phase). */
export type Place = {
  readonly project?: string;
  readonly config?: string;
  readonly environment?: string;
  readonly path?: string;
};

export const MAX_PLACES = 50;
/** A raw Phase credential is two words, or three as its header has them (contracts/phase.md 1); every other token is one. */
const PHASE_BEARER = /^(?:bearer +)?(?:User|ServiceAccount|Service) +[0-9A-Fa-f]{64}$/i;
export const PLACE_NAME = /^[^\u0000-\u0020\u007f/,]{1,200}$/;

/** As told; else by the form of the token, then by the host of the address, and Doppler when neither says. */
export function readBackend(given: Given): Backend {
  const told = given('backend');
  if (told === '') return detectBackend(given('api-url'), new Sensitive(given('token')));
  if (!Object.hasOwn(CLOUDS, told)) throw problem('backend is neither doppler nor phase.');
  return told as Backend;
}

/** The address as given or of the backend's cloud: origin and path, without a final slash and without `/v3`. */
export function readApiUrl(given: Given, backend: Backend, allowInsecureHttp: boolean): string {
  const text = given('api-url') || CLOUDS[backend];
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const extras = parsed && parsed.username + parsed.password + parsed.search + parsed.hash;
  const url = parsed?.protocol === 'https:' && extras === '' ? parsed : checkedAddress(parsed, allowInsecureHttp);
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
}

/** An address that is not the usual one: says what is wrong with it, unless it may be used all the same. */
function checkedAddress(url: URL | undefined, allowInsecureHttp: boolean): URL {
  if (!url) throw problem('api-url is not an address: write it like https://api.doppler.com.');
  if (url.username !== '' || url.password !== '') throw problem('api-url must not hold a user name or a password.');
  if (url.search !== '' || url.hash !== '') throw problem('api-url must not hold a query or a fragment.');
  const plain = url.protocol === 'http:' && (allowInsecureHttp || isLoopbackHost(url.hostname));
  if (url.protocol !== 'https:' && !plain) {
    throw problem('api-url must start with https:// (http:// is for loopback only, or with allow-insecure-http).');
  }
  return url;
}

/** Token or identity; the audience of an identity is the exact origin of the API unless told, or the runner's own choice. */
export function readCredential(given: Given, apiUrl: string, runnersAudience: boolean): Credential {
  const token = given('token');
  return given('identity') === '' ? { token: readToken(token) } : readIdentity(given, apiUrl, runnersAudience);
}

function readIdentity(given: Given, apiUrl: string, runnersAudience: boolean): Credential {
  const [token, identity, audience] = [given('token'), given('identity'), given('oidc-audience')];
  if (token !== '') throw problem('token and identity exclude each other: give one of them.');
  if (!/^[\x21-\x7e]{1,200}$/.test(identity)) throw problem('identity is not the id of an identity: copy it again.');
  if (!/^[\x21-\x7e]{0,500}$/.test(audience))
    throw problem('oidc-audience has characters that no audience has: copy it again.');
  if (audience !== '') return { identity, audience };
  return { identity, audience: runnersAudience || apiUrl === '' ? undefined : new URL(apiUrl).origin };
}

function readToken(text: string): Sensitive {
  if (!/^[\x21-\x7e]{1,4096}$/.test(text) && !PHASE_BEARER.test(text)) throw unusableToken(text);
  return new Sensitive(text);
}

function unusableToken(text: string): Error {
  return problem(
    text === ''
      ? 'token is empty: give it a secret of this repository (runs for forks and Dependabot have none), or use identity.'
      : 'token has characters that no token has: copy it again.',
  );
}

/** What to read of Doppler, in the order given; one place without names means the token's own. */
export function readPlaces(given: Given): Place[] {
  return given('environment') + given('path') + given('project') + given('config') === '' ? [{}] : readNamed(given);
}

function readNamed(given: Given): Place[] {
  for (const name of ['environment', 'path'] as const) {
    if (given(name) !== '')
      throw problem(`${name} is for Phase (backend: phase): with Doppler a place is a project and a config.`);
  }
  const project = given('project');
  if (project !== '' && !PLACE_NAME.test(project))
    throw problem('project is not a name: copy it as the service shows it.');
  const configs = entriesOf(given('config'));
  if (configs.length > MAX_PLACES)
    throw problem(`config names more than ${MAX_PLACES} configs: read the others in another step.`);
  if (configs.length === 0 && project !== '') throw problem('project and config go together: give both or neither.');
  return configs.length === 0 ? [{}] : configs.map((line) => dopplerPlace(project, line));
}

function dopplerPlace(project: string, line: string): Place {
  const [first = '', second, ...more] = line.split('/');
  const place = second === undefined ? { project, config: first } : { project: first, config: second };
  if (second === undefined && project === '') {
    throw problem('project and config go together: give both, or write config as project/config.');
  }
  if (more.length > 0 || !PLACE_NAME.test(place.project) || !PLACE_NAME.test(place.config)) {
    throw problem(`config takes one config or project/config a line; not that: ${quoted(line)}.`);
  }
  return place;
}

/** How an error and a table name a place. */
export function placeName(place: Place): string {
  const { project, config, environment, path } = place;
  if (environment !== undefined) return `${project}/${environment}${path === '/' ? '' : path}`;
  return project === undefined ? "the token's own config" : `${project}/${config}`;
}
