// Doppler routes of secrets: list, get, names, download, change, delete (contracts/doppler.md 2.5).
import { leasedSecretAnswer, openedValues, secretAnswer } from '#contract/doppler/answers.js';
import { downloadQuery, secretChanges, secretQuery, secretsQuery } from '#contract/doppler/requests.js';
import { LEASE_SET_HEADER } from '#contract/doppler/wire.js';
import { encodeEnv } from '#formats/env.js';
import { encodeJson } from '#formats/json.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { isLink } from '#core/lease-handle.js';
import type { Access } from '../../auth/access.ts';
import type { Place } from '../../auth/places.ts';
import type { Leased, LeasedValues } from '../../secrets/leased.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { type Answer, json, noContent, secret, text } from '../answer.ts';
import { type Call, type OpenCall, type Route, route } from '../route.ts';

type Parts = { access: Access; secrets: Secrets; leased: LeasedValues };
type Wish = { names: readonly string[] | undefined; includeDynamic: boolean; ttlSec: number | undefined };

const NO_LEASES: Leased = { values: new Map(), leases: [] };

export function secretRoutes(parts: Parts): Route[] {
  const { access, secrets, leased } = parts;
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
    route('GET', '/configs/config/secret', 'secrets.list', async ({ caller, input }) => {
      const { name, ...where } = input(secretQuery);
      const place = await access.place(caller, where, 'secrets.list');
      const value = secretAnswer(await secrets.get(caller, place, name));
      return secret(json({ name, value, success: true }));
    }),
    route('POST', '/configs/config/secrets', 'secrets.write', async ({ caller, input }) => {
      const { changes, ...where } = input(secretChanges);
      const place = await access.place(caller, where, 'secrets.write');
      await secrets.change(caller, place, changes);
      const all = await secrets.list(caller, place, { includeManaged: true });
      return secret(json(listBody(new Map(all.map((one) => [one.name, secretAnswer(one)])))));
    }),
    route('DELETE', '/configs/config/secret', 'secrets.write', async ({ caller, input }) => {
      const { name, ...where } = input(secretQuery);
      const place = await access.place(caller, where, 'secrets.write');
      await secrets.change(caller, place, [{ name, shouldDelete: true }]);
      return noContent();
    }),
  ];
}

async function list({ access, secrets, leased }: Parts, call: Call): Promise<Answer> {
  const { caller, input } = call;
  const query = input(secretsQuery);
  const place = await access.place(caller, query, 'secrets.list');
  const all = await secrets.list(caller, place, query);
  const taken = all.map(({ name }) => name);
  const { values, leases } = await lease({ access, leased }, call, place, query, taken);
  const body = new Map(all.map((one) => [one.name, secretAnswer(one)]));
  for (const [name, value] of values) body.set(name, leasedSecretAnswer(value));
  return withLeases(secret(json(listBody(body))), leases);
}

async function download({ access, secrets, leased }: Parts, call: Call): Promise<Answer> {
  const { caller, input } = call;
  const query = input(secretsQuery);
  const encode = encoder(call);
  const place = await access.place(caller, query, 'secrets.values');
  const all = await secrets.download(caller, place, query);
  const { values, leases } = await lease({ access, leased }, call, place, query, [...all.keys()]);
  return withLeases(secret(encode(openedValues(new Map([...all, ...values])))), leases);
}

function encoder({ input }: OpenCall): (values: ReadonlyMap<string, string>) => Answer {
  const { format = 'json', name_transformer: transformer } = input(downloadQuery);
  if (transformer !== undefined) {
    throw new AppError('ERR_REQUEST_INVALID', 'Name transformers are not supported.');
  }
  if (format === 'json') return (values) => text(encodeJson(values), 'application/json');
  if (format === 'env') return (values) => text(encodeEnv(values), 'text/plain; charset=utf-8');
  throw new AppError('ERR_REQUEST_INVALID', "The format is not supported; the formats are 'json' and 'env'.");
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

function listBody(secrets: ReadonlyMap<string, unknown>): unknown {
  return { secrets: Object.fromEntries([...secrets].sort(([a], [b]) => (a < b ? -1 : 1))), success: true };
}
