// Reading and changing managed objects.
import { asAppError } from '#core/errors.js';
import type { ObjectValue, Value } from '../../wire/types.ts';
import { type AuthorObject, fromAuthor, knownPart, overlay, toAuthor } from '../author-values.ts';
import { learnSecrets } from '../config.ts';
import { conformToPlan } from '../conform.ts';
import { isImported } from '../adopting.ts';
import { type Diagnostic, diagnosticMessages, fromError, hasErrors, mistake, mistakeError } from '../diagnostics.ts';
import { Partly, type ResourceDefinition } from '../definitions.ts';
import { isKnown } from '../../wire/equal.ts';
import type { Calls } from './calls.ts';
import { mustReadBlock, readBlock, writeDynamic } from './dynamic.ts';
import { callOf, type Entry, entryOf, type Runtime } from './runtime.ts';

type Resource<C> = Entry<ResourceDefinition<C>>;
type Changed = { state: Value; found: readonly Diagnostic[] };

export function resourceCalls<C>(runtime: Runtime<C>): Pick<Calls, 'ReadResource' | 'ApplyResourceChange'> {
  const told = (found: readonly Diagnostic[]) => diagnosticMessages(found, runtime.scrubber);
  return {
    ReadResource: async (request, signal) => {
      const entry = entryOf(runtime.resources, request.type_name);
      const prior = mustReadBlock(entry.type, request.current_state);
      const { state, found } = await read(runtime, entry, prior, runtime.session.stoppable(signal));
      return { new_state: writeDynamic(entry.type, state), private: request.private, diagnostics: told(found) };
    },
    ApplyResourceChange: async (request, signal) => {
      const entry = entryOf(runtime.resources, request.type_name);
      const prior = readBlock(entry.type, request.prior_state);
      const planned = readBlock(entry.type, request.planned_state);
      const config = readBlock(entry.type, request.config);
      const adopting = isImported(request.planned_private);
      if (config) learnSecrets(entry.attrs, config, runtime.scrubber);
      const { state, found } =
        !planned || !config
          ? await remove(runtime, entry, prior)
          : await change(runtime, entry, { prior, planned, config, adopting }, signal);
      // Once applied it is an object like any other; a failed apply leaves the mark.
      const lies = adopting && !hasErrors(found) ? undefined : request.planned_private;
      return { new_state: writeDynamic(entry.type, state), private: lies, diagnostics: told(found) };
    },
  };
}

async function read<C>(
  runtime: Runtime<C>,
  entry: Resource<C>,
  prior: ObjectValue,
  signal: AbortSignal,
): Promise<Changed> {
  const { attrs, definition } = entry;
  const gone = { state: null, found: [] };
  try {
    const found = await definition.words.read({
      ...callOf(runtime, signal),
      prior: toAuthor(attrs, prior, 'state') as never,
    });
    if (!found) return gone;
    const state = overlay(attrs, fromAuthor(attrs, found as AuthorObject), prior);
    if (isKnown(state)) return { state, found: [] };
    return { state: prior, found: [mistake('It read a value and called it unknown.')] };
  } catch (error) {
    if (asAppError(error).code === 'ERR_NOT_FOUND') return gone;
    throw error;
  }
}

/** A delete once begun is finished: neither Stop nor a lost caller aborts it. What could not be deleted stays in state. */
async function remove<C>(
  runtime: Runtime<C>,
  { attrs, definition }: Resource<C>,
  prior: ObjectValue | null,
): Promise<Changed> {
  if (!prior) return { state: null, found: [] };
  try {
    const never = new AbortController().signal;
    await definition.words.delete({ ...callOf(runtime, never), prior: toAuthor(attrs, prior, 'state') as never });
    return { state: null, found: [] };
  } catch (error) {
    return asAppError(error).code === 'ERR_NOT_FOUND'
      ? { state: null, found: [] }
      : { state: prior, found: [fromError(error)] };
  }
}

type Change = { prior: ObjectValue | null; planned: ObjectValue; config: ObjectValue; adopting: boolean };

/** A create that fails leaves nothing in state, an update that fails leaves what was there. */
async function change<C>(
  runtime: Runtime<C>,
  entry: Resource<C>,
  change: Change,
  signal: AbortSignal,
): Promise<Changed> {
  const { attrs } = entry;
  try {
    const returned = await run(runtime, entry, change, runtime.session.stoppable(signal));
    if (returned instanceof Partly) return halfWay(entry, change, returned as Partly<AuthorObject>);
    const { state, found } = conformToPlan(attrs, change.planned, fromAuthor(attrs, returned as AuthorObject));
    return { state, found };
  } catch (error) {
    return { state: change.prior, found: [fromError(error)] };
  }
}

function run<C>(
  runtime: Runtime<C>,
  { attrs, definition }: Resource<C>,
  { prior, planned, config, adopting }: Change,
  signal: AbortSignal,
) {
  const { words } = definition;
  const call = {
    ...callOf(runtime, signal),
    config: toAuthor(attrs, config, 'config') as never,
    planned: toAuthor(attrs, planned, 'state') as never,
  };
  if (!prior) return words.create(call);
  if (!words.update && adopting) return Promise.resolve({});
  if (!words.update) throw mistakeError('It planned an update that it cannot do.');
  return words.update({ ...call, prior: toAuthor(attrs, prior, 'state') as never });
}

function halfWay<C>(
  { attrs }: Resource<C>,
  { prior, planned }: Change,
  { result, error }: Partly<AuthorObject>,
): Changed {
  const state = overlay(attrs, fromAuthor(attrs, result), prior ?? knownPart(planned));
  return { state, found: [fromError(error)] };
}
