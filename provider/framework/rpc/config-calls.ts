// Validation of every block, configuration of the provider, and stop.
import { AppError } from '#core/errors.js';
import { isKnown } from '../../wire/equal.ts';
import { pathText } from '../../wire/path.ts';
import type { ObjectValue } from '../../wire/types.ts';
import { toAuthor } from '../author-values.ts';
import { judgeConfig, learnSecrets, writeOnlySet } from '../config.ts';
import { type Diagnostic, diagnosticMessages, fromError, hasErrors, problem } from '../diagnostics.ts';
import type { Attrs } from '../schema/attribute.ts';
import type { LooseConfig } from '../schema/infer.ts';
import type { Calls } from './calls.ts';
import { mustReadBlock } from './dynamic.ts';
import { type Entry, entryOf, type Runtime } from './runtime.ts';

type Named =
  | 'ValidateProviderConfig'
  | 'ValidateResourceConfig'
  | 'ValidateDataResourceConfig'
  | 'ValidateEphemeralResourceConfig'
  | 'ConfigureProvider'
  | 'StopProvider';

type Validating = { validate?: (call: { config: LooseConfig<Attrs> }) => readonly Diagnostic[] };

export function configCalls<C>(runtime: Runtime<C>): Pick<Calls, Named> {
  const told = (found: readonly Diagnostic[]) => ({ diagnostics: diagnosticMessages(found, runtime.scrubber) });
  return {
    ValidateProviderConfig: async ({ config }) => {
      const { block } = runtime;
      return told(judge(runtime, block, block.definition, mustReadBlock(block.type, config)));
    },
    ValidateResourceConfig: async ({ type_name, config, client_capabilities }) => {
      const entry = entryOf(runtime.resources, type_name);
      const block = mustReadBlock(entry.type, config);
      const found = judge(runtime, entry, entry.definition.words, block);
      if (!client_capabilities?.write_only_attributes_allowed) found.push(...tooOld(entry.attrs, block));
      return told(found);
    },
    ValidateDataResourceConfig: async ({ type_name, config }) => {
      const entry = entryOf(runtime.dataSources, type_name);
      return told(judge(runtime, entry, entry.definition.words, mustReadBlock(entry.type, config)));
    },
    ValidateEphemeralResourceConfig: async ({ type_name, config }) => {
      const entry = entryOf(runtime.ephemerals, type_name);
      return told(judge(runtime, entry, entry.definition.words, mustReadBlock(entry.type, config)));
    },
    ConfigureProvider: async ({ config, terraform_version }, signal) =>
      told(await configure(runtime, mustReadBlock(runtime.block.type, config), terraform_version, signal)),
    StopProvider: async () => {
      runtime.session.stop();
      return {};
    },
  };
}

/** Every finding about a configuration; its secrets are learned first, so that no finding can repeat one. */
export function judge<C>(
  runtime: Runtime<C>,
  entry: Entry<unknown>,
  words: Validating,
  config: ObjectValue,
): Diagnostic[] {
  learnSecrets(entry.attrs, config, runtime.scrubber);
  const found = judgeConfig(entry.attrs, entry.choices, config);
  if (hasErrors(found) || !words.validate) return found;
  return [...found, ...words.validate({ config: toAuthor(entry.attrs, config, 'config') as LooseConfig<Attrs> })];
}

/** An older Terraform does not know write-only attributes and would store the value. */
function tooOld(attrs: Attrs, config: ObjectValue): Diagnostic[] {
  return writeOnlySet(attrs, config).map((path) =>
    problem(
      'Write-only attributes need a newer Terraform',
      `This version would store the value of ${pathText(path)} in its state. Use Terraform 1.11 or newer.`,
      path,
    ),
  );
}

async function configure<C>(runtime: Runtime<C>, config: ObjectValue, terraformVersion: string, signal: AbortSignal) {
  const { provider, block, session, leases, clock, log } = runtime;
  session.configure(undefined, 'The provider could not be configured.');
  const found = judge(runtime, block, provider, config);
  if (hasErrors(found)) return found;
  if (!isKnown(config)) {
    session.configure(
      undefined,
      'The configuration of the provider depends on values that are known only after apply.',
    );
    return found;
  }
  try {
    const client = await provider.configure({
      config: toAuthor(block.attrs, config, 'config') as never,
      terraformVersion,
      signal: session.stoppable(signal),
      borrow: (giveBack) => leases.borrow(giveBack),
      clock,
      log,
    });
    session.configure({ value: client }, '');
    return found;
  } catch (error) {
    const failure = error instanceof AppError ? error.message : 'The provider could not be configured.';
    session.configure(undefined, failure);
    return [...found, fromError(error)];
  }
}
