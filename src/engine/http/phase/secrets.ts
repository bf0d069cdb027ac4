// Phase routes that read secrets: in clear on the REST API, sealed for clients that decrypt by themselves (contracts/phase.md 2).
import { PLAINLY, secretAnswer, snakeAnswer, type Writing } from '#contract/phase/answers.js';
import { secretsQuery } from '#contract/phase/requests.js';
import { Sensitive } from '#core/sensitive.js';
import type * as z from 'zod/mini';
import type { Place } from '../../auth/places.ts';
import type { PhaseKeys } from '../../phase/keys.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { type Answer, json, secret } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { dynamicAnswers, type LeasingParts, ROOT_PATH } from './leasing.ts';
import { placeOf, type PlaceParts } from './place.ts';
import { headerInput, leases, phaseRoute } from './wire.ts';

export type SecretParts = PlaceParts & LeasingParts & { secrets: Secrets; keys: PhaseKeys };
type Query = z.output<typeof secretsQuery>;

export function phaseSecretRoutes(parts: SecretParts): Route[] {
  const options = { isMinting: leases };
  return [
    phaseRoute('GET', '/v1/secrets/', 'secrets.values', (call) => readClear(parts, call), options),
    phaseRoute('GET', '/secrets/', 'secrets.values', (call) => readSealed(parts, call), options),
  ];
}

async function readClear(parts: SecretParts, call: Call): Promise<Answer> {
  const query = call.input(secretsQuery);
  const place = await placeOf(parts, call, 'secrets.values');
  const digest = parts.keys.digesterOf(place.environmentId);
  const answers = await read(parts, call, place, { query, writing: { ...PLAINLY, digest } });
  return secret(json(answers));
}

async function readSealed(parts: SecretParts, call: Call): Promise<Answer> {
  const query = headerInput(call, secretsQuery);
  const place = await placeOf(parts, call, 'secrets.values');
  const seal = parts.keys.sealerForEnvironment(place.environmentId);
  const digest = parts.keys.digesterOf(place.environmentId);
  const writing: Writing = { value: seal, text: (text) => seal(new Sensitive(text)), digest };
  const answers = await read(parts, call, place, { query, writing });
  const isCamel = call.header('x-use-camel-case')?.toLowerCase() === 'true';
  return secret(json(isCamel ? answers : snakeAnswer(answers)));
}

async function read(
  parts: SecretParts,
  call: Call,
  place: Place,
  { query, writing }: { query: Query; writing: Writing },
): Promise<object[]> {
  // Tags are not kept yet, and only the root of an environment holds secrets: nothing else can match.
  if ((query.path ?? ROOT_PATH) !== ROOT_PATH || (query.tags?.length ?? 0) > 0) return [];
  const home = { environmentId: place.environmentId, path: ROOT_PATH };
  const names = await wantedNames(parts, place, query, writing);
  const found = await parts.secrets.entries(call.caller, place, names);
  const statics = found.map((entry) => secretAnswer(entry, home, writing));
  if (!query.isDynamic) return statics;
  const secrets = await parts.integrations.listDynamicSecrets(place.configId);
  return [...statics, ...(await dynamicAnswers(parts, call, place, { secrets, wish: query, writing }))];
}

/** A client that decrypts names a secret by its digest. Undefined: all. */
async function wantedNames(
  { secrets }: SecretParts,
  place: Place,
  { key, keyDigest }: Query,
  { digest }: Writing,
): Promise<readonly string[] | undefined> {
  if (key !== undefined) return [key];
  if (keyDigest === undefined) return undefined;
  const all = await secrets.names(place, { includeManaged: false });
  return all.filter((name) => digest(name) === keyDigest);
}
