// Secrets of a config, managed over the Doppler API v3: what is there, change sets, and the engine's comparison.
import * as asked from '#contract/doppler/management.js';
import * as read from '#contract/doppler/management-answers.js';
import { listSecretsRequest } from '#contract/doppler/secrets.js';
import { AppError } from '#core/errors.js';
import type { ManagementCalls } from '../management-calls.ts';
import type { ManagesSecrets } from '../management.ts';
import { named } from './naming.ts';

/** Longer lists of names are cut in an error: a sentence is to be read. */
const NAMED = 5;

export function secretCalls(calls: ManagementCalls): ManagesSecrets {
  return {
    secretMetadata: async (place, signal) => {
      const doing = `list the secrets of ${named(place)}`;
      const body = calls.isEngine === false ? undefined : await orNothing(() => metadata(calls, place, doing, signal));
      if (body !== undefined) return read.readMetadata(body);
      return read.readMetadataOfList(await calls.get(listSecretsRequest(place), doing, signal));
    },
    changeSecrets: async (place, changes) => {
      // A rename that was done already is refused the second time.
      const manner = changes.some((one) => 'from' in one && one.from !== undefined && one.from !== one.name);
      const doing = `write ${few(changes.map(({ name }) => name))} of ${named(place)}`;
      await calls.ask(asked.changeSecretsRequest(place, changes), doing, manner ? 'once' : 'again');
    },
    compareSecrets: async (place, values) => {
      const names = [...values.keys()];
      const doing = `compare ${few(names)} of ${named(place)}`;
      const body = await orNothing(() => calls.ask(asked.compareSecretsRequest(place, values), doing));
      return body === undefined ? undefined : read.readComparison(body, names);
    },
  };
}

function metadata(calls: ManagementCalls, place: asked.ConfigPlace, doing: string, signal: AbortSignal | undefined) {
  return calls.get(asked.secretMetadataRequest(place), doing, signal);
}

/** Undefined where the service has no such address, or no such config: whoever asks on will see which. */
async function orNothing(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_NOT_FOUND') return undefined;
    throw error;
  }
}

function few(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
