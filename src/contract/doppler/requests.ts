// Shapes of what Doppler's clients send: bodies and queries, from wire names to ours; values go straight into their box.
import * as z from 'zod/mini';
import { Sensitive } from '#core/sensitive.js';

/** Clients put identifiers into the query or the body, and send empty ones for absent ones (contracts/doppler.md 2.1). */
export const identifier = z.pipe(
  z.nullish(z.string().check(z.maxLength(300))),
  z.transform((text) => text || undefined),
);
export const name = z.string().check(z.minLength(1), z.maxLength(300));
export const boxed = z.pipe(
  z.string(),
  z.transform((text) => new Sensitive(text)),
);
/** `true`, `True` and their kin, since queries are text. */
export const flag = z.pipe(
  z.union([z.boolean(), z.string().check(z.regex(/^(?:true|false|1|0)$/i))]),
  z.transform((given) => (typeof given === 'boolean' ? given : /^(?:true|1)$/i.test(given))),
);
export const whole = z.union([
  z.int().check(z.nonnegative()),
  z.pipe(z.string().check(z.regex(/^\d{1,12}$/)), z.transform(Number)),
]);
const csv = z.pipe(
  z.nullish(z.string().check(z.maxLength(100_000))),
  z.transform((text) => {
    const names = text?.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    return names && names.length > 0 ? names : undefined;
  }),
);
const visibility = z.nullish(z.enum(['masked', 'unmasked', 'restricted']));
/** Those of 2.5, and the two that terraform allows beside them. */
const VALUE_TYPES = [
  ...['string', 'json', 'json5', 'boolean', 'integer', 'decimal', 'email', 'url', 'uuidv4', 'cuid2', 'ulid'],
  ...['datetime8601', 'date8601', 'yaml', 'directReference', 'xml'],
];
const valueType = z.pipe(
  z.nullish(z.object({ type: z.enum(VALUE_TYPES) })),
  z.transform((given) => given?.type),
);

export const place = { project: identifier, config: identifier };

const MAX_PER_PAGE = 1000;
export const page = {
  page: z._default(whole.check(z.minimum(1), z.maximum(1_000_000)), 1),
  per_page: z._default(whole.check(z.minimum(1)), 20),
};
type Paged = { page: number; per_page: number };
export const paged = ({ page: at, per_page }: Paged) => ({ page: at, perPage: Math.min(per_page, MAX_PER_PAGE) });

export const listPage = z.pipe(z.object(page), z.transform(paged));
/** `tags` is a list with commas, of which a project wears one; more than a workplace has mean none. */
export const projectsPage = z.pipe(
  z.object({ ...page, tags: csv }),
  z.transform(({ tags, ...query }) => ({ ...paged(query), ...(tags && { tags: tags.slice(0, 100) }) })),
);
export const projectQuery = z.object({ project: identifier });
export const newProject = z.pipe(
  z.object({
    name,
    description: z.nullish(z.string()),
    create_default_environments: z.nullish(flag),
    deletion_protection: z.nullish(flag),
  }),
  z.transform((body) => ({
    name: body.name,
    description: body.description ?? '',
    bare: body.create_default_environments === false,
    isProtected: body.deletion_protection ?? false,
  })),
);

/** The text of a doppler-template.yaml. */
export const templateImport = z.object({ template: boxed });

export const environmentQuery = z.object({ project: identifier, environment: name });
export const newEnvironment = z.pipe(
  z.object({ project: identifier, name, slug: name, personal_configs: z.nullish(flag) }),
  z.transform((body) => ({
    project: body.project,
    wanted: { name: body.name, slug: body.slug, personalConfigs: body.personal_configs ?? false },
  })),
);

export const placeQuery = z.object(place);
export const configsQuery = z.pipe(
  z.object({ project: identifier, environment: identifier, ...page }),
  z.transform((query) => ({ project: query.project, environment: query.environment, ...paged(query) })),
);
export const newConfig = z.object({ project: identifier, environment: name, name });

export const secretQuery = z.object({ ...place, name });
export const secretsQuery = z.pipe(
  z.object({
    ...place,
    secrets: csv,
    raw_only: z.nullish(flag),
    visibility,
    include_dynamic_secrets: z.nullish(flag),
    include_managed_secrets: z.nullish(flag),
    dynamic_secrets_ttl_sec: z.nullish(whole),
  }),
  z.transform((query) => ({
    project: query.project,
    config: query.config,
    names: query.secrets,
    includeDynamic: query.include_dynamic_secrets ?? false,
    includeManaged: query.include_managed_secrets ?? true,
    ttlSec: query.dynamic_secrets_ttl_sec ?? undefined,
    rawOnly: query.raw_only ?? false,
    visibility: query.visibility ?? undefined,
  })),
);
export const downloadQuery = z.object({ format: identifier, name_transformer: identifier });

const changeRequest = z.object({
  name,
  originalName: z.nullish(z.string()),
  value: z.nullish(boxed),
  originalValue: z.nullish(boxed),
  visibility,
  originalVisibility: visibility,
  valueType,
  originalValueType: valueType,
  shouldDelete: z.optional(z.nullable(flag)),
  shouldPromote: z.optional(z.nullable(flag)),
  shouldConverge: z.optional(z.nullable(flag)),
  /** Engine extensions (design.md §6). */
  generate: z.nullish(z.object({ length: z.int(), charset: z.nullish(z.string().check(z.maxLength(95))) })),
  deletion_protection: z.nullish(flag),
});

