// Emits one construct class per Terraform type from the provider's schemas, into provider/constructs/l1; with --check it only says whether they are fresh.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretsProvider } from '../provider/resources/provider.ts';

const OUT = 'provider/constructs/l1';
/** Class prefix as cdktf's own generator has it, base class and meta arguments of each kind of block. */
const KINDS = {
  resources: { prefix: '', base: 'BoundResource', meta: 'TerraformMetaArguments', from: '../engine.ts' },
  dataSources: { prefix: 'Data', base: 'BoundDataSource', meta: 'TerraformMetaArguments', from: '../engine.ts' },
  ephemerals: { prefix: 'Ephemeral', base: 'BoundEphemeral', meta: 'EphemeralMetaArguments', from: '../bound.ts' },
  provider: { prefix: '', base: 'BoundProvider', meta: 'ProviderMetaArguments', from: '../bound.ts' },
};

const NOTHING = () => {
  throw new Error('The emitter asks nobody.');
};

const pascal = (text) => text.replace(/(?:^|_)([a-z0-9])/g, (_, first) => first.toUpperCase());
const camel = (text) => text.replace(/_([a-z0-9])/g, (_, first) => first.toUpperCase());
const kebab = (text) => text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
const isInput = ({ presence }) => presence !== 'computed';

/** The attributes inside of a nested one, or of the elements of a collection. */
function insideOf({ shape }) {
  if (shape.kind === 'object') return { attrs: shape.attrs, each: false };
  return 'of' in shape && shape.of.shape.kind === 'object' ? { attrs: shape.of.shape.attrs, each: true } : undefined;
}

function inputType({ shape, choices }, nestedName) {
  switch (shape.kind) {
    case 'string':
      return choices.length > 0 ? choices.map((choice) => `'${choice}'`).join(' | ') : 'string';
    case 'int':
    case 'number':
      return 'number';
    case 'bool':
      return 'boolean | IResolvable';
    case 'list':
    case 'set':
      return `readonly ${inputType(shape.of, nestedName)}[]`;
    case 'map':
      return `Readonly<Record<string, ${inputType(shape.of, nestedName)}>>`;
    case 'object':
      return nestedName;
  }
}

/** How a stored or ephemeral attribute is referred to: the type, and the reader of it. */
function readerOf({ shape }) {
  const of = 'of' in shape ? shape.of.shape.kind : undefined;
  if (shape.kind === 'string') return ['string', 'getStringAttribute'];
  if (shape.kind === 'int' || shape.kind === 'number') return ['number', 'getNumberAttribute'];
  if (shape.kind === 'bool') return ['IResolvable', 'getBooleanAttribute'];
  if (shape.kind === 'map' && of === 'string') return ['Record<string, string>', 'getStringMapAttribute'];
  if (shape.kind !== 'map' && of === 'string') return ['string[]', 'getListAttribute'];
  return ['IResolvable', 'interpolationForAttribute'];
}

