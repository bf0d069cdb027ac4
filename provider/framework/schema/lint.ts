// Mistakes in a schema that Terraform would reject late, or worse, accept.
import { AppError } from '#core/errors.js';
import type { Attrs, Shape, Spec } from './attribute.ts';

export type Kind = 'provider' | 'resource' | 'data source' | 'ephemeral';
export type Linted = { kind: Kind; name: string; attrs: Attrs; canUpdate?: boolean };

const NAME = /^[a-z_][a-z0-9_]*$/;
const RESERVED = ['count', 'for_each', 'provider', 'lifecycle', 'depends_on', 'connection', 'provisioner'];
const RESERVED_IN_PROVIDER = ['alias', 'version'];

/** Every problem of a schema, one line each, beginning with the path. */
export function lint({ kind, name, attrs, canUpdate = true }: Linted): readonly string[] {
  const problems = NAME.test(name) ? [] : [`${kind} ${name}: the name must be lower case`];
  problems.push(...lintAttrs(attrs, `${kind} ${name}`, { kind, inSet: false, top: true, canUpdate }));
  return problems;
}

/** @throws AppError ERR_INTERNAL with every problem of every schema */
export function mustBeClean(schemas: readonly Linted[]): void {
  const problems = schemas.flatMap(lint);
  const names = schemas.map(({ kind, name }) => `${kind} ${name}`);
  problems.push(...names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${name}: declared twice`));
  if (problems.length > 0) throw new AppError('ERR_INTERNAL', 'A schema is wrong.', { details: problems });
}

type Around = { kind: Kind; inSet: boolean; top: boolean; canUpdate: boolean };

function lintAttrs(attrs: Attrs, where: string, around: Around): string[] {
  return Object.entries(attrs).flatMap(([name, { spec }]) => {
    const path = `${where}.${name}`;
    const reserved =
      around.top && [...RESERVED, ...(around.kind === 'provider' ? RESERVED_IN_PROVIDER : [])].includes(name);
    return [
      ...(NAME.test(name) ? [] : [`${path}: the name must be lower case`]),
      ...(reserved ? [`${path}: the name is reserved`] : []),
      ...lintSpec(spec, around).map((problem) => `${path}: ${problem}`),
      ...lintInside(spec.shape, path, around),
    ];
  });
}

function lintSpec(spec: Spec, around: Around): string[] {
  const { presence, writeOnly } = spec;
  const isComputed = presence === 'computed' || presence === 'both';
  const found: [boolean, string][] = [
    [presence === 'unset', 'say who sets it: required, optional, computed or a default'],
    [isComputed && writeOnly, 'computed and write-only exclude each other'],
    [writeOnly && !spec.sensitive, 'a write-only attribute is sensitive'],
    [writeOnly && around.kind !== 'resource', 'only resources have write-only attributes'],
    [writeOnly && around.inSet, 'Terraform has no write-only attributes inside sets'],
    [
      spec.sensitive && !writeOnly && around.kind === 'resource',
      'a sensitive value would lie in state: make it write-only',
    ],
    [
      spec.sensitive && around.kind === 'data source',
      'a data source returns no sensitive value: it would lie in state',
    ],
    [isComputed && around.kind === 'provider', 'a provider block computes nothing'],
    [isComputed && around.inSet, 'the elements of a set cannot be computed'],
    [spec.keep && !isComputed, 'only what is computed can be kept'],
    [spec.replaces && (presence === 'computed' || around.kind !== 'resource'), 'nothing here can ask for replacement'],
    [
      around.top && !around.canUpdate && presence !== 'computed' && !spec.replaces,
      'there is no update: it must replace',
    ],
    [spec.default !== undefined && presence !== 'both', 'a default makes it neither required nor purely computed'],
    [spec.default !== undefined && brokenDefault(spec), 'the default breaks its own rule'],
  ];
  return found.filter(([bad]) => bad).map(([, problem]) => problem);
}

function brokenDefault(spec: Spec): boolean {
  const value = spec.default;
  return value !== undefined && value !== null && spec.rules.some((rule) => rule(value) !== undefined);
}

function lintInside(shape: Shape, path: string, around: Around): string[] {
  if (shape.kind === 'object') return lintAttrs(shape.attrs, path, { ...around, top: false });
  if (!('of' in shape)) return [];
  const inner = shape.of.shape;
  const problems =
    shape.of.sensitive || shape.of.writeOnly ? [`${path}: say that the whole is sensitive, not its elements`] : [];
  if (inner.kind === 'object') {
    problems.push(
      ...lintAttrs(inner.attrs, `${path}[]`, { ...around, top: false, inSet: around.inSet || shape.kind === 'set' }),
    );
  } else if ('of' in inner && holdsObject(inner))
    problems.push(`${path}: nested attributes go one level into a collection`);
  return problems;
}

function holdsObject(shape: Shape): boolean {
  return shape.kind === 'object' || ('of' in shape && holdsObject(shape.of.shape));
}
