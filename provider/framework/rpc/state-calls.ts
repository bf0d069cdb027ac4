// States from elsewhere: of older schema versions, of renamed types, and from import.
import { AppError } from '#core/errors.js';
import { valueFromJson } from '../../wire/json-value.ts';
import { isObjectValue, objectValue, type ObjectValue } from '../../wire/types.ts';
import { type AuthorObject, fromAuthor, overlay } from '../author-values.ts';
import { IMPORTED } from '../adopting.ts';
import { diagnosticMessages, problem } from '../diagnostics.ts';
import type { ResourceDefinition } from '../definitions.ts';
import { withoutWriteOnly } from '../schema/walk.ts';
import type { Calls } from './calls.ts';
import { parseJson, writeDynamic } from './dynamic.ts';
import { callOf, type Entry, entryOf, type Runtime } from './runtime.ts';

type Named = 'UpgradeResourceState' | 'MoveResourceState' | 'ImportResourceState';

export function stateCalls<C>(runtime: Runtime<C>): Pick<Calls, Named> {
  return {
    UpgradeResourceState: async ({ type_name, version, raw_state }) => {
      const entry = entryOf(runtime.resources, type_name);
      return { upgraded_state: writeDynamic(entry.type, upgraded(entry, version, raw_state?.json)) };
    },
    MoveResourceState: async ({ source_type_name, source_schema_version, source_state, target_type_name }) => {
      const entry = entryOf(runtime.resources, target_type_name);
      if (!entry.definition.words.formerTypes?.includes(source_type_name)) {
        const found = problem('The object cannot be moved', `${target_type_name} never was ${source_type_name}.`);
        return { diagnostics: diagnosticMessages([found], runtime.scrubber) };
      }
      return { target_state: writeDynamic(entry.type, upgraded(entry, source_schema_version, source_state?.json)) };
    },
    ImportResourceState: async ({ type_name, id }, signal) => {
      const entry = entryOf(runtime.resources, type_name);
      const { words } = entry.definition;
      if (!words.import) throw new AppError('ERR_REQUEST_INVALID', `${type_name} cannot be imported.`);
      const found = await words.import({ ...callOf(runtime, runtime.session.stoppable(signal)), id });
      const state = overlay(entry.attrs, fromAuthor(entry.attrs, found as AuthorObject), objectValue([]));
      return { imported_resources: [{ type_name, state: writeDynamic(entry.type, state), private: IMPORTED }] };
    },
  };
}

/** The state as the present schema reads it, step by step from the version that wrote it. */
function upgraded<C>(entry: Entry<ResourceDefinition<C>>, from: number, json: Uint8Array | undefined): ObjectValue {
  const { version = 0, upgrades = {} } = entry.definition.words;
  if (!json || json.length === 0)
    throw new AppError('ERR_CONTRACT', 'Terraform sent a state of a form that is no longer used.');
  if (from > version) {
    throw new AppError('ERR_CONTRACT', 'The state was written by a newer version of this provider.', {
      hint: 'Use that version or a newer one.',
    });
  }
  let state = parseJson(json);
  for (let at = from; at < version; at++) state = upgrades[at]?.(state) ?? state;
  const value = valueFromJson(entry.type, state);
  if (!isObjectValue(value)) throw new AppError('ERR_CONTRACT', 'The state is no object.');
  return withoutWriteOnly(entry.attrs, value);
}
