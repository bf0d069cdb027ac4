// Static secrets on the Doppler wire: list, get, download (contracts/doppler.md 2.5).
import { parseEnv } from '#formats/env.js';
import { parseJson } from '#formats/json.js';
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import { type Visibility, isVisibility } from '#core/visibility.js';
import { boxed, entries, object, optionalText, word } from './decode.ts';
import { type ConfigScope, type WireRequest, bare, target } from './wire.ts';

const LIST = '/configs/config/secrets';

/** A longer filter would not fit into every proxy's request line; the caller then filters what it gets. */
const MAX_FILTER = 4000;

/** Lists a config. `names` asks for these only, where they fit; never issues leases. */
export function listSecretsRequest(scope: ConfigScope, names: readonly string[] = []): WireRequest {
  const filter = names.join(',');
  return bare(
    'GET',
    target(LIST, {
      project: scope.project,
      config: scope.config,
      include_dynamic_secrets: 'false',
      secrets: filter === '' || filter.length > MAX_FILTER ? undefined : filter,
    }),
  );
}

/** The secrets of a list answer, in the order of the answer. */
export function readSecretList(body: unknown): Secret[] {
  return entries(object(body, 'the body')['secrets'], 'secrets').map(([name, value]) => secret(name, value));
}

/** Asks for one secret. */
export function getSecretRequest(scope: ConfigScope, name: string): WireRequest {
  return bare('GET', target('/configs/config/secret', { project: scope.project, config: scope.config, name }));
}

/** One secret; a name that does not exist is answered with null values. */
export function readSecret(body: unknown): Secret {
  const fields = object(body, 'the body');
  return secret(word(fields['name'], 'name'), fields['value']);
}

export type DownloadFormat = 'json' | 'env';

/** Downloads a config as one text. */
export function downloadRequest(
  scope: ConfigScope,
  format: DownloadFormat,
  names: readonly string[] = [],
): WireRequest {
  const filter = names.join(',');
  return bare(
    'GET',
    target(`${LIST}/download`, {
      project: scope.project,
      config: scope.config,
      format,
      include_dynamic_secrets: 'false',
      secrets: filter === '' || filter.length > MAX_FILTER ? undefined : filter,
    }),
  );
}

/** The computed values of a download, name by name. */
export function readDownload(format: DownloadFormat, text: string): Map<string, Sensitive> {
  const values = format === 'json' ? parseJson(text) : parseEnv(text);
  return new Map([...values].map(([name, value]) => [name, new Sensitive(value)]));
}

function secret(name: string, value: unknown): Secret {
  const fields = object(value, name);
  return {
    name,
    raw: boxed(fields['raw'], `${name}.raw`),
    computed: boxed(fields['computed'], `${name}.computed`),
    note: optionalText(fields['note'], `${name}.note`) ?? '',
    rawVisibility: visibility(fields['rawVisibility'], `${name}.rawVisibility`),
    computedVisibility: visibility(fields['computedVisibility'], `${name}.computedVisibility`),
  };
}

/** An absent visibility, or one that a later API invents, is read as masked: hiding too much is the safe mistake. */
function visibility(value: unknown, where: string): Visibility {
  const found = optionalText(value, where);
  return isVisibility(found) ? found : 'masked';
}
