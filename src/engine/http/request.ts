// A request as the application meets it, whichever way it came: its address read once, its body not read yet.

/** The header of a request by its name in lower case; lines of the same name are joined by commas. */
export type HeaderReader = (name: string) => string | undefined;

export type HttpRequest = {
  method: string;
  url: URL;
  header: HeaderReader;
  /** Undefined: there is none. Who leaves it early leaves the connection as it is. */
  body: AsyncIterable<Uint8Array> | undefined;
  /** Address of the socket; empty where there is no socket. */
  peer: string;
};
