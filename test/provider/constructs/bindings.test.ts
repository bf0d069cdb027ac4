// The emitted classes against the provider's own schemas: every attribute, under its name, on the side where it belongs.
import type { Construct } from 'constructs';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import * as bindings from '#provider/constructs/l1/index.js';
import { schemaMessage } from '#provider/framework/schema/wire-schema.js';
import type { AnyAttribute, Attrs, Spec } from '#provider/framework/schema/attribute.js';
import { camel, pascal } from '../support/class-names.ts';
import { realProvider } from '../support/secrets-world.ts';

type Block = Record<string, unknown>;
type BoundClass = new (scope: Construct, id: string, config: Block) => { toTerraform: () => Block };

const provider = realProvider();
const blocks = [
  ...(provider.resources ?? []).map((one) => ({ ...one, kind: 'resource', prefix: '' })),
  ...(provider.dataSources ?? []).map((one) => ({ ...one, kind: 'data', prefix: 'Data' })),
  ...(provider.ephemerals ?? []).map((one) => ({ ...one, kind: 'ephemeral', prefix: 'Ephemeral' })),
].map(({ kind, prefix, name, words }) => ({ kind, type: `secrets_${name}`, prefix, attrs: words.attrs }));
const classes = bindings as unknown as Readonly<Record<string, BoundClass>>;
const isInput = ([, { spec }]: [string, AnyAttribute]) => spec.presence !== 'computed';

function classOf({ prefix, type }: { prefix: string; type: string }): BoundClass {
  const found = classes[`${prefix}${pascal(type)}`];
  if (!found) throw new Error(`There is no class for ${prefix} ${type}.`);
  return found;
}

/** A value for an attribute, once as properties and once as Terraform must read it. */
function sample({ shape, choices }: Spec): { given: unknown; written: unknown } {
  const both = (value: unknown) => ({ given: value, written: value });
  if (shape.kind === 'object') return sampleOf(shape.attrs);
  if (shape.kind === 'string') return both(choices[0] ?? 'text');
  if (shape.kind === 'bool') return both(true);
  if (shape.kind === 'int' || shape.kind === 'number') return both(7);
  if (!('of' in shape)) throw new Error(`unknown shape ${shape.kind}`);
  const inner = sample(shape.of);
  // A key that looks like a property must stay as it is.
  const held = (value: unknown) => (shape.kind === 'map' ? { someKey_Here: value } : [value]);
  return { given: held(inner.given), written: held(inner.written) };
}

function sampleOf(attrs: Attrs) {
  const inputs = Object.entries(attrs).filter(isInput);
  const samples = inputs.map(([name, { spec }]) => ({ name, ...sample(spec) }));
  return {
    given: Object.fromEntries(samples.map(({ name, given }) => [camel(name), given])),
    written: Object.fromEntries(samples.map(({ name, written }) => [name, written])),
  };
}

/** The block a class writes, without what cdktf notes about it. */
function written(block: Block, ...path: string[]): Block {
  let at: unknown = block;
  for (const step of path) at = (at as Block)[step];
  const { '//': _, ...attributes } = JSON.parse(JSON.stringify(at)) as Block;
  return attributes;
}

const stack = () => new TerraformStack(new App(), 'stack');

test('there is a class for every block of the provider and none besides', () => {
  const expected = blocks.map(({ prefix, type }) => `${prefix}${pascal(type)}`);
  expect(Object.keys(bindings).sort()).toEqual([...expected, 'SecretsProvider'].sort());
});

describe.each(blocks)('$kind $type', (block) => {
  const { kind, type, attrs } = block;

  test('writes every attribute that a configuration may set, under its name and in its shape', () => {
    const { given, written: expected } = sampleOf(attrs);
    const element = new (classOf(block))(stack(), 'one', given);
    expect(written(element.toTerraform(), kind, type, 'one')).toEqual(expected);
    const settable = schemaMessage(attrs, 0, '').block?.attributes?.filter(
      ({ required, optional }) => required || optional,
    );
    expect(Object.keys(expected)).toEqual(settable?.map(({ name }) => name));
  });

  test('refers to every attribute that Terraform keeps, and to none that is write-only', () => {
    const { prototype } = classOf(block);
    const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(([, { get }]) => get);
    const stored = Object.entries(attrs).filter(([, { spec }]) => !spec.writeOnly);
    expect(getters.map(([name]) => name).sort()).toEqual(stored.map(([name]) => camel(name)).sort());
    const owner = stack();
    const element = new (classOf(block))(owner, 'one', sampleOf(attrs).given) as unknown as Block;
    const address = kind === 'resource' ? type : `${kind}.${type}`;
    for (const [name] of stored) new TerraformOutput(owner, `o_${name}`, { value: element[camel(name)] });
    const { output } = owner.toTerraform();
    for (const [name] of stored) {
      expect(output[`o_${name}`]).toEqual({ value: `\${${address}.one.${name}}` });
    }
  });
});

test('the provider block writes what it is given, with the source that was asked for', () => {
  const { given, written: expected } = sampleOf(provider.attrs);
  const block = new bindings.SecretsProvider(stack(), 'secrets', {
    ...given,
    alias: 'second',
    source: 'example.test/org/secrets',
  });
  const { terraform, provider: providers } = JSON.parse(JSON.stringify(block.toTerraform()));
  expect(providers.secrets).toEqual([{ ...expected, alias: 'second' }]);
  expect(terraform.required_providers.secrets).toEqual({
    source: 'example.test/org/secrets',
    version: '>= 1.0.0, < 2.0.0',
  });
});

test('an ephemeral block takes a provider, what it waits for and overrides, as every other block does', () => {
  const owner = stack();
  const second = new bindings.SecretsProvider(owner, 'second', { alias: 'second' });
  const project = new bindings.SecretsProject(owner, 'project', { name: 'shop' });
  const lease = new bindings.EphemeralSecretsLease(owner, 'lease', {
    dynamicSecret: 'DB',
    provider: second,
    dependsOn: [project],
  });
  lease.addOverride('lifecycle.precondition', [{ condition: true, error_message: 'no' }]);
  lease.addOverride('ttl', '5m');
  expect(written(owner.toTerraform(), 'ephemeral', 'secrets_lease', 'lease')).toEqual({
    dynamic_secret: 'DB',
    provider: 'secrets.second',
    depends_on: ['secrets_project.project'],
    lifecycle: { precondition: [{ condition: true, error_message: 'no' }] },
    ttl: '5m',
  });
});

test.each([
  ['resource', (owner: TerraformStack) => new bindings.SecretsProject(owner, 'one', { name: 'shop' })],
  ['data', (owner: TerraformStack) => new bindings.DataSecretsProject(owner, 'one', { name: 'shop' })],
  ['ephemeral', (owner: TerraformStack) => new bindings.EphemeralSecretsLease(owner, 'one', { dynamicSecret: 'DB' })],
  ['provider', (owner: TerraformStack) => new bindings.SecretsProvider(owner, 'one')],
])('a %s block is never written as half of itself in HCL', (_, build) => {
  const element = build(stack());
  expect(() => element.toHclTerraform()).toThrow('These constructs write no HCL.');
});
