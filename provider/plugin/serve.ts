// The story of a plugin process: answer the host's invitation, serve, give back, leave.
import { type AppError, asAppError } from '#core/errors.js';
import type { Clock } from '#core/clock.js';
import { newCertificate } from './certificate.ts';
import { newGate } from './gate.ts';
import type { Finding, GrpcServer, Handler, Handlers } from './grpc-server.ts';
import { handshakeLine, type Invitation, readInvitation } from './handshake.ts';
import { type Life, liveUntilAsked } from './lifecycle.ts';
import { listenOnPort, listenOnSocket } from './listen.ts';
import type { Log } from './log.ts';
import type { Machine } from './machine.ts';

export type Plugin = {
  handlers: Handlers;
  /** Gives back everything borrowed. Bounded in time; may be called while requests are running. */
  drain: () => Promise<void>;
};

/** What is served, loaded while the host reads our half of the handshake: starting must not wait for it. */
export type Served = {
  /** `package.Service`; of other services nothing is ever offered. */
  service: string;
  load: () => Promise<Plugin>;
};

export type Host = { machine: Machine; clock: Clock; log: Log; platform: string };

const SHUTDOWN = '/plugin.GRPCController/Shutdown';
/** Sessions that the host leaves open after Shutdown do not keep us. */
const CLOSE_MS = 1_000;
/** A create cut off half-way may leave an orphan; CI gives a process some seconds between SIGTERM and SIGKILL. */
const SETTLE_MS = 5_000;

/** Serves until the host, a signal or the host's death ends it. A person who starts it is told what it is. */
export async function servePlugin(served: Served, host: Host): Promise<void> {
  const { machine, log } = host;
  try {
    await serveInvitation(served, host, readInvitation(machine.env));
  } catch (error) {
    const failure = asAppError(error);
    log('error', failure.line);
    machine.writeErr(`${failure.line}\n`);
    machine.exit(1);
  }
}

async function serveInvitation(served: Served, host: Host, invitation: Invitation): Promise<void> {
  const { machine, clock, log } = host;
  machine.redirectConsole(log);
  const { clientCertificate } = invitation;
  const tls = clientCertificate ? { own: newCertificate(clock.now()), client: clientCertificate } : undefined;
  const gate = newGate();
  const listening = await (host.platform === 'win32'
    ? listenOnPort(gate.net, invitation.ports)
    : listenOnSocket(gate.net));
  const loading: Loading = {};
  const life = liveUntilAsked({
    machine,
    log,
    // What was never loaded has borrowed nothing.
    giveBack: async () => (await loading.plugin?.catch(() => undefined))?.drain(),
    openSessions: () => loading.server?.openSessions() ?? 0,
    settle: () => Promise.race([loading.server?.settled(), clock.sleep(SETTLE_MS)]),
    unlist: listening.forget,
    close: () => {
      gate.net.close();
      return Promise.race([loading.server?.close(), clock.sleep(CLOSE_MS)]);
    },
  });
  machine.writeOut(handshakeLine(listening.address, tls?.own.announced ?? ''));
  // From here on the host connects while we load.
  const { newGrpcServer } = await import('./grpc-server.ts');
  const own = new Map([[SHUTDOWN, shutdown(life, clock)]]);
  const handlers: Finding = {
    get: (path) => own.get(path) ?? (path.startsWith(`/${served.service}/`) ? loaded(loading, path) : undefined),
  };
  loading.server = newGrpcServer({ handlers, tls, onFailure: (path, error) => logFailure(log, path, error) });
  gate.open(loading.server.http);
  loading.plugin = served.load();
  // Whoever calls is told; nobody has to.
  loading.plugin.catch(() => undefined);
}

type Loading = { plugin?: Promise<Plugin>; server?: GrpcServer };

/** Undefined for what the plugin does not offer. @throws what loading threw, for every call */
async function loaded(loading: Loading, path: string): Promise<Handler | undefined> {
  return (await loading.plugin)?.handlers.get(path);
}

/** The host waits for this reply without a deadline and starts its kill timer after it: so give back first. */
function shutdown(life: Life, clock: Clock): Handler {
  return async () => {
    await life.drain('shutdown');
    // The reply has to leave before the sessions close.
    void clock.sleep(10).then(() => life.end('shutdown', 0));
    return new Uint8Array(0);
  };
}

function logFailure(log: Log, path: string, error: AppError): void {
  log('error', 'A request failed.', { path, code: error.code });
}
