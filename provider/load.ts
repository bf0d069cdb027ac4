// Everything behind the handshake: loaded once the host has been answered, so that starting does not wait for it.
import { connectWith } from '#client/connect.js';
import { connectManagementWith } from '#client/doppler-management.js';
import { connectSigningInWith } from '#client/management-sign-in.js';
import { nodeSend } from '#client/node-send.js';
import { type ProviderServer, providerServer } from './framework/rpc/dispatch.ts';
import type { Ports } from './framework/rpc/runtime.ts';
import { type Far, secretsProvider } from './resources/provider.ts';

/** The provider over the real network. `random`: 0 ≤ random() < 1 */
export function loadProvider(ports: Ports & { env: Far['env']; random: () => number }): ProviderServer {
  const { clock, random, env } = ports;
  const far = { send: nodeSend(), clock, random };
  const provider = secretsProvider({
    connect: connectWith(far),
    connectManagement: connectManagementWith(far),
    connectSigningIn: connectSigningInWith(far),
    env,
  });
  return providerServer(provider, ports);
}
