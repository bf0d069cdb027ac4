// Doppler routes that change secrets: values, uploads, notes; and the engine's comparison (contracts/doppler.md 2.5).
import { secretAnswer } from '#contract/doppler/answers.js';
import { compareBody, noteBody, uploadBody } from '#contract/doppler/config-requests.js';
import { secretChanges, secretQuery } from '#contract/doppler/requests.js';
import { parseUpload } from '#formats/upload/upload.js';
import { isManagedName } from '#core/names.js';
import { Sensitive } from '#core/sensitive.js';
import type { Access } from '../../auth/access.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Place } from '../../auth/places.ts';
import type { SecretChanges } from '../../secrets/changes.ts';
import type { Comparing } from '../../secrets/compare.ts';
import type { Notes } from '../../secrets/notes.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { type Answer, json, noContent, secret } from '../answer.ts';
import { type Call, type Route, route } from '../route.ts';
import { listBody } from './secrets.ts';

type Parts = { access: Access; secrets: Secrets; changes: SecretChanges; notes: Notes; comparing: Comparing };

export function secretWriteRoutes(parts: Parts): Route[] {
  const { access, secrets, changes, notes, comparing } = parts;
  const putNote = async ({ caller, input }: Call): Promise<Answer> => {
    const { project, config, ...note } = input(noteBody);
    const home = await access.project(caller, project, 'secrets.notes');
    if (config !== undefined) await access.place(caller, { project: home, config }, 'secrets.notes');
    await notes.put(caller, home, note);
    return json({ ...note, success: true });
  };
  return [
    route('POST', '/configs/config/secrets', 'secrets.write', async ({ caller, input }) => {
      const { changes: requests, ...where } = input(secretChanges);
      const place = await access.place(caller, where, 'secrets.write');
      await changes.change(caller, place, requests);
      return whole(secrets, caller, place);
    }),
    route('POST', '/configs/config/secrets/upload', 'secrets.write', async ({ caller, input }) => {
      const { file, ...where } = input(uploadBody);
      const place = await access.place(caller, where, 'secrets.write');
      // A downloaded file holds the managed names, which nobody sets.
      const given = [...parseUpload(file.reveal())].filter(([name]) => !isManagedName(name));
      await changes.change(
        caller,
        place,
        given.map(([name, value]) => ({ name, value: new Sensitive(value) })),
      );
      return whole(secrets, caller, place);
    }),
    route('DELETE', '/configs/config/secret', 'secrets.write', async ({ caller, input }) => {
      const { name, ...where } = input(secretQuery);
      const place = await access.place(caller, where, 'secrets.write');
      await changes.change(caller, place, [{ name, shouldDelete: true }]);
      return noContent();
    }),
    route('POST', '/configs/config/secrets/compare', 'secrets.write', async ({ caller, input }) => {
      const { values, ...where } = input(compareBody);
      const place = await access.place(caller, where, 'secrets.write');
      const results = await comparing.compare(caller, place, new Map(Object.entries(values)));
      return secret(json({ ...Object.fromEntries(results) }));
    }),
    route('POST', '/projects/project/note', 'secrets.notes', putNote),
    route('POST', '/configs/config/secrets/note', 'secrets.notes', putNote),
  ];
}

/** The config as it is after a change. */
async function whole(secrets: Secrets, caller: Caller, place: Place): Promise<Answer> {
  const { value = [] } = await secrets.list(caller, place, { includeManaged: true });
  return secret(json(listBody(new Map(value.map((one) => [one.name, secretAnswer(one)])))));
}
