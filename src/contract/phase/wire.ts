// What every Phase REST v1 request is made of; requests are the same records as in the other dialect.
import { normalPath } from '#core/folder.js';
import { type WireRequest, bare, withJson } from '../doppler/wire.ts';

export { type WireRequest, bare, withJson };

/** An app by its id, an environment by its name, and a folder of it. */
export type Place = { readonly app: string; readonly environment: string; readonly path?: string };

/** `path` with the entries of `query` that have a value. `path` ends with a slash: without it the server knows nothing. */
export function target(path: `${string}/`, query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** The query words that name a place. */
export function placeQuery({ app, environment, path }: Place): Readonly<Record<string, string | undefined>> {
  return { app_id: app, env: environment, path: path === undefined ? undefined : normalPath(path) };
}
