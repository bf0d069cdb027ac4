// Phase routes that read secrets: in clear on the REST API, sealed for clients that decrypt by themselves (contracts/phase.md 2).
import { PLAINLY, secretAnswer, snakeAnswer, type Writing } from '#contract/phase/answers.js';
import { secretsQuery } from '#contract/phase/requests.js';
import { Sensitive } from '#core/sensitive.js';
import type * as z from 'zod/mini';
import type { Place } from '../../auth/places.ts';
import type { PhaseKeys } from '../../phase/keys.ts';
import type { Item, Items } from '../../secrets/items.ts';
import { type Answer, json, secret } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { dynamicAnswers, type LeasingParts, ROOT_PATH } from './leasing.ts';
import { placeOf, type PlaceParts } from './place.ts';
import { headerInput, leases, phaseRoute } from './wire.ts';

export type SecretParts = PlaceParts & LeasingParts & { items: Items; keys: PhaseKeys };
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
  const answers = await read(parts, call, place, { query, writing: clearly(parts, place), isRaw: false });
  return secret(json(answers));
}

/** Clients that decrypt resolve references by themselves, those of their own grammar. */
async function readSealed(parts: SecretParts, call: Call): Promise<Answer> {
  const query = headerInput(call, secretsQuery);
  const place = await placeOf(parts, call, 'secrets.values');
  const seal = parts.keys.sealerForEnvironment(place.environmentId);
  const digest = parts.keys.digesterOf(place.environmentId);
  const writing: Writing = { value: seal, text: (text) => seal(new Sensitive(text)), digest };
  const answers = await read(parts, call, place, { query, writing, isRaw: true });
  const isCamel = call.header('x-use-camel-case')?.toLowerCase() === 'true';
  return secret(json(isCamel ? answers : snakeAnswer(answers)));
}

async function read(
  parts: SecretParts,
  call: Call,
  place: Place,
  { query, writing, isRaw }: { query: Query; writing: Writing; isRaw: boolean },
): Promise<object[]> {
  const { path, tags } = query;
  const isNamed = namedBy(query, writing);
  const found = await parts.items.read(call.caller, place, { path, tags, isNamed, isRaw });
  const statics = itemAnswers(parts, place, found, writing);
  // Dynamic secrets lie in the root; neither key nor tags choose among them (contracts/phase.md 2.1).
  if (!query.isDynamic || (path ?? ROOT_PATH) !== ROOT_PATH) return statics;
  const secrets = await parts.integrations.listDynamicSecrets(place.configId);
  const dynamics = await dynamicAnswers(parts, call, place, { secrets, wish: query, writing });
  return [...statics, ...dynamics];
}

/** A client that decrypts names a secret by its digest. Undefined: none is named. */
function namedBy({ key, keyDigest }: Query, { digest }: Writing): ((name: string) => boolean) | undefined {
  if (key !== undefined) return (name) => name === key;
  return keyDigest === undefined ? undefined : (name) => digest(name) === keyDigest;
}

/** How the REST API writes. */
export function clearly({ keys }: Pick<SecretParts, 'keys'>, { environmentId }: Place): Writing {
  return { ...PLAINLY, digest: keys.digesterOf(environmentId) };
}

export function itemAnswers(
  { keys }: Pick<SecretParts, 'keys'>,
  { environmentId }: Place,
  items: readonly Item[],
  writing: Writing,
): object[] {
  return items.map((item) =>
    secretAnswer(item, { environmentId, folder: keys.folder(environmentId, item.path) }, writing),
  );
}