function doc(spec, indent) {
  const words = [
    spec.description === '' || /[.)]$/.test(spec.description) ? spec.description : `${spec.description}.`,
    spec.writeOnly ? 'Write-only: in no plan and no state.' : '',
    spec.replaces ? 'Another value makes another object.' : '',
  ].filter((part) => part !== '');
  const tag = spec.default === undefined ? [] : [`@default ${JSON.stringify(spec.default)}`];
  const lines = [...(words.length > 0 ? [words.join(' ').replaceAll('*/', '*\\/')] : []), ...tag];
  if (lines.length === 0) return [];
  return lines.length === 1
    ? [`${indent}/** ${lines[0]} */`]
    : [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`];
}

function properties(attrs, owner) {
  return Object.entries(attrs)
    .filter(([, { spec }]) => isInput(spec))
    .flatMap(([name, { spec }]) => {
      // What a caller has no value for may be written down as undefined too.
      const [mark, none] = spec.presence === 'required' ? ['', ''] : ['?', ' | undefined'];
      return [
        ...doc(spec, '  '),
        `  readonly ${camel(name)}${mark}: ${inputType(spec, `${owner}${pascal(name)}`)}${none};`,
      ];
    });
}

/** The interfaces of nested attributes, innermost first. */
function nestedInterfaces(attrs, owner) {
  return Object.entries(attrs).flatMap(([name, { spec }]) => {
    const inside = isInput(spec) ? insideOf(spec) : undefined;
    if (!inside) return [];
    const own = `${owner}${pascal(name)}`;
    return [
      ...nestedInterfaces(inside.attrs, own),
      `export interface ${own} {`,
      ...properties(inside.attrs, own),
      '}',
      '',
    ];
  });
}

function names(attrs) {
  const entries = Object.entries(attrs).filter(([, { spec }]) => isInput(spec));
  const words = entries.map(([name, { spec }]) => {
    const inside = insideOf(spec);
    if (!inside) return `${camel(name)}: '${name}'`;
    return `${camel(name)}: { to: '${name}', inside: ${names(inside.attrs)}${inside.each ? ', each: true' : ''} }`;
  });
  return words.length === 0 ? '{}' : `{ ${words.join(', ')} }`;
}

/** One property of the top a line. */
function binding(type, attrs) {
  const lines = Object.entries(attrs).map(([name, attribute]) => names({ [name]: attribute }).slice(2, -2));
  const inner = lines.filter((line) => line !== '').map((line) => `    ${line},`);
  return ['const BINDING: Binding = {', `  type: '${type}',`, '  names: {', ...inner, '  },', '};'];
}

function getters(attrs) {
  return Object.entries(attrs)
    .filter(([, { spec }]) => !spec.writeOnly)
    .flatMap(([name, { spec }]) => {
      const [type, reader] = readerOf(spec);
      return [
        '',
        ...doc({ ...spec, default: undefined, replaces: false }, '  '),
        `  get ${camel(name)}(): ${type} {`,
        `    return this.${reader}('${name}');`,
        '  }',
      ];
    });
}

function classFile(kind, name, { attrs, describe = '' }) {
  const { prefix, base, meta, from } = KINDS[kind];
  const type = kind === 'provider' ? 'secrets' : `secrets_${name}`;
  const own = kind === 'provider' ? 'SecretsProvider' : `${prefix}${pascal(type)}`;
  const input = `${own}Config`;
  const isOptional = Object.values(attrs).every(({ spec }) => spec.presence !== 'required');
  const body = [
    ...nestedInterfaces(attrs, own),
    `/** What ${own} is given. */`,
    `export interface ${input} extends ${meta} {`,
    ...properties(attrs, own),
    '}',
    '',
    ...binding(type, attrs),
    '',
    `/** ${describe} */`,
    `export class ${own} extends ${base}<${input}> {`,
    `  static readonly tfResourceType: string = BINDING.type;`,
    '',
    `  constructor(scope: Construct, id: string, config: ${input}${isOptional ? ' = {}' : ''}) {`,
    '    super(scope, id, BINDING, config);',
    '  }',
    ...(kind === 'provider' ? [] : getters(attrs)),
    '}',
    '',
  ].join('\n');
  const engine = ['IResolvable', ...(from === '../engine.ts' ? [meta] : [])].filter((word) => body.includes(word));
  const bound = ['type Binding', base, ...(from === '../bound.ts' ? [`type ${meta}`] : [])];
  return {
    file: kebab(own),
    own,
    text: [
      `// ${kind === 'provider' ? 'The provider block' : `The block ${type}`}, emitted from its schema by scripts/constructs.mjs; do not edit.`,
      "import type { Construct } from 'constructs';",
      `import { ${bound.join(', ')} } from '../bound.ts';`,
      ...(engine.length > 0 ? [`import type { ${engine.join(', ')} } from '../engine.ts';`] : []),
      '',
      body,
    ].join('\n'),
  };
}

/** Every file of the folder by its name. */
function emitted() {
  const provider = secretsProvider({
    connect: NOTHING,
    connectManagement: NOTHING,
    connectSigningIn: NOTHING,
    env: {},
  });
  const blocks = ['resources', 'dataSources', 'ephemerals'].flatMap((kind) =>
    provider[kind].map(({ name, words }) => classFile(kind, name, words)),
  );
  const classes = [classFile('provider', '', provider), ...blocks];
  const index = [
    '// Every emitted class, by scripts/constructs.mjs; do not edit.',
    ...classes.map(({ file }) => `export * from './${file}.ts';`).sort(),
    '',
  ].join('\n');
  return new Map([['index.ts', index], ...classes.map(({ file, text }) => [`${file}.ts`, text])]);
}

const wanted = emitted();
const before = existsSync(OUT) ? readdirSync(OUT) : [];
const stale = [
  ...[...wanted].filter(([file, text]) => !before.includes(file) || readFileSync(join(OUT, file), 'utf8') !== text),
  ...before.filter((file) => !wanted.has(file)).map((file) => [file]),
].map(([file]) => file);
if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${OUT}/${file} is stale; run: npm run constructs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const [file, text] of wanted) writeFileSync(join(OUT, file), text);
}
