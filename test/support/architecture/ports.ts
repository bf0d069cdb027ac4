// The adapters behind the ports: which files alone begin a transaction, read the clock or the process, open a connection or import a package.

/** Where a database handle lives; entries with a slash at the end are folders. */
export const TRANSACTION_OWNERS: readonly string[] = ['src/engine/storage/sqlite/', 'src/engine/storage/postgres/'];

/** Roofs, and adapters that bound a connection. */
export const CLOCK_READERS: readonly string[] = [
  'src/cli.ts',
  'src/client/connections.ts',
  'src/client/exchange.ts',
  'src/client/node-clock.ts',
  'src/engine/http/node.ts',
  'src/engine/http/server.ts',
  // The SDK signs with the machine's clock: it is told by how much the engine's differs.
  'src/engine/integrations/aws/sdk.ts',
  'provider/plugin/machine.ts',
  'provider/plugin/system-clock.ts',
];
export const PROCESS_READERS: readonly string[] = [
  'src/cli.ts',
  'src/main.ts',
  'src/post.ts',
  'src/revoke.ts',
  'src/keeper.ts',
  'src/credentials.ts',
  'provider/main.ts',
  'provider/plugin/machine.ts',
];
/** `address.ts` only asks node:net whether a text is an address. */
export const NETWORK_FILES: readonly string[] = [
  'src/cli.ts',
  'src/client/connections.ts',
  'src/client/trust.ts',
  'src/engine/address.ts',
  'src/engine/http/node.ts',
  'src/engine/http/redirect.ts',
  'src/engine/http/server.ts',
  // Answers bytes that are no request, which have nothing but their socket.
  'src/engine/http/stray.ts',
  'src/engine/http/tls.ts',
  'src/engine/integrations/aws/pinned-handler.ts',
  'src/engine/integrations/postgres/pg-sql.ts',
  'src/engine/outgoing.ts',
  // Its own socket, so that a lost connection can be cut.
  'src/engine/storage/postgres/connection.ts',
  'src/engine/webhooks/post.ts',
  'provider/plugin/gate.ts',
  'provider/plugin/grpc-server.ts',
  'provider/plugin/listen.ts',
];
export const PACKAGE_OWNERS: Readonly<Record<string, readonly string[]>> = {
  '@aws-sdk/client-iam': ['src/engine/integrations/aws/'],
  '@aws-sdk/client-sts': ['src/engine/integrations/aws/'],
  zod: ['src/contract/', 'src/engine/'],
  hono: ['src/engine/http/'],
  jose: ['src/engine/auth/oidc/'],
  undici: ['src/client/proxy-send.ts'],
  '@noble/ciphers': ['src/crypto/'],
  '@noble/curves': ['src/crypto/'],
  '@noble/hashes': ['src/crypto/'],
  pg: ['src/engine/integrations/postgres/', 'src/engine/storage/postgres/'],
  '@actions/core': ['src/action/github-runner.ts'],
  // A build for the other line changes this file alone.
  cdktf: ['provider/constructs/engine.ts'],
  cdktn: [],
};
