// The engine's settings from flags and environment: checked together, frozen, every problem told at once.
import { AppError } from '#core/errors.js';
import { isCidr } from './address.ts';
import { parsePlan, type PlanName } from './limits/plan.ts';

export type RootKeySource = { from: 'text'; text: string } | { from: 'file'; path: string | undefined };

type Address = { readonly host: string; readonly port: number };

export type EngineConfig = {
  readonly data: string;
  readonly rootKey: RootKeySource;
  readonly listen: Address;
  /** PEM files; beyond loopback there is no listening without them or a proxy. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly redirect: Address | undefined;
  /** Where /metrics is served beside the main address, which shows it to this machine alone. */
  readonly metricsListen: Address | undefined;
  /** Peers whose X-Forwarded-For is believed, as CIDR blocks. */
  readonly proxies: readonly string[];
  readonly plan: PlanName;
  /** Targets that outgoing calls may reach beside the public internet, `host` or CIDR. */
  readonly allowEgress: readonly string[];
  /** Targets that integrations may reach. */
  readonly allowIntegration: readonly string[];
};

export type EngineFlags = {
  data?: string | undefined;
  listen?: string | undefined;
  'tls-cert'?: string | undefined;
  'tls-key'?: string | undefined;
  'redirect-http'?: string | undefined;
  'metrics-listen'?: string | undefined;
  'behind-proxy'?: readonly string[] | undefined;
  'root-key'?: string | undefined;
  'allow-egress'?: readonly string[] | undefined;
  'allow-integration'?: readonly string[] | undefined;
};
export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_LISTEN = '127.0.0.1:8090';
const TARGET = /^[A-Za-z0-9.:_[\]/*-]{1,255}$/;

/** @throws AppError ERR_CONFIG_INVALID with every problem in `details` */
export function readEngineConfig(flags: EngineFlags, env: Environment): EngineConfig {
  const problems: string[] = [];
  const data = flags.data ?? '';
  if (data === '') problems.push('--data DIR is missing: the folder of the store.');
  const network = readNetwork(flags, problems);
  const plan = readPlan(env, problems);
  const allowEgress = readTargets('--allow-egress', flags['allow-egress'], problems);
  const allowIntegration = readTargets('--allow-integration', flags['allow-integration'], problems);
  const rootKey = readRootKeySource(flags['root-key'], env, problems);
  if (problems.length > 0) {
    throw new AppError('ERR_CONFIG_INVALID', 'The engine cannot start like this.', { details: problems });
  }
  return Object.freeze({ data, rootKey, ...network, plan, allowEgress, allowIntegration });
}

/** A flag is the clearest word; of the environment, two answers at once are none. */
export function readRootKeySource(flag: string | undefined, env: Environment, problems: string[]): RootKeySource {
  const text = env['SECRETS_ROOT_KEY'] || undefined;
  const path = env['SECRETS_ROOT_KEY_FILE'] || undefined;
  if (flag !== undefined) return { from: 'file', path: flag };
  if (text !== undefined && path !== undefined) {
    problems.push('SECRETS_ROOT_KEY and SECRETS_ROOT_KEY_FILE are both set: keep one.');
  }
  return text === undefined ? { from: 'file', path } : { from: 'text', text };
}

type Network = Pick<EngineConfig, 'listen' | 'tls' | 'redirect' | 'metricsListen' | 'proxies'>;

function readNetwork(flags: EngineFlags, problems: string[]): Network {
  const listen = readAddress('--listen', flags.listen ?? DEFAULT_LISTEN, problems);
  const tls = readTls(flags, problems);
  const proxies = flags['behind-proxy'] ?? [];
  for (const proxy of proxies) {
    if (!isCidr(proxy)) problems.push(`--behind-proxy '${proxy.slice(0, 80)}' is not a CIDR block.`);
  }
  const plain = flags['redirect-http'];
  const redirect = plain === undefined ? undefined : readAddress('--redirect-http', plain, problems);
  const metrics = flags['metrics-listen'];
  const metricsListen = metrics === undefined ? undefined : readAddress('--metrics-listen', metrics, problems);
  if (redirect && !tls) problems.push('--redirect-http needs --tls-cert and --tls-key: there is nowhere to send to.');
  if (listen.host !== '' && !isLoopback(listen.host) && !tls && proxies.length === 0) {
    problems.push(
      `--listen ${flags.listen ?? ''} is not a loopback address: it needs --tls-cert and --tls-key, or --behind-proxy CIDR.`,
    );
  }
  return { listen, tls, redirect, metricsListen, proxies: Object.freeze([...proxies]) };
}

function readTls(flags: EngineFlags, problems: string[]): EngineConfig['tls'] {
  const [cert, key] = [flags['tls-cert'] || undefined, flags['tls-key'] || undefined];
  if (cert !== undefined && key !== undefined) return Object.freeze({ cert, key });
  if (cert !== undefined || key !== undefined) problems.push('--tls-cert and --tls-key belong together.');
  return undefined;
}

function readPlan(env: Environment, problems: string[]): PlanName {
  try {
    return parsePlan(env['SECRETS_PLAN']);
  } catch (error) {
    problems.push(error instanceof AppError ? error.line : 'SECRETS_PLAN is not a plan.');
    return 'enterprise';
  }
}

function readAddress(flag: string, text: string, problems: string[]): Address {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3] ?? -1);
  if (!match || port > 65535) problems.push(`${flag} '${text.slice(0, 80)}' is not host:port.`);
  return Object.freeze({ host: match?.[1] ?? match?.[2] ?? '', port });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function readTargets(flag: string, given: readonly string[] | undefined, problems: string[]): readonly string[] {
  const targets = given ?? [];
  for (const target of targets) {
    if (!TARGET.test(target)) problems.push(`${flag} '${target.slice(0, 80)}' is not a host or CIDR.`);
  }
  return Object.freeze([...targets]);
}
