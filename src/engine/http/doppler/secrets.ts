// Doppler routes that read secrets: list, get, names, download, watch, metadata (contracts/doppler.md 2.5).
import { leasedSecretAnswer, openedValues, secretAnswer } from '#contract/doppler/answers.js';
import { metadataAnswer } from '#contract/doppler/config-answers.js';
import { downloadQuery, placeQuery, secretQuery, secretsQuery } from '#contract/doppler/requests.js';
import { LEASE_SET_HEADER } from '#contract/doppler/wire.js';
import { DOWNLOAD_FORMATS, encodeDownload, isDownloadFormat } from '#formats/format.js';
import { isNameTransformer, NAME_TRANSFORMERS } from '#formats/transform.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { isLink } from '#core/lease-handle.js';
import type { Access } from '../../auth/access.ts';
import type { Place } from '../../auth/places.ts';
import type { Leased, LeasedValues } from '../../secrets/leased.ts';
import type { Secrets, Tagging } from '../../secrets/secrets.ts';
import type { Watching } from '../../secrets/watching.ts';
import { type Answer, json, secret, text } from '../answer.ts';
import { holds, notModified, tagged } from '../etag.ts';
import { eventStream } from '../event-stream.ts';
import { type Call, type OpenCall, type Route, route } from '../route.ts';

type Parts = { access: Access; secrets: Secrets; leased: LeasedValues; watching: Watching };
type Wish = { names: readonly string[] | undefined; includeDynamic: boolean; ttlSec: number | undefined };

const NO_LEASES: Leased = { values: new Map(), leases: [] };

export function secretRoutes(parts: Parts): Route[] {
  const { access, secrets, leased, watching } = parts;
  return [
    route('GET', '/configs/config/secrets', 'secrets.list', (call) => list(parts, call)),
    route('GET', '/configs/config/secrets/download', 'secrets.values', (call) => download(parts, call)),
    route('GET', '/configs/config/secrets/names', 'secrets.list', async ({ caller, input }) => {
      const query = input(secretsQuery);
      const place = await access.place(caller, query, 'secrets.list');
      const names = await secrets.names(place, query);
      const more = query.includeDynamic ? await leased.names(place) : [];
      return json({ names: [...new Set([...names, ...more])].sort(), success: true });
    }),
    route('GET', '/configs/config/secrets/metadata', 'secrets.list', async ({ caller, input }) => {
      const query = input(secretsQuery);
      const place = await access.place(caller, query, 'secrets.list');
      const found = await secrets.metadata(place, query);
      const body = Object.fromEntries(found.map((one) => [one.name, metadataAnswer(one)]));
      return secret(json({ secrets: body, success: true }));
    }),
    route('GET', '/configs/config/secrets/watch', 'secrets.list', async ({ caller, input, isAdmitted }) => {
      const place = await access.place(caller, input(placeQuery), 'secrets.list');
      return eventStream(await watching.open(caller, place, () => isAdmitted(place)));
    }),
    route('GET', '/configs/config/secret', 'secrets.list', async ({ caller, input, header }) => {
      const { name, ...where } = input(secretQuery);
      const place = await access.place(caller, where, 'secrets.list');
      const tagging = { variant: JSON.stringify(['get', name]), holds: holds(header('if-none-match')) };
      const { etag, value } = await secrets.get(caller, place, name, tagging);
      if (!value) return notModified(etag);
      return tagged(secret(json({ name, value: secretAnswer(value.secret), success: true })), etag);
    }),
  ];
}

/** An answer with a lease is never the same twice: it has no tag, and nobody holds it (contracts/doppler.md 3.4). */
function taggingOf({ header }: OpenCall, variant: unknown, includeDynamic: boolean): Tagging {
  const isHeld = includeDynamic ? () => false : holds(header('if-none-match'));
  return { variant: JSON.stringify(variant), holds: isHeld };
}

