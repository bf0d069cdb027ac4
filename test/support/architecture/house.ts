// The house as data: rooms and who may enter them, roofs, and the short lists of who may do what is dangerous.
import type { Floors } from './rules.ts';

export const ROOFS = [
  'src/main.ts',
  'src/post.ts',
  'src/revoke.ts',
  'src/keeper.ts',
  'src/credentials.ts',
  'src/cli.ts',
  'src/sqlite-worker.ts',
  'provider/main.ts',
];

/** What every feature of the engine may stand on: the words, the store's port and its rows, keyring, log. */
const GROUND = [
  'src/core',
  'src/engine/keyring',
  'src/engine/storage/store.ts',
  'src/engine/storage/operations',
  'src/engine/storage/audit-event.ts',
  'src/engine/log.ts',
];

/** style.md §5 with design.md §3. A room may import itself and what its row names: rooms, or single files. */
export const FLOORS: Floors = {
  'src/main.ts': ['src/action', 'src/client', 'src/core'],
  'src/post.ts': ['src/action', 'src/client', 'src/core'],
  'src/revoke.ts': ['src/action', 'src/client', 'src/core'],
  'src/keeper.ts': ['src/action', 'src/client', 'src/core'],
  'src/credentials.ts': ['src/action', 'src/client', 'src/core'],
  'src/cli.ts': ['src/commands', 'src/sqlite-worker.ts'],
  'src/sqlite-worker.ts': ['src/engine/storage'],
  'src/core': [],
  'src/formats': ['src/core'],
  'src/crypto': ['src/core'],
  'src/contract': ['src/core', 'src/formats', 'src/crypto'],
  'src/client': ['src/contract', 'src/core', 'src/formats', 'src/crypto'],
  'src/action': ['src/client', 'src/core', 'src/formats'],
  'src/commands': [
    'src/client',
    'src/formats',
    'src/action/end.ts',
    'src/action/naming.ts',
    'src/engine',
    'src/engine/audit',
    'src/engine/webhooks',
    'src/engine/auth',
    'src/engine/http',
    'src/engine/keyring',
    'src/engine/people',
    'src/engine/storage',
    'src/core',
  ],
  'src/engine/storage': ['src/core', 'src/engine/storage/operations'],
  'src/engine/storage/operations': ['src/engine/storage', 'src/core'],
  'src/engine/keyring': ['src/core', 'src/engine/storage/store.ts', 'src/engine/storage/operations'],
  'src/engine/integrations': [...GROUND, 'src/engine/egress.ts', 'src/engine/address.ts'],
  'src/engine/leases': [
    ...GROUND,
    'src/engine/metrics.ts',
    'src/engine/integrations/integration.ts',
    'src/engine/integrations/sealed.ts',
  ],
  'src/engine/limits': ['src/core'],
  'src/engine/audit': [...GROUND, 'src/engine/storage/audit-chain.ts'],
  'src/engine/webhooks': [...GROUND, 'src/engine/auth', 'src/engine/egress.ts'],
  'src/engine/retention': [...GROUND, 'src/engine/audit'],
  'src/engine/auth': [...GROUND, 'src/engine/address.ts'],
  'src/engine/projects': [...GROUND, 'src/engine/auth'],
  'src/engine/people': [...GROUND, 'src/engine/auth'],
  // Keys for clients that decrypt by themselves, and what they call apps.
  'src/engine/phase': [...GROUND, 'src/crypto', 'src/engine/auth', 'src/engine/people'],
  'src/engine/secrets': [
    ...GROUND,
    'src/engine/auth',
    'src/engine/leases/lease-service.ts',
    'src/engine/integrations/definitions.ts',
  ],
  'src/engine/http': [
    'src/core',
    'src/contract',
    'src/formats',
    'src/engine/log.ts',
    'src/engine/address.ts',
    'src/engine/limits',
    'src/engine/metrics.ts',
    'src/engine/webhooks',
    'src/engine/auth',
    'src/engine/people',
    'src/engine/phase',
    'src/engine/projects',
    'src/engine/secrets',
    'src/engine/leases/lease-service.ts',
    'src/engine/integrations/definitions.ts',
  ],
  'src/engine/metrics.ts': ['src/engine/storage/operations'],
  'src/engine': [
    'src/core',
    'src/engine/audit',
    'src/engine/retention',
    'src/engine/webhooks',
    'src/engine/auth',
    'src/engine/http',
    'src/engine/integrations',
    'src/engine/keyring',
    'src/engine/leases',
    'src/engine/limits',
    'src/engine/metrics.ts',
    'src/engine/people',
    'src/engine/phase',
    'src/engine/projects',
    'src/engine/secrets',
    'src/engine/storage',
  ],
  'provider/main.ts': ['provider/load.ts', 'provider/plugin'],
  // Apart from the roof, which answers the handshake before it loads this.
  'provider/load.ts': ['provider/resources', 'provider/framework/rpc', 'src/client'],
  'provider/wire': ['src/core'],
  'provider/plugin': ['src/core'],
  'provider/framework/schema': ['provider/wire', 'src/core'],
  'provider/framework': ['provider/framework/schema', 'provider/wire', 'src/core'],
  'provider/framework/rpc': ['provider/framework', 'provider/framework/schema', 'provider/wire', 'src/core'],
  // Of the client the ports only: what stands behind them is the roof's choice.
  'provider/resources': [
    'provider/framework',
    'provider/framework/schema',
    'src/client/client.ts',
    'src/client/management.ts',
    'src/core',
  ],
};

