// What a list of change requests makes of a config: pure, each request checked against what the ones before it left.
import { AppError } from '#core/errors.js';
import { isManagedName, SECRET_NAME } from '#core/names.js';
import type { Sensitive } from '#core/sensitive.js';
import { loosens, type Visibility } from '#core/visibility.js';
import type { Sight } from './computed.ts';
import { Draft, LIMITS, type NewValue } from './draft.ts';
import { type Generate, generateValue } from './generate.ts';
import type { Snapshot } from './snapshot.ts';

/** contracts/doppler.md 2.5. `original…` are compare-and-set; null and undefined mean "not given" everywhere. */
export type ChangeRequest = {
  name: string;
  originalName?: string | null | undefined;
  value?: Sensitive | null | undefined;
  originalValue?: Sensitive | null | undefined;
  visibility?: Visibility | null | undefined;
  originalVisibility?: Visibility | null | undefined;
  valueType?: string | null | undefined;
  originalValueType?: string | null | undefined;
  shouldDelete?: boolean | undefined;
  shouldPromote?: boolean | undefined;
  shouldConverge?: boolean | undefined;
  /** A value made here, instead of one given. */
  generate?: Generate | null | undefined;
  deletionProtection?: boolean | null | undefined;
};

/** `notes`: by name, or by folder and name. */
export type Plan = { own: Draft; root: Draft; notes?: ReadonlyMap<string, string> };

/** What a request finds: the secret itself, or the root's where a branch only inherits it. */
type Current = {
  visibility: Visibility;
  valueType: string;
  isProtected: boolean;
  size: number;
  open(): NewValue;
};

const VALUE_TYPE = /^[a-zA-Z0-9]{1,30}$/;

/** @throws AppError ERR_REQUEST_INVALID, naming the request by its number and never by a value */
export function planChanges(
  snapshot: Snapshot,
  requests: readonly ChangeRequest[],
  sight: Pick<Sight, 'restricted'> = { restricted: true },
): Plan {
  const isBranch = snapshot.place.rootConfigId !== null;
  const own = new Draft(snapshot.place.configId, snapshot.own);
  const root = new Draft(snapshot.place.rootConfigId ?? '', snapshot.root);
  requests.forEach((asked, index) => {
    const refuse: Refuse = (why) => {
      const which = requests.length > 1 ? `Change ${index + 1}: ` : '';
      throw new AppError('ERR_REQUEST_INVALID', `${which}${why}`);
    };
    const request = withGenerated(asked, refuse);
    checkForm(request, refuse);
    if ((request.shouldPromote || request.shouldConverge) && !isBranch) {
      refuse('shouldPromote and shouldConverge are for branch configs only.');
    }
    apply({ own, root }, request, { refuse, sight });
  });
  if (root.isTouched) root.checkLimits();
  own.checkLimits(root);
  return { own, root };
}

export type Refuse = (why: string) => never;

type Asking = { refuse: Refuse; sight: Pick<Sight, 'restricted'> };

function apply({ own, root }: Plan, request: ChangeRequest, { refuse, sight }: Asking): void {
  const { name } = request;
  const subject = request.originalName ?? name;
  const current = currentOf(own, subject) ?? currentOf(root, subject);
  compare(request, current, { refuse, sight });
  if (request.shouldDelete) {
    if (!own.get(name) && root.get(name)) refuse('The secret is inherited from the root config; delete it there.');
    return remove(own, name, refuse);
  }
  if (request.shouldConverge) {
    if (!root.get(name)) refuse('The root config has no secret of this name to converge to.');
    return remove(own, name, refuse);
  }
  if (subject !== name) rename(own, { from: subject, to: name, taken: root.get(name) !== undefined }, refuse);
  const change = changeOf(request, current, refuse);
  const kept = () => current && { ...current.open(), size: current.size };
  // An override that keeps the value starts as a copy of what was inherited.
  const copied = change.value || own.get(name) ? undefined : kept();
  own.put(name, { ...change, value: change.value ?? copied });
  if (request.shouldPromote) root.put(name, { ...change, value: change.value ?? kept() });
}