async function list({ access, secrets, leased }: Parts, call: Call): Promise<Answer> {
  const { caller, input } = call;
  const { project, config, ...query } = input(secretsQuery);
  const place = await access.place(caller, { project, config }, 'secrets.list');
  const isLeasing = query.includeDynamic && (await leased.names(place)).length > 0;
  const { etag, value } = await secrets.list(caller, place, query, taggingOf(call, ['list', query], isLeasing));
  if (!value) return notModified(etag);
  const taken = value.map(({ name }) => name);
  const { values, leases } = await lease({ access, leased }, call, place, query, taken);
  const body = new Map(value.map((one) => [one.name, secretAnswer(one)]));
  for (const [name, leasedValue] of values) body.set(name, leasedSecretAnswer(leasedValue));
  const answer = withLeases(secret(json(listBody(body))), leases);
  return isLeasing ? answer : tagged(answer, etag);
}

async function download({ access, secrets, leased }: Parts, call: Call): Promise<Answer> {
  const { caller, input } = call;
  const { project, config, ...query } = input(secretsQuery);
  const { encode, variant } = encoder(call);
  const place = await access.place(caller, { project, config }, 'secrets.values');
  const isLeasing = query.includeDynamic && (await leased.names(place)).length > 0;
  const tagging = taggingOf(call, ['download', query, variant], isLeasing);
  const { etag, value } = await secrets.download(caller, place, query, tagging);
  if (!value) return notModified(etag);
  const { values, leases } = await lease({ access, leased }, call, place, query, [...value.keys()]);
  const all = values.size === 0 ? value : new Map([...value, ...values]);
  const answer = withLeases(secret(encode(openedValues(all))), leases);
  return isLeasing ? answer : tagged(answer, etag);
}

function encoder({ input }: OpenCall) {
  const { format = 'json', name_transformer: transformer } = input(downloadQuery);
  if (!isDownloadFormat(format)) {
    throw new AppError('ERR_REQUEST_INVALID', `The formats are ${DOWNLOAD_FORMATS.join(', ')}.`);
  }
  if (transformer !== undefined && !isNameTransformer(transformer)) {
    throw new AppError('ERR_REQUEST_INVALID', `The name transformers are ${NAME_TRANSFORMERS.join(', ')}.`);
  }
  const encode = (values: ReadonlyMap<string, string>): Answer => {
    const { body, contentType } = encodeDownload(values, format, transformer);
    return text(body, contentType);
  };
  return { encode, variant: [format, transformer ?? null] };
}

async function lease(
  { access, leased }: Pick<Parts, 'access' | 'leased'>,
  { caller, header }: Call,
  place: Place,
  { names, includeDynamic, ttlSec }: Wish,
  taken: readonly string[],
): Promise<Leased> {
  if (!includeDynamic) return NO_LEASES;
  await access.require(caller, 'leases.issue', place);
  return leased.issue(caller, place, { names, ttlSec, setId: leaseSet(header) }, taken);
}

/** k2 of the caller's handle. @throws AppError ERR_REQUEST_INVALID */
export function leaseSet(header: OpenCall['header']): string | undefined {
  const setId = header(LEASE_SET_HEADER);
  if (setId === undefined || isLink(setId)) return setId;
  throw new AppError('ERR_REQUEST_INVALID', `The header ${LEASE_SET_HEADER} is not a lease set.`);
}

/** Ids are in headers and never among the names, which become variables of somebody's process (design.md §6). */
function withLeases(answer: Answer, leases: Leased['leases']): Answer {
  const notes = leases.map(({ name, id, expiresAt }): [string, string] => [
    'x-secrets-lease',
    `${name}; id=${id}; expires=${iso(expiresAt)}`,
  ]);
  return { ...answer, headers: [...answer.headers, ...notes] };
}

/** Secrets sorted by name. */
export function listBody(secrets: ReadonlyMap<string, unknown>): unknown {
  return { secrets: Object.fromEntries([...secrets].sort(([a], [b]) => (a < b ? -1 : 1))), success: true };
}
