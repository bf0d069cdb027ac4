// The network of this step: its inputs over what HTTPS_PROXY and NO_PROXY say, read once and never from a later step.
import { DIRECT, decoded, type Network } from '#client/network.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import type { Network as NetworkInputs } from './inputs/network.ts';
import type { Runner } from './runner.ts';

/**
 * What the requests of this step go over. Masks the login of a proxy.
 * @throws AppError ERR_CONFIG_INVALID for a proxy that is no address, or certificates that cannot be used
 */
export async function openNetwork(runner: Runner, inputs: NetworkInputs): Promise<Network> {
  const network = networkOf(runner, inputs);
  if (network.proxy) runner.mask(loginOf(network.proxy));
  if (network.ca !== undefined || network.client) {
    const { checkTrust } = await import('#client/trust.js');
    checkTrust(network);
  }
  return network;
}

/** As it is now, unchecked: post compares it with what main had, and wants no proxy where main had none. */
export function networkOf(runner: Runner, inputs: NetworkInputs, proxied = true): Network {
  const proxy = proxied ? (inputs.proxy ?? proxyVariable(runner)) : undefined;
  const { caCertificate: ca, client, allowInsecureHttp } = inputs;
  if (!proxy && ca === undefined && !client && !allowInsecureHttp) return DIRECT;
  return { proxy, noProxy: either(runner, 'no_proxy'), ca, client, allowInsecureHttp };
}

function proxyVariable(runner: Runner): Sensitive | undefined {
  const text = either(runner, 'https_proxy');
  return text === '' ? undefined : proxyAt(text);
}

function proxyAt(text: string): Sensitive {
  const address = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return new Sensitive(address);
  throw new AppError('ERR_CONFIG_INVALID', 'HTTPS_PROXY is not the address of an HTTP proxy.', {
    hint: 'Write it like http://proxy.example.com:3128, or set the proxy input.',
  });
}

/** Lower case first, as curl and the runner have it. */
function either(runner: Runner, name: string): string {
  return runner.variable(name) || runner.variable(name.toUpperCase()) || '';
}

/** The password in every form in which it may be printed. */
function loginOf(proxy: Sensitive): string[] {
  const { username, password } = new URL(proxy.reveal());
  if (password === '') return [];
  const plain = decoded(password);
  return [password, plain, Buffer.from(`${decoded(username)}:${plain}`).toString('base64')];
}
