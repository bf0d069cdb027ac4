// The engine's settings from flags and environment: checked together, frozen, every problem told at once.
import { AppError } from '#core/errors.js';

export type RootKeySource = { from: 'text'; text: string } | { from: 'file'; path: string | undefined };

export type EngineConfig = {
  readonly data: string;
  readonly rootKey: RootKeySource;
  readonly listen: { readonly host: string; readonly port: number };
  /** Targets that outgoing calls may reach beside the public internet, `host` or CIDR. */
  readonly allowEgress: readonly string[];
  /** Targets that integrations may reach. */
  readonly allowIntegration: readonly string[];
};

export type EngineFlags = {
  data?: string | undefined;
  listen?: string | undefined;
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
  const listen = readListen(flags.listen ?? DEFAULT_LISTEN, problems);
  const allowEgress = readTargets('--allow-egress', flags['allow-egress'], problems);
  const allowIntegration = readTargets('--allow-integration', flags['allow-integration'], problems);
  const rootKey = readRootKeySource(flags['root-key'], env, problems);
  if (problems.length > 0) {
    throw new AppError('ERR_CONFIG_INVALID', 'The engine cannot start like this.', { details: problems });
  }
  return Object.freeze({ data, rootKey, listen: Object.freeze(listen), allowEgress, allowIntegration });
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

function readListen(text: string, problems: string[]): { host: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3] ?? -1);
  if (!match || port > 65535) {
    problems.push(`--listen '${text.slice(0, 80)}' is not host:port.`);
  } else if (!isLoopback(host)) {
    problems.push(
      `--listen ${text}: only loopback addresses, until this engine can speak TLS; put a TLS proxy in front.`,
    );
  }
  return { host, port };
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
