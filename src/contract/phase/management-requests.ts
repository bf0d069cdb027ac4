// What is asked of apps, environments and service accounts in Phase's words (contracts/phase.md 7).
import * as z from 'zod/mini';
import { snakeKeys } from './requests.ts';

const id = z.string().check(z.minLength(1), z.maxLength(200));
const name = z.string().check(z.minLength(1), z.maxLength(64));
const given = <Shape extends z.ZodMiniType>(shape: Shape) =>
  z.pipe(
    z.nullish(shape),
    z.transform((value) => value ?? undefined),
  );
const description = z.string().check(z.maxLength(10_000));
/** The name is the slug of an environment too, in small letters: Doppler's side knows it by that. */
const environmentName = z.string().check(z.regex(/^[A-Za-z0-9_-]{2,50}$/));
const ids = z.array(id).check(z.minLength(1), z.maxLength(200));

export const appParams = z.object({ app: id });
export const newApp = z.object({
  name,
  description: given(description),
  environments: given(z.array(environmentName).check(z.minLength(1), z.maxLength(50))),
});
export const appChange = changed({ app: id, name: given(name), description: given(description) }, [
  'name',
  'description',
]);

export const environmentParams = z.object({ environment: id });
export const environmentsQuery = z.pipe(snakeKeys, z.object({ app_id: z.optional(id) }));
export const newEnvironment = z.pipe(snakeKeys, z.object({ app_id: z.optional(id), name: environmentName }));
export const environmentChange = z.object({ environment: id, name: environmentName });

export const accountParams = z.object({ account: id });
/** A token comes with every account; teams there are none, and to drop one would give access that nobody meant. */
export const newAccount = z.object({
  name,
  role_id: given(id),
  token_name: given(name.check(z.minLength(2))),
  team_id: z.optional(z.null()),
});
export const accountChange = changed({ account: id, name: given(name), role_id: given(id) }, ['name', 'role_id']);

/** All that an account may enter from now on. */
export const accessChange = z.object({
  account: id,
  apps: z.array(z.object({ id, environments: ids })).check(
    z.maxLength(200),
    z.refine((apps) => new Set(apps.map((app) => app.id)).size === apps.length),
  ),
});

/** Fields of which at least one of `some` must be there. */
function changed<Shape extends z.core.$ZodLooseShape>(shape: Shape, some: readonly (keyof Shape & string)[]) {
  const has = (fields: Readonly<Record<string, unknown>>) => some.some((field) => fields[field] !== undefined);
  return z.object(shape).check(z.refine(has, { path: [some[0] ?? ''] }));
}