/** Exactly one of the two ways to change secrets; both end as change requests. */
export const secretChanges = z.pipe(
  z
    .object({
      ...place,
      secrets: z.nullish(z.record(z.string(), z.nullable(boxed))),
      change_requests: z.nullish(z.array(changeRequest)),
    })
    .check(z.refine((body) => (body.secrets == null) !== (body.change_requests == null), { path: ['secrets'] })),
  z.transform(({ secrets, change_requests, ...where }) => ({
    ...where,
    changes:
      change_requests?.map(({ shouldDelete, shouldPromote, shouldConverge, deletion_protection, ...change }) => ({
        ...change,
        deletionProtection: deletion_protection,
        shouldDelete: shouldDelete ?? false,
        shouldPromote: shouldPromote ?? false,
        shouldConverge: shouldConverge ?? false,
      })) ?? Object.entries(secrets ?? {}).map(([key, value]) => ({ name: key, value, shouldDelete: value === null })),
  })),
);

/** The end of the year 9999: what lies beyond has no ISO text of the usual form, and soon no date at all. */
const LAST_INSTANT = Date.UTC(10_000, 0) - 1;
/** ISO text, or the unix seconds that Doppler's CLI sends (contracts/doppler.md 2.6). */
export const instant = z.pipe(
  z.pipe(
    z.union([whole, z.string().check(z.refine((text) => text === '' || !Number.isNaN(Date.parse(text))))]),
    z.transform((given) => (typeof given === 'number' ? given * 1000 : given === '' ? null : Date.parse(given))),
  ),
  z.nullable(z.number().check(z.maximum(LAST_INSTANT))),
);
export const newToken = z.pipe(
  z.object({ ...place, name, expire_at: z.nullish(instant), access: z.nullish(z.string()), key: z.nullish(boxed) }),
  z.transform(({ expire_at, access, key, ...rest }) => ({
    ...rest,
    expiresAt: expire_at ?? null,
    access: access || 'read',
    key: key ?? undefined,
  })),
);
export const tokenQuery = z.object({ ...place, slug: identifier, token: z.nullish(boxed) });

export const newIntegration = z.object({
  type: name,
  name,
  data: z.unknown(),
  allowed: z.optional(z.unknown()),
  ceiling: z.optional(z.unknown()),
});
export const integrationQuery = z.object({ integration: name });
/** What is left out stays. Scope and ceiling cannot change: to be silent about them would be taken for a yes. */
export const integrationUpdate = z.pipe(
  z.object({
    integration: name,
    name: identifier,
    data: z.optional(z.unknown()),
    allowed: z.optional(z.undefined()),
    ceiling: z.optional(z.undefined()),
  }),
  z.transform(({ integration, name: next, data }) => ({
    integration,
    changes: { name: next, data: data ?? undefined },
  })),
);

export const newDynamicSecret = z.pipe(
  z.object({
    ...place,
    name,
    kind: name,
    integration: name,
    parameters: z.optional(z.unknown()),
    key_map: z.optional(z.unknown()),
    default_ttl_sec: z.nullish(whole),
    max_ttl_sec: z.nullish(whole),
    max_live_leases: z.nullish(whole),
  }),
  z.transform(({ key_map, default_ttl_sec, max_ttl_sec, max_live_leases, ...rest }) => ({
    ...rest,
    keyMap: key_map,
    defaultTtlSec: default_ttl_sec ?? undefined,
    maxTtlSec: max_ttl_sec ?? undefined,
    maxLiveLeases: max_live_leases ?? undefined,
  })),
);
/** What of a dynamic secret can be changed; what is left out stays. */
export const dynamicSecretUpdate = z.pipe(
  z.object({
    ...place,
    dynamic_secret: identifier,
    name: identifier,
    parameters: z.optional(z.unknown()),
    key_map: z.optional(z.unknown()),
    default_ttl_sec: z.nullish(whole),
    max_ttl_sec: z.nullish(whole),
    max_live_leases: z.nullish(whole),
  }),
  z.transform(({ dynamic_secret, name: named, key_map, default_ttl_sec, max_ttl_sec, max_live_leases, ...rest }) => ({
    ...rest,
    name: dynamic_secret ?? named ?? '',
    keyMap: key_map,
    defaultTtlSec: default_ttl_sec ?? undefined,
    maxTtlSec: max_ttl_sec ?? undefined,
    maxLiveLeases: max_live_leases ?? undefined,
  })),
);
export const dynamicSecretQuery = z.object({ ...place, dynamic_secret: name });

export const newLease = z.pipe(
  z.object({ ...place, dynamic_secret: name, ttl_sec: z.nullish(whole), replace: z.nullish(flag) }),
  z.transform(({ dynamic_secret, ttl_sec, replace, ...rest }) => ({
    ...rest,
    dynamicSecret: dynamic_secret,
    ttlSec: ttl_sec ?? undefined,
    replace: replace ?? false,
  })),
);
export const leaseQuery = z.pipe(
  z.object({ ...place, dynamic_secret: name, slug: name }),
  z.transform(({ dynamic_secret, ...rest }) => ({ ...rest, dynamicSecret: dynamic_secret })),
);
export const leaseId = z.object({ slug: name });
export const leaseRenewal = z.pipe(
  z.object({ ...place, dynamic_secret: identifier, slug: name, ttl_sec: whole.check(z.minimum(1)) }),
  z.transform(({ dynamic_secret, ttl_sec, ...rest }) => ({ ...rest, dynamicSecret: dynamic_secret, ttlSec: ttl_sec })),
);
