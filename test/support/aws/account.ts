// One AWS account: its users, roles, groups, policies and sessions, and what is seen of them while word still travels.
import { randomBytes } from 'node:crypto';
import { AwsFault, missing } from './fault.ts';
import type { Policy } from './policy.ts';

export type Key = { id: string; secret: string; createdAt: number; deletedAt: number | undefined };

/** What else may hang on a user; each is in the way of DeleteUser. */
export const EXTRAS = ['mfaDevices', 'certificates', 'sshKeys', 'serviceCredentials'] as const;
export type Extra = (typeof EXTRAS)[number];

export type User = {
  name: string;
  path: string;
  id: string;
  arn: string;
  createdAt: number;
  boundary: string | undefined;
  tags: Map<string, string>;
  inline: Map<string, Policy>;
  attached: Set<string>;
  groups: Set<string>;
  keys: Key[];
  hasLogin: boolean;
  extras: Record<Extra, Set<string>>;
};

export type Role = {
  name: string;
  id: string;
  arn: string;
  trust: Policy;
  maxSessionSec: number;
  inline: Map<string, Policy>;
  attached: Set<string>;
};

export type Group = { name: string; inline: Map<string, Policy>; attached: Set<string> };

export type Session = {
  kind: 'role' | 'federation';
  keyId: string;
  secret: string;
  token: string;
  name: string;
  /** Of the role, or of the user whose keys asked for it. */
  owner: string;
  issuedAt: number;
  expiresAt: number;
  policies: readonly Policy[];
  tags: ReadonlyMap<string, string>;
  transitive: readonly string[];
  sourceIdentity: string | undefined;
};

export type Limits = {
  users: number;
  keys: number;
  groups: number;
  attached: number;
  inline: number;
  tags: number;
  roleInline: number;
};

/** IAM guide, "IAM and AWS STS quotas". */
export const LIMITS: Limits = {
  users: 5000,
  keys: 2,
  groups: 10,
  attached: 10,
  inline: 2048,
  tags: 50,
  roleInline: 10_240,
};

export const ACCOUNT_ID = '123456789012';
export const OTHER_ACCOUNT_ID = '210987654321';

export class Account {
  readonly id: string;
  readonly now: () => number;
  readonly users = new Map<string, User>();
  readonly roles = new Map<string, Role>();
  readonly groups = new Map<string, Group>();
  readonly managed = new Map<string, Policy>();
  readonly sessions = new Map<string, Session>();
  /** Keys of users that are gone, which some places still believe in while word travels. */
  readonly ghosts: { key: Key; user: User }[] = [];
  limits: Limits = LIMITS;
  /** How long a change takes to be seen. */
  lagMs = 0;
  /** Items per page of every list. */
  pageSize = 100;

  constructor(now: () => number, id = ACCOUNT_ID) {
    this.now = now;
    this.id = id;
  }

  /** Names are unique whatever their case. */
  stored(name: string): User | undefined {
    return this.users.get(name.toLowerCase());
  }

  /** As a caller sees it: not before word of it has travelled. @throws AwsFault NoSuchEntity */
  user(name: string): User {
    const user = this.stored(name);
    if (!user || !this.isSeen(user.createdAt)) throw missing(`The user with name ${name}`);
    return user;
  }

  role(name: string): Role {
    const role = this.roles.get(name.toLowerCase());
    if (!role) throw missing(`The role with name ${name}`);
    return role;
  }

  isSeen(at: number): boolean {
    return this.now() >= at + this.lagMs;
  }

  /** The keys that a list shows: fresh ones not yet, deleted ones no more. */
  shownKeys(user: User): Key[] {
    return user.keys.filter((key) => key.deletedAt === undefined && this.isSeen(key.createdAt));
  }

  /** The key and whose it is, where places know it already or still. */
  findKey(id: string): { key: Key; user: User } | undefined {
    const owned = [...this.users.values()].flatMap((user) => user.keys.map((key) => ({ key, user })));
    const found = [...owned, ...this.ghosts].find(({ key }) => key.id === id);
    if (!found || !this.isSeen(found.key.createdAt)) return undefined;
    const { deletedAt } = found.key;
    return deletedAt !== undefined && this.isSeen(deletedAt) ? undefined : found;
  }

  /** Whether the key is one of this account, which AWS reads off the key itself. */
  knows(keyId: string): boolean {
    return this.sessions.has(keyId) || this.findKey(keyId) !== undefined;
  }

  newKey(): Key {
    const secret = randomBytes(30).toString('base64url');
    return { id: newId('AKIA'), secret, createdAt: this.now(), deletedAt: undefined };
  }

  /** Policies by their ARNs. @throws AwsFault NoSuchEntity */
  policies(arns: Iterable<string>): Policy[] {
    return [...arns].map((arn) => {
      const policy = this.managed.get(arn);
      if (!policy) throw missing(`Policy ${arn}`);
      return policy;
    });
  }

  /** Cuts a list as IAM does; the marker is the place to go on at. */
  page<Item>(
    items: readonly Item[],
    marker: string | undefined,
  ): { items: Item[]; rest: { IsTruncated: boolean; Marker?: string } } {
    const from = marker === undefined ? 0 : Number(marker);
    if (!Number.isSafeInteger(from) || from < 0) throw new AwsFault('InvalidInput', 'Invalid Marker.');
    const end = from + this.pageSize;
    const more = end < items.length;
    return { items: items.slice(from, end), rest: { IsTruncated: more, ...(more ? { Marker: String(end) } : {}) } };
  }
}

/** 20 characters: four that tell what it is, and sixteen of base 32. */
export function newId(prefix: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + [...randomBytes(16)].map((byte) => alphabet[byte & 31]).join('');
}
