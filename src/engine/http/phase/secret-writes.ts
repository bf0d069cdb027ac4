// Phase routes that change secrets: in clear on the REST API, sealed by clients that encrypt (contracts/phase.md 2.3–2.5, 2.7).
import { newSecrets, secretEdits, secretIds } from '#contract/phase/secret-requests.js';
import type { Place } from '../../auth/places.ts';
import { openAdded, openEdited } from '../../phase/opening.ts';
import { type Answer, json, secret } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { placeOf } from './place.ts';
import { clearly, itemAnswers, type SecretParts } from './secrets.ts';
import { inputSaying, phaseRoute } from './wire.ts';

const CLEAR = '/v1/secrets/';
const SEALED = '/secrets/';
/** What clients that encrypt take for success, and nothing else. */
const DONE: Answer = { status: 200, text: undefined, contentType: '', headers: [] };

export function phaseSecretWriteRoutes(parts: SecretParts): Route[] {
  return [
    phaseRoute('POST', CLEAR, 'secrets.write', (call) => addClear(parts, call)),
    phaseRoute('PUT', CLEAR, 'secrets.write', (call) => editClear(parts, call)),
    phaseRoute('DELETE', CLEAR, 'secrets.write', async (call) => {
      const removed = await remove(parts, call);
      return json({ message: `Deleted ${removed} secret${removed === 1 ? '' : 's'}` });
    }),
    phaseRoute('POST', SEALED, 'secrets.write', (call) => addSealed(parts, call)),
    phaseRoute('PUT', SEALED, 'secrets.write', (call) => editSealed(parts, call)),
    // Clients that encrypt delete again what another has deleted.
    phaseRoute('DELETE', SEALED, 'secrets.write', async (call) => {
      await remove(parts, call, true);
      return DONE;
    }),
  ];
}

async function addClear(parts: SecretParts, call: Call): Promise<Answer> {
  const added = inputSaying(call, newSecrets);
  const place = await placeOf(parts, call, 'secrets.write');
  const items = added.map(({ key, type, path, ...item }) => ({
    ...item,
    ...{ name: key.toUpperCase(), visibility: type ?? ('masked' as const), path: path ?? '/' },
  }));
  const made = await parts.items.add(call.caller, place, items, await parts.leased.names(place));
  return secret(json(itemAnswers(parts, place, made, clearly(parts, place))));
}

async function editClear(parts: SecretParts, call: Call): Promise<Answer> {
  const edited = inputSaying(call, secretEdits);
  const place = await placeOf(parts, call, 'secrets.write');
  const edits = edited.map(({ key, type, ...edit }) => ({ ...edit, name: key?.toUpperCase(), visibility: type }));
  const made = await parts.items.edit(call.caller, place, edits, await parts.leased.names(place));
  return secret(json(itemAnswers(parts, place, made, clearly(parts, place))));
}

async function addSealed(parts: SecretParts, call: Call): Promise<Answer> {
  const added = inputSaying(call, newSecrets);
  const place = await placeOf(parts, call, 'secrets.write');
  const items = await openAdded(parts.keys, place.environmentId, added);
  await parts.items.add(call.caller, place, items, await leasedNames(parts, place));
  return DONE;
}

async function editSealed(parts: SecretParts, call: Call): Promise<Answer> {
  const edited = inputSaying(call, secretEdits);
  const place = await placeOf(parts, call, 'secrets.write');
  const edits = await openEdited(parts.keys, place.environmentId, edited);
  await parts.items.edit(call.caller, place, edits, await leasedNames(parts, place));
  return DONE;
}

async function remove(parts: SecretParts, call: Call, isLenient = false): Promise<number> {
  const ids = inputSaying(call, secretIds);
  const place = await placeOf(parts, call, 'secrets.write');
  return parts.items.remove(call.caller, place, ids, isLenient);
}

const leasedNames = ({ leased }: SecretParts, place: Place) => leased.names(place);
