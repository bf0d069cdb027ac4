// A whole config as one text on the Doppler wire (contracts/doppler.md 2.5).
import { parseEnv } from '#formats/env.js';
import { parseJson } from '#formats/json.js';
import { Sensitive } from '#core/sensitive.js';
import { filterOf, SECRETS, staticOnly } from './secrets.ts';
import { type ConfigScope, type WireRequest, bare, target } from './wire.ts';

export type DownloadFormat = 'json' | 'env';

/** Downloads a config as one text. */
export function downloadRequest(
  scope: ConfigScope,
  format: DownloadFormat,
  names: readonly string[] = [],
): WireRequest {
  return bare('GET', target(`${SECRETS}/download`, { ...staticOnly(scope), format, secrets: filterOf(names) }));
}

/** The computed values of a download, name by name. */
export function readDownload(format: DownloadFormat, text: string): Map<string, Sensitive> {
  const values = format === 'json' ? parseJson(text) : parseEnv(text);
  return new Map([...values].map(([name, value]) => [name, new Sensitive(value)]));
}
