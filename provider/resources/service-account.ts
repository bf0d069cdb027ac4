// secrets_service_account: a machine's account, what it may do in the workplace, and in which projects.
import type { Membership, WorkplaceRole } from '#client/management.js';
import { asAppError } from '#core/errors.js';
import { partial } from '../framework/definitions.ts';
import { byIdOrName } from '../framework/import-address.ts';
import { list, map, object, set, str } from '../framework/schema/words.ts';
import { environmentSlug } from './rules.ts';
import { resource, type Session } from './session.ts';

type Places = ReadonlyMap<string, { role: string; environments: readonly string[] | null }>;
const NO_ROLE = 'no_access';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const serviceAccount = resource('service_account', {
  describe: 'An account for a machine. Deleting it ends its tokens, its identities and every lease they hold.',
  attrs: {
    id: str.computed().keep(),
    name: str.required(),
    workplace_role: str.optional().describe('The identifier of a workplace role; without it, and permissions: none.'),
    permissions: list(str).optional().describe('Workplace permissions of its own, instead of a role.'),
    projects: map(
      object({
        role: str.required().describe('The identifier of a project role, such as viewer or collaborator.'),
        environments: set(environmentSlug).optional().describe('Only these; otherwise all.'),
      }),
    )
      .optional()
      .describe('What it may do, by the name of a project. Places that are not named here are left alone.'),
  },
  validate: ({ config }) =>
    config.workplace_role !== null && config.permissions !== null
      ? [
          {
            severity: 'error',
            summary: 'Conflicting attributes',
            detail: 'Set workplace_role or permissions, not both.',
            path: [{ attribute: 'permissions' }],
          },
        ]
      : [],
  create: async ({ client, config }) => {
    const made = await client.write((engine) =>
      engine.createServiceAccount({ name: config.name, role: roleOf(config) }),
    );
    const failure = await place(client, made.slug, new Map(), config.projects ?? new Map());
    return failure ? partial({ id: made.slug, projects: null }, failure) : { id: made.slug };
  },
  read: async ({ client, prior, signal }) => {
    const { slug, name, role } = await client.read((engine) => {
      const which = prior.id ?? '';
      return UUID.test(which) ? engine.serviceAccount(which, signal) : engine.serviceAccountNamed(which, signal);
    });
    const before = prior.projects ?? new Map();
    const found = new Map<string, { role: string; environments: readonly string[] | null }>();
    for (const project of before.keys()) {
      const membership = await client.read((engine) => engine.membership(project, slug, signal));
      if (membership) found.set(project, { ...membership, environments: membership.environments ?? null });
    }
    return { id: slug, name, ...roleAttributes(role, prior), projects: prior.projects === null ? null : found };
  },
  update: async ({ client, config, prior }) => {
    const next = { name: config.name, role: roleOf(config) };
    await client.write((engine) => engine.updateServiceAccount(prior.id, next));
    const failure = await place(client, prior.id, prior.projects ?? new Map(), config.projects ?? new Map());
    const { name, workplace_role, permissions } = config;
    return failure ? partial({ name, workplace_role, permissions }, failure) : { id: prior.id };
  },
  delete: async ({ client, prior }) => client.write((engine) => engine.deleteServiceAccount(prior.id)),
  import: byIdOrName(),
});

function roleOf(config: { workplace_role: string | null; permissions: readonly string[] | null }): WorkplaceRole {
  return config.permissions ? { permissions: config.permissions } : { identifier: config.workplace_role ?? NO_ROLE };
}

function roleAttributes(role: WorkplaceRole, prior: { workplace_role: string | null }) {
  if ('permissions' in role) return { workplace_role: null, permissions: role.permissions };
  const isNone = role.identifier === NO_ROLE && prior.workplace_role === null;
  return { workplace_role: isNone ? null : role.identifier, permissions: null };
}

/** Gives and takes what differs. What went wrong is returned: the account itself is there. */
async function place(client: Session, account: string, before: Places, after: Places) {
  try {
    for (const [project, wanted] of after) {
      const membership: Membership = { role: wanted.role, environments: wanted.environments ?? undefined };
      if (JSON.stringify(before.get(project)) === JSON.stringify(wanted)) continue;
      await client.write((engine) => engine.setMembership(project, account, membership));
    }
    for (const project of before.keys()) {
      if (after.has(project)) continue;
      await client.write((engine) => engine.removeMembership(project, account)).catch(goneIsFine);
    }
    return undefined;
  } catch (error) {
    return asAppError(error);
  }
}

/** A project that was deleted took its members along. */
function goneIsFine(error: unknown): void {
  const failure = asAppError(error);
  if (failure.code !== 'ERR_NOT_FOUND') throw failure;
}
