// Which route an address is: found once by method and path, its named parts decoded.
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import type { Route } from './route.ts';

export type Found = { route: Route; params: Readonly<Record<string, string>> };

export class Routes {
  readonly #all: readonly Route[];
  readonly #router = new SmartRouter<Route>({ routers: [new RegExpRouter(), new TrieRouter()] });

  constructor(all: readonly Route[]) {
    this.#all = all;
    for (const route of all) this.#router.add(route.method, route.path, route);
  }

  /** Undefined where nothing of ours is. A part of `path` that is not well encoded stays as it was written. */
  find(method: string, path: string): Found | undefined {
    const [[first] = [], stash] = this.#router.match(method, path);
    if (!first) return undefined;
    const [route, parts] = first;
    const params: Record<string, string> = {};
    for (const [name, part] of Object.entries(parts)) {
      const raw = typeof part === 'number' ? stash?.[part] : part;
      if (raw !== undefined) params[name] = decoded(raw);
    }
    return { route, params };
  }

  /** The methods that an address takes. */
  methodsAt(path: string): string[] {
    return this.#all.filter((one) => fits(one.path, path)).map(({ method }) => method);
  }
}

function decoded(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether an address is one of a route's. */
function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at]);
}
