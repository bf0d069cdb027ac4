// What undoing a log makes of a config: pure, over the same drafts as every other change.
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { strictest, type Visibility } from '#core/visibility.js';
import { Draft, type DraftSecret } from './draft.ts';
import type { Plan } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import type { SecretState } from './states.ts';

type Version = { visibility: Visibility; dialect: string; open(): Sensitive };

/** What a log says of one secret, and the versions it can be had from. */
export type Past = {
  secretId: string;
  before: SecretState | undefined;
  after: SecretState | undefined;
  version(version: number): Version | undefined;
};

/** @throws AppError ERR_REQUEST_INVALID when a name is taken by another secret, or a secret is protected */
export function planRollback(snapshot: Snapshot, pasts: readonly Past[]): Plan {
  const own = new Draft(snapshot.place.configId, snapshot.own);
  const root = new Draft(snapshot.place.rootConfigId ?? '', snapshot.root);
  const current = new Map([...snapshot.own].map(([name, { id }]) => [id, name]));
  for (const { secretId, before } of pasts) {
    const name = current.get(secretId);
    if (name === undefined) continue;
    if (!before) remove(own, name);
    // Names may have been passed around: all step aside before any takes its old one.
    else if (before.name !== name) own.rename(name, secretId);
  }
  for (const past of pasts) restore(own, past, current.get(past.secretId));
  own.checkLimits(root);
  return { own, root };
}

function remove(own: Draft, name: string): void {
  if (own.get(name)?.isProtected) {
    throw new AppError('ERR_REQUEST_INVALID', 'A secret of this log is protected from deletion.');
  }
  own.remove(name);
}

function restore(own: Draft, { secretId, before, version }: Past, currentName: string | undefined): void {
  if (!before) return;
  const { name } = before;
  const there = own.get(currentName === name ? name : secretId);
  if (own.get(name) && own.get(name) !== there) {
    throw new AppError('ERR_REQUEST_INVALID', 'The name of a secret of this log is in use by another.');
  }
  if (there && there.name !== name) own.rename(secretId, name);
  const old = version(before.version);
  const isSame = there?.stored?.version === before.version;
  if (!old || (isSame && !differs(there, before))) return;
  const text = old.open();
  const { dialect } = old;
  own.put(name, {
    // A value stays as closed as it ever was, and a restricted one never opens without a new value.
    visibility:
      isSame && there?.visibility === 'restricted' ? 'restricted' : strictest(before.visibility, old.visibility),
    valueType: before.valueType,
    isProtected: there?.isProtected ?? false,
    value: isSame
      ? undefined
      : { text, size: Buffer.byteLength(text.reveal()), origin: { secretId, version: before.version, dialect } },
  });
}

function differs(there: DraftSecret | undefined, before: SecretState): boolean {
  return there?.visibility !== before.visibility || there.valueType !== before.valueType;
}
