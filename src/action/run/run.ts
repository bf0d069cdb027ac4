// Runs the script of the `run` input: values in the environment of that one child, and nothing of them in the log.
import { randomUUID } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError, oneLine } from '#core/errors.js';
import type { RunInput } from '../inputs/delivery.ts';
import { everyForm, type Maskable } from '../mask/pack.ts';
import type { Runner } from '../runner.ts';
import { type ChildEnd, type ChildTools, runChild } from './child.ts';
import { CommandGuard } from './command-guard.ts';
import { childEnvironment } from './environment.ts';
import { LineRelay } from './line-relay.ts';
import { commandFor, scriptFor, shellsFor } from './shells.ts';

export type RunTools = Omit<ChildTools, 'platform'> & {
  readonly runner: Runner;
  /** The environment of this step. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** To our stdout; resolves when it is taken. */
  readonly relay: (text: string) => Promise<void>;
};

export type Given = {
  readonly values: readonly Maskable[];
  /** Variables of the step that the child does not get. */
  readonly without: readonly string[];
  /** What is shorter is not masked. */
  readonly minLength: number;
};

/**
 * Runs it to its end and returns why it failed, in a sentence, or undefined when all went well.
 * @throws AppError ERR_CONFIG_INVALID, ERR_NOT_FOUND when it could not be run at all
 */
export async function runScript(
  tools: RunTools,
  input: RunInput,
  { values, without, minLength }: Given,
): Promise<string | undefined> {
  const { runner, relay } = tools;
  const { platform } = runner;
  const cwd = directory(runner, input.workingDirectory);
  const own = Object.entries(tools.env).filter(([name]) => !without.includes(name));
  const env = childEnvironment(
    Object.fromEntries(own),
    new Map(values.map(({ name, value }) => [name, value.reveal()])),
    platform,
  );
  const needles = values.flatMap((one) => (one.visibility === 'unmasked' ? [] : everyForm(one.value, minLength)));
  const guard = new CommandGuard();
  const streams = { out: new LineRelay(needles, guard), err: new LineRelay(needles, guard) };
  // One pipe for both, and it is stdout: masks that are printed there could come too late for stderr.
  const print = async (text: string) => {
    if (text !== '') await relay(text);
  };
  try {
    const end = await inShell(input, runner, async (command) =>
      runChild(
        { ...command, cwd, env, take: async (stream, bytes) => print(streams[stream].push(bytes)) },
        { ...tools, platform },
      ),
    );
    return failure(end, runner);
  } finally {
    await print(streams.out.end() + streams.err.end());
    await print(guard.end());
  }
}

/** Writes the script for the first shell that is there, and takes it away again. */
async function inShell(
  { shell, script }: RunInput,
  runner: Runner,
  start: (command: ReturnType<typeof commandFor>) => Promise<ChildEnd>,
): Promise<ChildEnd> {
  let missing: AppError | undefined;
  for (const one of shellsFor(shell, runner.platform)) {
    const { extension, text } = scriptFor(one, script, runner.platform);
    const path = join(temporary(runner), `secrets-${randomUUID()}${extension}`);
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    try {
      return await start(commandFor(one, path));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'ERR_NOT_FOUND')) throw error;
      missing ??= error;
    } finally {
      rmSync(path, { force: true });
    }
  }
  throw missing ?? new AppError('ERR_NOT_FOUND', 'There is no shell on this machine to run the script with.');
}

function temporary(runner: Runner): string {
  const folder = runner.variable('RUNNER_TEMP');
  if (!folder) throw new AppError('ERR_CONFIG_INVALID', 'RUNNER_TEMP is not set: this is not a step of a GitHub job.');
  return folder;
}

function directory(runner: Runner, given: string | undefined): string {
  const path = resolve(runner.variable('GITHUB_WORKSPACE') || '.', given ?? '.');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new AppError(
    'ERR_CONFIG_INVALID',
    `The working-directory ${oneLine(path, 200)} is no folder: give one that an earlier step has made.`,
  );
}

function failure({ code, signal, isHeld }: ChildEnd, runner: Runner): string | undefined {
  if (isHeld) runner.notice('The script of run left something behind that still prints; that is not shown any more.');
  if (code === 0) return undefined;
  return signal === null
    ? `The script of run ended with exit code ${code}.`
    : `The script of run was ended by ${signal}.`;
}
