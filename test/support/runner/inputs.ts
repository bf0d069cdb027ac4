// From a workflow's `with:` and an action's defaults to the INPUT_* variables that a process sees.
import type { ActionFile } from './action-file.ts';
import type { StepLog } from './log.ts';
import type { Context, Evaluated } from './report.ts';

/** A literal, or what its expression yields now. */
export function evaluate(
  value: Evaluated<Record<string, string>> | undefined,
  context: Context,
): Record<string, string> {
  return { ...(typeof value === 'function' ? value(context) : value) };
}

/** Given inputs in the order written, then the defaults of the others. Warns of unknown and deprecated ones. */
export function inputsOf(
  action: ActionFile,
  given: Readonly<Record<string, string>>,
  log?: StepLog,
): Record<string, string> {
  const known = new Map([...action.inputs].map(([name, input]) => [name.toLowerCase(), input]));
  const inputs = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const unknown = [...inputs.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const valid = [...action.inputs.keys()].map((name) => `'${name}'`).join(', ');
    log?.warning(`Unexpected input(s) ${unknown.map((name) => `'${name}'`).join(', ')}, valid inputs are [${valid}]`);
  }
  for (const [name, input] of known) {
    if (inputs.has(name) && input.deprecationMessage !== undefined) {
      log?.warning(`Input '${name}' has been deprecated with message: ${input.deprecationMessage}`);
    }
    if (!inputs.has(name)) inputs.set(name, input.default);
  }
  return Object.fromEntries(inputs);
}

/** `api-url` becomes `INPUT_API-URL`; only spaces are replaced. */
export function inputEnv(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}
