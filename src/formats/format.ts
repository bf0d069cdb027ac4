// The formats of a download by their wire names: how each is written and as which content type it travels.
import { encodeDocker } from './docker.ts';
import { encodeDotnetJson } from './dotnet-json.ts';
import { encodeEnvNoQuotes } from './env-no-quotes.ts';
import { encodeEnv } from './env.ts';
import { encodeJson } from './json.ts';
import { type NameTransformer, transformNames } from './transform.ts';
import { encodeYaml } from './yaml.ts';

export const DOWNLOAD_FORMATS = ['json', 'dotnet-json', 'env', 'yaml', 'docker', 'env-no-quotes'] as const;
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number];

type Encode = (values: ReadonlyMap<string, string>) => string;

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** No client looks at the content type of a 200 (contracts/doppler.md 2.5); YAML's is RFC 9512's. */
const RULES: Record<DownloadFormat, { readonly contentType: string; readonly encode: Encode }> = {
  json: { contentType: JSON_TYPE, encode: encodeJson },
  'dotnet-json': { contentType: JSON_TYPE, encode: encodeDotnetJson },
  env: { contentType: TEXT_TYPE, encode: encodeEnv },
  yaml: { contentType: 'application/yaml', encode: encodeYaml },
  docker: { contentType: TEXT_TYPE, encode: encodeDocker },
  'env-no-quotes': { contentType: TEXT_TYPE, encode: encodeEnvNoQuotes },
};

/** Whether `text` names a format. */
export function isDownloadFormat(text: unknown): text is DownloadFormat {
  return DOWNLOAD_FORMATS.some((known) => known === text);
}

/** The content type of a body in `format`. */
export function contentTypeOf(format: DownloadFormat): string {
  return RULES[format].contentType;
}

/**
 * `values` as a download in `format`, its names through `transformer` first. dotnet-json brings its own transformer; one
 * that is asked for takes its place, because the rule is not idempotent and two would garble the names.
 * @throws AppError ERR_REQUEST_INVALID naming what cannot be carried or which names collide
 */
export function encodeDownload(
  values: ReadonlyMap<string, string>,
  format: DownloadFormat,
  transformer?: NameTransformer,
): { body: string; contentType: string } {
  const { contentType, encode } = RULES[format];
  if (transformer === undefined) return { body: encode(values), contentType };
  const write = format === 'dotnet-json' ? encodeJson : encode;
  return { body: write(transformNames(values, transformer)), contentType };
}
