// Ephemeral resources: open, renew, close. The registry owns every lease from the first request on.
import type { ObjectValue } from '../../wire/types.ts';
import { type AuthorObject, fromAuthor, toAuthor } from '../author-values.ts';
import { learnSecrets } from '../config.ts';
import { conformToConfig } from '../conform.ts';
import { diagnosticMessages, hasErrors } from '../diagnostics.ts';
import type { EphemeralDefinition } from '../definitions.ts';
import { judge } from './config-calls.ts';
import type { Calls } from './calls.ts';
import { mustReadBlock, writeDynamic } from './dynamic.ts';
import { callOf, type Entry, entryOf, type Runtime } from './runtime.ts';

type Named = 'OpenEphemeralResource' | 'RenewEphemeralResource' | 'CloseEphemeralResource';

export function ephemeralCalls<C>(runtime: Runtime<C>): Pick<Calls, Named> {
  const { leases, scrubber } = runtime;
  return {
    OpenEphemeralResource: async ({ type_name, config }, signal) => {
      const entry = entryOf(runtime.ephemerals, type_name);
      const block = mustReadBlock(entry.type, config);
      const found = judge(runtime, entry, entry.definition.words, block);
      if (hasErrors(found)) return { diagnostics: diagnosticMessages(found, scrubber) };
      return open(runtime, entry, block, signal);
    },
    RenewEphemeralResource: async ({ private: lent }, signal) => {
      const { renewAt, found } = await leases.renew(leaseId(lent), signal);
      return {
        ...(renewAt === undefined ? {} : { renew_at: timestamp(renewAt) }),
        private: lent,
        diagnostics: diagnosticMessages(found, scrubber),
      };
    },
    // Neither the caller's going away nor Stop aborts a revoke.
    CloseEphemeralResource: async ({ private: lent }) => ({
      diagnostics: diagnosticMessages(await leases.close(leaseId(lent)), scrubber),
    }),
  };
}

async function open<C>(
  runtime: Runtime<C>,
  entry: Entry<EphemeralDefinition<C>>,
  config: ObjectValue,
  signal: AbortSignal,
) {
  const { leases, scrubber, session } = runtime;
  const { words } = entry.definition;
  const call = callOf(runtime, session.stoppable(signal));
  const opened = await leases.open(
    (ending) =>
      words.open({
        ...call,
        signal: AbortSignal.any([call.signal, ending]),
        config: toAuthor(entry.attrs, config, 'config') as never,
      }),
    ({ lease }) => lease,
    words.leaseSet?.(call.client),
  );
  const { lease } = opened;
  try {
    const { state, found } = conformToConfig(
      entry.attrs,
      config,
      fromAuthor(entry.attrs, opened.result as AuthorObject),
    );
    learnSecrets(entry.attrs, state, scrubber);
    // A caller that has gone away never learns of the lease, and a refused result never gets a Close.
    if (lease && (hasErrors(found) || signal.aborted)) await leases.close(lease.id);
    const renewAt = lease && leases.renewAt(lease);
    return {
      ...(hasErrors(found) ? {} : { result: writeDynamic(entry.type, state) }),
      ...(lease ? { private: Buffer.from(lease.id) } : {}),
      ...(renewAt === undefined ? {} : { renew_at: timestamp(renewAt) }),
      diagnostics: diagnosticMessages(found, scrubber),
    };
  } catch (error) {
    if (lease) await leases.close(lease.id);
    throw error;
  }
}

function leaseId(lent: Uint8Array | undefined): string {
  return Buffer.from(lent ?? new Uint8Array(0)).toString('utf8');
}

function timestamp(epochMs: number): { seconds: number; nanos: number } {
  return { seconds: Math.floor(epochMs / 1000), nanos: (epochMs % 1000) * 1_000_000 };
}
