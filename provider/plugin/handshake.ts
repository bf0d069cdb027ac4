// What Terraform and its plugin say to each other before the first request.
import { AppError } from '#core/errors.js';

const COOKIE = 'TF_PLUGIN_MAGIC_COOKIE';
const COOKIE_VALUE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
const CORE_PROTOCOL = 1;
const PROTOCOL = '6';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the plugin listens. */
export type Address = { network: 'unix'; path: string } | { network: 'tcp'; host: string; port: number };

/** What the host asked for. Without `clientCertificate` the connection is plaintext (TF_DISABLE_PLUGIN_TLS). */
export type Invitation = { clientCertificate: string | undefined; ports: { min: number; max: number } };

/**
 * Reads the host's half.
 * @throws AppError ERR_CONFIG_INVALID when a person started the plugin, or the host speaks no protocol 6
 */
export function readInvitation(env: Environment): Invitation {
  if (env[COOKIE] !== COOKIE_VALUE) {
    throw new AppError('ERR_CONFIG_INVALID', 'This program is a Terraform provider.', {
      hint: 'It is started by Terraform and does nothing on its own.',
    });
  }
  const offered = (env['PLUGIN_PROTOCOL_VERSIONS'] ?? '').split(',').map((version) => version.trim());
  if (!offered.includes(PROTOCOL)) {
    throw new AppError('ERR_CONFIG_INVALID', 'This provider speaks plugin protocol 6.', {
      hint: 'Use Terraform 1.0 or newer.',
    });
  }
  return {
    clientCertificate: env['PLUGIN_CLIENT_CERT'] || undefined,
    ports: { min: port(env['PLUGIN_MIN_PORT'], 10_000), max: port(env['PLUGIN_MAX_PORT'], 25_000) },
  };
}

/** Our half: the one line of stdout, written when the listener is up. */
export function handshakeLine(address: Address, announcedCertificate: string): string {
  const where = address.network === 'unix' ? address.path : `${address.host}:${address.port}`;
  return `${[CORE_PROTOCOL, PROTOCOL, address.network, where, 'grpc', announcedCertificate].join('|')}\n`;
}

function port(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value < 65_536 ? value : otherwise;
}
