// The address that a request asks for, out of its target and its Host; none where either is not what HTTP says it is.

/** A name or an address, and a port or none. */
export const HOST = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?$/;
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is;
/** In a path, where a parser of URLs would make it a slash that nobody wrote. */
const BACKSLASH = /^[^?]*\\/;

/** As the request line and the header say them. */
export type Asked = { target: string; host: string; scheme: 'http' | 'https' };

/** Undefined: the request is none of ours to read, and is refused. */
export function urlOf({ target, host, scheme }: Asked): URL | undefined {
  // Any target but an absolute one, which names its own host, begins with a slash.
  const [ownHost, path] = target.startsWith('/') ? [host, target] : (ABSOLUTE.exec(target)?.slice(1) ?? []);
  if (ownHost === undefined || path === undefined || !HOST.test(ownHost) || BACKSLASH.test(path)) return undefined;
  return URL.parse(`${scheme}://${ownHost}${path}`) ?? undefined;
}
