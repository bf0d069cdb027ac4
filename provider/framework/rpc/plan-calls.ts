// PlanResourceChange: judge, ask the server what no longer holds, plan, refuse what must not be done.
import { AppError } from '#core/errors.js';
import type { ObjectValue } from '../../wire/types.ts';
import { toAuthor } from '../author-values.ts';
import { type Diagnostic, diagnosticMessages, hasErrors, mistakeError, pathMessage, problem } from '../diagnostics.ts';
import type { ResourceDefinition } from '../definitions.ts';
import { isImported } from '../adopting.ts';
import { planObject } from '../plan.ts';
import { judge } from './config-calls.ts';
import type { Calls } from './calls.ts';
import { readBlock, writeDynamic } from './dynamic.ts';
import { callOf, type Entry, entryOf, type Runtime } from './runtime.ts';

export function planCalls<C>(runtime: Runtime<C>): Pick<Calls, 'PlanResourceChange'> {
  return {
    PlanResourceChange: async (request, signal) => {
      const entry = entryOf(runtime.resources, request.type_name);
      const told = (found: readonly Diagnostic[]) => diagnosticMessages(found, runtime.scrubber);
      const prior = readBlock(entry.type, request.prior_state);
      const config = readBlock(entry.type, request.config);
      const kept = { planned_private: request.prior_private };
      if (!config) {
        return { ...kept, planned_state: writeDynamic(entry.type, null), diagnostics: told(refusal(entry, prior)) };
      }
      const found = judge(runtime, entry, entry.definition.words, config);
      if (hasErrors(found)) return { diagnostics: told(found) };
      const differs = prior ? await askServer(runtime, entry, prior, config, signal) : [];
      const adopting = isImported(request.prior_private);
      const plan = planObject({ attrs: entry.attrs, prior, config, differs, adopting });
      found.push(...(await review(runtime, entry, { prior, config, planned: plan.planned }, signal)));
      if (plan.requiresReplace.length > 0) found.push(...refusal(entry, prior));
      return {
        ...kept,
        planned_state: writeDynamic(entry.type, plan.planned),
        requires_replace: plan.requiresReplace.map(pathMessage),
        diagnostics: told(found),
      };
    },
  };
}

type Resource<C> = Entry<ResourceDefinition<C>>;

/** Without a client (its configuration is not known yet) nothing can be asked, and the prior state is believed. */
async function askServer<C>(
  runtime: Runtime<C>,
  { attrs, definition }: Resource<C>,
  prior: ObjectValue,
  config: ObjectValue,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { differs } = definition.words;
  if (!differs || !runtime.session.isConfigured) return [];
  const names: readonly string[] = await differs({
    ...callOf(runtime, runtime.session.stoppable(signal)),
    prior: toAuthor(attrs, prior, 'state') as never,
    config: toAuthor(attrs, config, 'config') as never,
  });
  const wrong = names.find((name) => {
    const presence = attrs[name]?.spec.presence;
    return presence !== 'computed' && !(presence === 'both' && (config[name] ?? null) === null);
  });
  if (wrong !== undefined) throw mistakeError(`Only a computed attribute can differ, ${wrong} is none.`);
  return names;
}

async function review<C>(
  runtime: Runtime<C>,
  { attrs, definition }: Resource<C>,
  { prior, config, planned }: { prior: ObjectValue | null; config: ObjectValue; planned: ObjectValue },
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const { words } = definition;
  if (!words.review) return [];
  const { session } = runtime;
  return words.review({
    client: session.isConfigured ? session.client : undefined,
    signal: session.stoppable(signal),
    prior: prior ? (toAuthor(attrs, prior, 'state') as never) : null,
    config: toAuthor(attrs, config, 'config') as never,
    planned: toAuthor(attrs, planned, 'state') as never,
  });
}

function refusal<C>({ attrs, definition, typeName }: Resource<C>, prior: ObjectValue | null): Diagnostic[] {
  const { refuseDelete } = definition.words;
  if (!refuseDelete || !prior) return [];
  const why = refuseDelete({ prior: toAuthor(attrs, prior, 'state') as never });
  if (why === undefined) return [];
  return [problem(`This ${typeName} must not be deleted`, new AppError('ERR_CONFLICT', why).line)];
}
