// Shapes of requests about configs and their secrets beyond reading and writing values (contracts/doppler.md 2.2–2.8).
import * as z from 'zod/mini';
import { boxed, flag, identifier, name, page, paged, place } from './requests.ts';

const text = (most: number) => z.string().check(z.maxLength(most));

/** `project` is the present name and `name` the next, which may be the same. */
export const projectUpdate = z.pipe(
  z.object({
    project: identifier,
    name: identifier,
    description: z.nullish(text(10_000)),
    deletion_protection: z.nullish(flag),
  }),
  z.transform(({ deletion_protection, ...body }) => ({
    project: body.project,
    name: body.name,
    description: body.description ?? undefined,
    isProtected: deletion_protection ?? undefined,
  })),
);

export const environmentUpdate = z.pipe(
  z.object({
    project: identifier,
    environment: name,
    name: identifier,
    slug: identifier,
    personal_configs: z.nullish(flag),
  }),
  z.transform(({ personal_configs, name: next, slug, ...where }) => ({
    ...where,
    wanted: {
      ...(next === undefined ? {} : { name: next }),
      ...(slug === undefined ? {} : { slug }),
      ...(personal_configs == null ? {} : { personalConfigs: personal_configs }),
    },
  })),
);

/** Doppler's rename; the engine's protection goes the same way. */
export const configUpdate = z.pipe(
  z.object({ ...place, name: identifier, deletion_protection: z.nullish(flag) }),
  z.transform(({ deletion_protection, ...rest }) => ({ ...rest, isProtected: deletion_protection ?? undefined })),
);
export const configClone = z.object({ ...place, name });
export const configInheritable = z.object({ ...place, inheritable: flag });

/** A list in a body; a client that puts it into the query sends it as JSON text. */
const inherited = z.array(z.object({ project: name, config: name }));
export const configInherits = z.pipe(
  z.object({ ...place, inherits: z.nullish(z.union([inherited, z.pipe(z.string(), z.transform(fromJson))])) }),
  z.transform(({ inherits, ...where }) => ({ ...where, inherits: inherits ?? [] })),
);

function fromJson(given: string): z.output<typeof inherited> {
  const parsed = z.safeParse(inherited, parsedOrNull(given));
  return parsed.success ? parsed.data : [{ project: '', config: '' }];
}

function parsedOrNull(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return null;
  }
}

export const noteBody = z.object({ ...place, secret: name, note: text(100_000) });
export const uploadBody = z.object({ ...place, file: boxed });
export const compareBody = z.object({ ...place, values: z.record(z.string(), boxed) });
export const ipBody = z.object({ ...place, ip: z.string().check(z.minLength(1), z.maxLength(100)) });
export const referenceQuery = z.object({ ...place, slug: name });

export const configLogsQuery = z.pipe(
  z.object({ ...place, ...page }),
  z.transform(({ project, config, ...range }) => ({ project, config, ...paged(range) })),
);
export const configLogQuery = z.object({ ...place, log: name });
export const logQuery = z.object({ log: name });
