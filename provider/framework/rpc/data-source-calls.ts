// Reading data sources.
import { type AuthorObject, fromAuthor, toAuthor } from '../author-values.ts';
import { learnSecrets } from '../config.ts';
import { conformToConfig } from '../conform.ts';
import { diagnosticMessages } from '../diagnostics.ts';
import type { Calls } from './calls.ts';
import { mustReadBlock, writeDynamic } from './dynamic.ts';
import { callOf, entryOf, type Runtime } from './runtime.ts';

export function dataSourceCalls<C>(runtime: Runtime<C>): Pick<Calls, 'ReadDataSource'> {
  return {
    ReadDataSource: async (request, signal) => {
      const { attrs, type, definition } = entryOf(runtime.dataSources, request.type_name);
      const config = mustReadBlock(type, request.config);
      learnSecrets(attrs, config, runtime.scrubber);
      const call = callOf(runtime, runtime.session.stoppable(signal));
      const returned = await definition.words.read({ ...call, config: toAuthor(attrs, config, 'config') as never });
      const { state, found } = conformToConfig(attrs, config, fromAuthor(attrs, returned as AuthorObject));
      return { state: writeDynamic(type, state), diagnostics: diagnosticMessages(found, runtime.scrubber) };
    },
  };
}
