// What a user is told: findings with an attribute path, made from errors in one place and never holding a value.
import { AppError, asAppError } from '#core/errors.js';
import type { Path, Step } from '../wire/path.ts';
import type { Draft, Decoded } from '../wire/protobuf.ts';
import { type DiagnosticMessage, SEVERITY } from '../wire/tfplugin6.ts';
import type { Scrubber } from './scrub.ts';

/** `summary` is one short sentence; `detail` says what to do; `path` names the attribute, empty for the whole block. */
export type Diagnostic = { severity: 'error' | 'warning'; summary: string; detail: string; path: Path };

const paths = new WeakMap<AppError, Path>();

/** The same error, told at an attribute. */
export function atPath(path: Path, error: AppError): AppError {
  paths.set(error, path);
  return error;
}

export function problem(summary: string, detail: string, path: Path = []): Diagnostic {
  return { severity: 'error', summary, detail, path };
}

export function warning(summary: string, detail: string, path: Path = []): Diagnostic {
  return { severity: 'warning', summary, detail, path };
}

/** An error as a finding; a foreign error shows a fixed text only. */
export function fromError(error: unknown, path: Path = []): Diagnostic {
  const failure = asAppError(error);
  const detail = [...failure.details, failure.hint ?? ''].filter((line) => line !== '').join('\n');
  return problem(failure.message, detail, paths.get(failure) ?? path);
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** Findings as they leave the process. */
export function diagnosticMessages(
  diagnostics: readonly Diagnostic[],
  scrubber: Scrubber,
): Draft<Decoded<typeof DiagnosticMessage>>[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: SEVERITY[severity],
    summary: scrubber.clean(summary),
    detail: scrubber.clean(detail),
    ...(path.length > 0 ? { attribute: pathMessage(path) } : {}),
  }));
}

/** A path as it travels. */
export function pathMessage(path: Path) {
  return { steps: path.map(stepMessage) };
}

function stepMessage(step: Step) {
  if ('attribute' in step) return { attribute_name: step.attribute };
  return 'key' in step ? { element_key_string: step.key } : { element_key_int: step.index };
}

/** A mistake of the provider's author, told so that the user knows whom to tell. */
export function mistake(what: string, path: Path = []): Diagnostic {
  return problem('The provider made a mistake.', `${what} Report it to the authors of the provider.`, path);
}

/** The same as an error. */
export function mistakeError(what: string): AppError {
  return new AppError('ERR_INTERNAL', 'The provider made a mistake.', { hint: what });
}

/** Where an error came from: the first frame, never the message, which may quote a value. */
export function originOf(error: unknown): string {
  const { cause } = asAppError(error);
  const stack = (cause instanceof Error ? cause : error) as { stack?: string };
  return /^ {4}at (.*)$/m.exec(stack.stack ?? '')?.[1] ?? '';
}
