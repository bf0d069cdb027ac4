// Where Phase's REST API lies behind the address that a user knows, and where a scope lies in it.
import type { Place } from '#contract/phase/wire.js';
import { AppError } from '#core/errors.js';
import type { Scope } from './client.ts';

/** Serves the REST API at its root; every other host has it below the console's address (contracts/phase.md 0). */
const REST_CLOUD = 'api.phase.dev';
const BELOW_CONSOLE = '/service/public';

/** The address that `/v1/…` follows: of a host without a path, where a self-hosted Phase and our engine have it. */
export function restBase(apiUrl: string): string {
  const url = new URL(apiUrl);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return url.origin + (path === '' && url.hostname !== REST_CLOUD ? BELOW_CONSOLE : path);
}

/** The address of our engine that such an address leads to: where its own routes are. */
export function engineBase(apiUrl: string): string {
  const url = new URL(restBase(apiUrl));
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/(?:service\/public|public|service)$/, '');
}

/** @throws AppError ERR_CONFIG_INVALID without an app or an environment */
export function placeOf({ project, config, environment = config, path = '/' }: Scope): Required<Place> {
  if (project === undefined || environment === undefined) {
    throw new AppError('ERR_CONFIG_INVALID', 'Phase needs an app and an environment.', {
      hint: 'Set project to the id of the app and environment to the name of its environment.',
    });
  }
  return { app: project, environment, path };
}

/** A place in a sentence. */
export function named({ app, environment, path = '/' }: Place): string {
  return `${environment}${path === '/' ? '' : `:${path}`} of app ${app}`;
}