/** Tables and generated code. */
export const LONG_FILES: readonly string[] = [];

/** Each opens a value where it leaves for its purpose; a new entry deserves a review of its own. */
export const REVEALERS: readonly string[] = [
  // The action: token and revoke key to the mask, values to the mask and to the files of the runner.
  'src/action/hand-over.ts',
  'src/action/handoff.ts',
  // Tokens of a sign-in and the login of a proxy, to the mask.
  'src/action/identity.ts',
  // k0 and a client key to the keeper's stdin; AWS keys to the signature that asks whose they are.
  'src/action/keeper-brief.ts',
  // The answer of a credential process to its stdout; a proxy without a login to its brief.
  'src/action/credentials/answer.ts',
  'src/action/credentials/plan.ts',
  'src/action/aws.ts',
  'src/client/sigv4.ts',
  'src/action/inject.ts',
  'src/action/lease-plan.ts',
  'src/action/lease-run.ts',
  'src/action/mask/lint.ts',
  'src/action/mask/pack.ts',
  'src/action/naming.ts',
  'src/action/network.ts',
  'src/action/revoke.ts',
  'src/action/run/run.ts',
  'src/action/selection/json-field.ts',
  'src/action/session.ts',
  // Phase's sealing: keys to the cipher, values to it and out of it.
  'src/crypto/key-digest.ts',
  'src/crypto/key-exchange.ts',
  'src/crypto/key-shares.ts',
  'src/crypto/sealing.ts',
  // The wire: headers out, bodies of the engine's answers.
  'src/client/backend.ts',
  'src/client/doppler.ts',
  'src/client/phase-http.ts',
  'src/client/node-send.ts',
  'src/client/oidc.ts',
  // The proxy's login, and the key of our own certificate.
  'src/client/proxy-send.ts',
  'src/client/trust.ts',
  'src/contract/doppler/sign-in.ts',
  'src/contract/doppler/wire.ts',
  'src/contract/doppler/answers.ts',
  'src/contract/doppler/people-answers.ts',
  'src/contract/doppler/config-answers.ts',
  'src/contract/phase/answers.ts',
  'src/contract/phase/bootstrap.ts',
  'src/contract/phase/token.ts',
  // The engine: new tokens, sealing, references, and the login of an integration.
  'src/commands/init.ts',
  'src/commands/remote/download.ts',
  'src/commands/remote/lease.ts',
  'src/commands/remote/run.ts',
  'src/commands/remote/token.ts',
  'src/commands/remote/values.ts',
  'src/engine/auth/admin.ts',
  'src/engine/auth/service-tokens.ts',
  'src/engine/auth/token-format.ts',
  'src/engine/auth/token-mint.ts',
  'src/engine/http/doppler/secret-writes.ts',
  'src/engine/secrets/compare.ts',
  'src/engine/phase/keys.ts',
  'src/engine/phase/tokens.ts',
  'src/engine/secrets/computed.ts',
  'src/engine/secrets/edges.ts',
  'src/engine/secrets/history.ts',
  'src/engine/secrets/plan.ts',
  'src/engine/secrets/rollback.ts',
  'src/engine/secrets/sealing.ts',
  'src/engine/integrations/aws/sdk.ts',
  'src/engine/integrations/postgres/pg-sql.ts',
  // The password of the store's own database, to its server.
  'src/engine/storage/postgres/connection.ts',
  'src/engine/webhooks/webhooks.ts',
  // Managing: the token to its header, new values and a new login to the body of their request.
  'src/client/management-calls.ts',
  'src/contract/doppler/management.ts',
  'src/contract/doppler/management-lending.ts',
  'src/contract/doppler/management-declaring.ts',
  'src/contract/doppler/management-sign-in.ts',
  // The provider: every box on its way to Terraform, maps of boxes before it, and the form of a token.
  'provider/framework/author-values.ts',
  // Values that only a reading of the cloud can tell apart, over digests.
  'provider/resources/config-secrets.ts',
  'provider/resources/lending.ts',
  'provider/resources/provider.ts',
  'provider/resources/reading.ts',
];

/** Where a database handle lives; entries with a slash at the end are folders. */
export const TRANSACTION_OWNERS: readonly string[] = ['src/engine/storage/sqlite/', 'src/engine/storage/postgres/'];

/** Roofs, and adapters that bound a connection. */
export const CLOCK_READERS: readonly string[] = [
  'src/cli.ts',
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
  'src/client/node-send.ts',
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
  '@hono/node-server': ['src/engine/http/'],
  jose: ['src/engine/auth/oidc/'],
  undici: ['src/client/proxy-send.ts'],
  '@noble/ciphers': ['src/crypto/'],
  '@noble/curves': ['src/crypto/'],
  '@noble/hashes': ['src/crypto/'],
  pg: ['src/engine/integrations/postgres/', 'src/engine/storage/postgres/'],
  '@actions/core': ['src/action/github-runner.ts'],
};
