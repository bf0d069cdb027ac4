// Where a request of Phase's dialect is about: by header, by app and environment, or by what the token is bound to.
import { placeQuery } from '#contract/phase/requests.js';
import { AppError } from '#core/errors.js';
import type { Access } from '../../auth/access.ts';
import type { Action } from '../../auth/permissions.ts';
import type { Place } from '../../auth/places.ts';
import { notFound, type PhaseApps, type Wanted } from '../../phase/apps.ts';
import type { Call } from '../route.ts';

export type PlaceParts = { access: Access; apps: PhaseApps };

const ID = /^[A-Za-z0-9-]{1,64}$/;

/**
 * The root config of the environment that is asked for, if the caller may do this there. What he may not see is not
 * there (contracts/phase.md 1.2 tells the two apart, which would tell strangers what there is).
 * @throws AppError ERR_NOT_FOUND, ERR_UNAUTHENTICATED for an unknown environment id, ERR_ACCESS_DENIED
 */
export async function placeOf(
  { access, apps }: PlaceParts,
  call: Call,
  action: Action,
  secretId?: string,
): Promise<Place> {
  const wanted = wantedOf(call, secretId);
  if (wanted) {
    const home = await apps.find(wanted);
    if (!home) throw notFound(wanted);
    return access.place(call.caller, home, action).catch(hiddenAs(notFound(wanted)));
  }
  if (call.caller.bound) return access.place(call.caller, {}, action);
  throw new AppError('ERR_ACCESS_DENIED', 'The request names no environment.', {
    hint: 'Give app_id and env in the query, or the id of an environment in the header Environment.',
  });
}

/** The app of this id, if the caller may do this in it. @throws AppError ERR_NOT_FOUND, ERR_ACCESS_DENIED */
export async function appOf({ access, apps }: PlaceParts, { caller }: Call, id: string, action: Action) {
  const row = await apps.app(id);
  await access.project(caller, row.name, action).catch(hiddenAs(notFound({ app: id })));
  return row;
}

/** The same of an environment and its place in the order of its app. */
export async function environmentOf({ access, apps }: PlaceParts, { caller }: Call, id: string, action: Action) {
  const row = await apps.environment(id);
  const missing = new AppError('ERR_NOT_FOUND', 'Environment not found');
  await access.project(caller, row.project, action, row.slug).catch(hiddenAs(missing));
  const shown = (await apps.environments(caller, row.project_id)).find((one) => one.id === id);
  if (!shown) throw missing;
  return { row, shown };
}

function hiddenAs(missing: AppError): (error: unknown) => never {
  return (error) => {
    throw error instanceof AppError && HIDDEN.has(error.code) ? missing : error;
  };
}

/** Not found, and the refusal of a bound token, which would name the project of an id that was guessed. */
const HIDDEN: ReadonlySet<string> = new Set(['ERR_NOT_FOUND', 'ERR_REQUEST_INVALID']);

/** Who names an environment means it, whatever secret he names beside it. */
function wantedOf({ header, input }: Call, givenId: string | undefined): Wanted | undefined {
  const environmentId = header('environment') || undefined;
  if (environmentId !== undefined) return { environmentId: ID.test(environmentId) ? environmentId : '' };
  const { app_id: app, env: environment, secret_id: namedId } = input(placeQuery);
  if (app !== undefined && environment !== undefined) return { app, environment };
  const secretId = givenId ?? (header('secret-id') || namedId);
  if (secretId === undefined) return undefined;
  return { secretId: ID.test(secretId) ? secretId.toLowerCase() : '' };
}
