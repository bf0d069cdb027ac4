// Apps, environments, service accounts, roles and members as Phase's management API shows them (contracts/phase.md 7).
import { environmentType } from './bootstrap.ts';
import { formatInstant } from './duration.ts';

type Named = { id: string; name: string };
type Made = { createdAt: number };

/** Management lists are wrapped, those of secrets are not (contracts/phase.md 5). */
export function listed(data: readonly object[]): { readonly data: readonly object[] } {
  return { data };
}

/** The server can read what is in every app, which is what this flag says. */
export function appAnswer({ id, name, description, ...times }: Named & Made & { description: string }) {
  return { id, name, description, sseEnabled: true, ...madeAt(times) };
}

export type ShownEnvironment = Named & Made & { slug: string; index: number };

export function environmentAnswer({ id, name, slug, index, ...times }: ShownEnvironment) {
  return { id, name, envType: environmentType(slug), index, ...madeAt(times) };
}

type Role = { identifier: string; name: string };
type Account = Made & { slug: string; name: string; role: Role };

export function accountAnswer({ slug, name, role, ...times }: Account) {
  return { id: slug, name, role: roleRef(role), ...madeAt(times) };
}

type Token = Made & { slug: string; name: string; expiresAt: number | null };
type App = Named & { environments: readonly (Named & { slug: string })[] };

export function accountDetailAnswer(
  account: Account,
  { tokens, apps }: { tokens: readonly Token[]; apps: readonly App[] },
) {
  return {
    ...accountAnswer(account),
    tokens: tokens.map(tokenAnswer),
    apps: apps.map(({ id, name, environments }) => ({
      ...{ id, name },
      environments: environments.map((one) => ({ id: one.id, name: one.name, envType: environmentType(one.slug) })),
    })),
  };
}

/** Without the token itself, which is told once. */
export function tokenAnswer({ slug, name, createdAt, expiresAt }: Token) {
  return {
    ...{ id: slug, name, createdAt: formatInstant(createdAt) },
    expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
  };
}

export function roleAnswer({ isCustom, createdAt, ...role }: Role & Made & { isCustom: boolean }) {
  const shown = { description: null, color: '', isDefault: !isCustom };
  return { ...roleRef(role), ...shown, createdAt: formatInstant(createdAt) };
}

export function memberAnswer(user: Made & { slug: string; name: string; email: string; access: string }) {
  const { slug, name, email, access, ...times } = user;
  const role = roleRef({ identifier: access, name: access });
  return { id: slug, username: email, fullName: name, email, role, ...madeAt(times) };
}

/** A role is known by its identifier; permissions of an account's own are no role. */
function roleRef({ identifier, name }: Role): Named | null {
  return identifier === '' ? null : { id: identifier, name };
}

/** When something was changed last is not kept. */
function madeAt({ createdAt }: Made) {
  return { createdAt: formatInstant(createdAt), updatedAt: formatInstant(createdAt) };
}
