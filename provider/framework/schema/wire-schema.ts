// Schemas as Terraform reads them, and the types their values travel as.
import { type AttributeDraft, MARKDOWN, NESTING, type RPC } from '../../wire/tfplugin6.ts';
import type { Decoded } from '../../wire/protobuf.ts';
import { type Type, typeJson } from '../../wire/types.ts';
import type { Attrs, Shape, Spec } from './attribute.ts';

type SchemaMessage = NonNullable<Decoded<(typeof RPC)['GetProviderSchema']['response']>['provider']>;

/** The type of the object that these attributes make. */
export function objectType(attrs: Attrs): Type & { readonly object: Readonly<Record<string, Type>> } {
  return { object: Object.fromEntries(Object.entries(attrs).map(([name, { spec }]) => [name, shapeType(spec.shape)])) };
}

/** The type of one shape. */
export function shapeType(shape: Shape): Type {
  switch (shape.kind) {
    case 'string':
    case 'bool':
      return shape.kind;
    case 'int':
    case 'number':
      return 'number';
    case 'list':
      return { list: shapeType(shape.of.shape) };
    case 'set':
      return { set: shapeType(shape.of.shape) };
    case 'map':
      return { map: shapeType(shape.of.shape) };
    case 'object':
      return objectType(shape.attrs);
  }
}

/** The schema message of a block of attributes. */
export function schemaMessage(attrs: Attrs, version: number, description: string): SchemaMessage {
  const described = { description, description_kind: MARKDOWN, deprecated: false };
  return { version, block: { version, attributes: attributeMessages(attrs), ...described } };
}

function attributeMessages(attrs: Attrs): readonly AttributeDraft[] {
  return Object.entries(attrs).map(([name, { spec }]) => attributeMessage(name, spec));
}

function attributeMessage(name: string, spec: Spec): AttributeDraft {
  const nested = nestedMessage(spec.shape);
  return {
    name,
    type: nested ? new Uint8Array(0) : typeJson(shapeType(spec.shape)),
    nested_type: nested,
    description: spec.description,
    description_kind: MARKDOWN,
    required: spec.presence === 'required',
    optional: spec.presence === 'optional' || spec.presence === 'both',
    computed: spec.presence === 'computed' || spec.presence === 'both',
    sensitive: spec.sensitive,
    deprecated: spec.deprecated,
    write_only: spec.writeOnly,
  };
}

function nestedMessage(shape: Shape): AttributeDraft['nested_type'] {
  if (shape.kind === 'object') return { attributes: attributeMessages(shape.attrs), nesting: NESTING.single };
  if (!('of' in shape) || shape.of.shape.kind !== 'object') return undefined;
  return { attributes: attributeMessages(shape.of.shape.attrs), nesting: NESTING[shape.kind] };
}