function remove(own: Draft, name: string, refuse: Refuse): void {
  if (own.get(name)?.isProtected) {
    refuse('The secret is protected from deletion; set deletion_protection to false first.');
  }
  own.remove(name);
}

function withGenerated(request: ChangeRequest, refuse: Refuse): ChangeRequest {
  if (request.generate == null) return request;
  if (request.value != null) refuse('A value is either given or generated.');
  return { ...request, value: generateValue(request.generate) };
}

function currentOf(draft: Draft, name: string): Current | undefined {
  const secret = draft.get(name);
  if (!secret) return undefined;
  const { visibility, valueType, isProtected, size, value, stored } = secret;
  const open = (): NewValue => {
    if (value) return value;
    if (!stored) throw new AppError('ERR_INTERNAL', 'A secret without a value was planned.');
    const { id, version, dialect } = stored;
    return { text: stored.open(), origin: { secretId: id, version, dialect } };
  };
  return { visibility, valueType, isProtected, size, open };
}

function changeOf(request: ChangeRequest, current: Current | undefined, refuse: Refuse) {
  const text = request.value ?? undefined;
  if (!text && !current) refuse('A new secret needs a value.');
  const visibility = request.visibility ?? current?.visibility ?? 'masked';
  if (current?.visibility === 'restricted' && loosens('restricted', visibility) && !text) {
    refuse('A restricted secret becomes more visible only together with a new value.');
  }
  const value = text && { text, size: Buffer.byteLength(text.reveal()) };
  const isProtected = request.deletionProtection ?? current?.isProtected ?? false;
  return { value, visibility, isProtected, valueType: request.valueType ?? current?.valueType ?? 'string' };
}

function rename(own: Draft, { from, to, taken }: { from: string; to: string; taken: boolean }, refuse: Refuse): void {
  if (!own.get(from)) refuse('The secret to rename is not in this config.');
  if (own.get(to) || taken) refuse('The new name is already in use.');
  own.rename(from, to);
}

function compare(request: ChangeRequest, current: Current | undefined, { refuse, sight }: Asking): void {
  const { originalValue, originalVisibility, originalValueType } = request;
  // Whoever may compare may guess, value by value.
  if (originalValue != null && current?.visibility === 'restricted' && !sight.restricted) {
    refuse('A restricted value is not compared for a user.');
  }
  if (originalValue != null && current?.open().text.reveal() !== originalValue.reveal()) {
    refuse('The secret has another value than originalValue.');
  }
  if (originalVisibility != null && current?.visibility !== originalVisibility) {
    refuse('The secret has another visibility than originalVisibility.');
  }
  if (originalValueType != null && current?.valueType !== originalValueType) {
    refuse('The secret has another type than originalValueType.');
  }
}

/** What holds for every secret, whoever writes it. */
export function checkForm(
  { name, value, valueType }: Pick<ChangeRequest, 'name' | 'value' | 'valueType'>,
  refuse: Refuse,
): void {
  if (!SECRET_NAME.test(name)) {
    refuse("The name of a secret is 1 to 200 upper-case letters, digits and '_', and does not start with a digit.");
  }
  if (isManagedName(name)) refuse('DOPPLER_PROJECT, DOPPLER_ENVIRONMENT and DOPPLER_CONFIG are set by the engine.');
  if (valueType != null && !VALUE_TYPE.test(valueType)) refuse('The value type is not valid.');
  const text = value?.reveal();
  if (text === undefined) return;
  // A lone surrogate has no UTF-8: it would come back as another value.
  if (!text.isWellFormed()) refuse('The value is not well-formed Unicode.');
  if (Buffer.byteLength(text) > LIMITS.valueBytes) refuse(`A value has at most ${LIMITS.valueBytes / 1024} KiB.`);
}
