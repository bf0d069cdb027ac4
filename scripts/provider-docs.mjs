// Writes the pages of the Terraform provider from its schemas, as a registry lays them out; with --check it only says whether they are fresh.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importForm } from '../provider/framework/import-address.ts';
import { secretsProvider } from '../provider/resources/provider.ts';

const OUT = 'provider/docs';
const FOLDERS = { resources: 'resource', dataSources: 'data source', ephemerals: 'ephemeral resource' };
const PLACES = { resources: 'resources', dataSources: 'data-sources', ephemerals: 'ephemeral-resources' };
const NOTHING = () => {
  throw new Error('The documentation asks nobody.');
};

function typeOf({ shape }) {
  switch (shape.kind) {
    case 'int':
      return 'whole number';
    case 'list':
    case 'set':
    case 'map':
      return `${shape.kind} of ${shape.of.shape.kind === 'object' ? 'objects' : typeOf(shape.of)}`;
    default:
      return shape.kind;
  }
}

function presenceOf(spec) {
  if (spec.default !== undefined) return `default ${code(JSON.stringify(spec.default))}`;
  return { required: '**required**', optional: 'optional', computed: 'read-only', both: 'optional' }[spec.presence];
}

const code = (text) => `\`${text}\``;
const cell = (text) => text.replaceAll('|', '\\|');

function remarksOf(spec) {
  const { writeOnly, sensitive, replaces, choices, description } = spec;
  const remarks = [
    choices.length > 0 ? `One of ${choices.map(code).join(', ')}.` : '',
    description === '' || /[.)]$/.test(description) ? description : `${description}.`,
    writeOnly ? 'Write-only: in no plan and no state.' : sensitive ? 'Sensitive.' : '',
    replaces ? 'Another value makes another object.' : '',
  ];
  return remarks.filter((remark) => remark !== '').join(' ');
}

function rows(attrs, prefix = '') {
  return Object.entries(attrs).flatMap(([name, { spec }]) => {
    const path = `${prefix}${name}`;
    const row = `| ${code(path)} | ${typeOf(spec)} | ${presenceOf(spec)} | ${cell(remarksOf(spec))} |`;
    const { shape } = spec;
    if (shape.kind === 'object') return [row, ...rows(shape.attrs, `${path}.`)];
    const inner = 'of' in shape ? shape.of.shape : undefined;
    return inner?.kind === 'object' ? [row, ...rows(inner.attrs, `${path}.*.`)] : [row];
  });
}

function page(title, { describe = '', attrs, exactlyOne = [], import: read }) {
  const form = importForm(read);
  const example = form && code(`terraform import ${title}.NAME ${form.includes(' ') ? 'ID' : form}`);
  return [
    `# ${title}`,
    '',
    describe,
    '',
    '| attribute | type | | |',
    '|---|---|---|---|',
    ...rows(attrs),
    ...(exactlyOne.length > 0 ? ['', `Exactly one of ${exactlyOne.map(code).join(', ')} is set.`] : []),
    ...(form
      ? ['', `Import by ${form.includes(' ') ? form : code(form)}, by an ${code('import')} block or by ${example}.`]
      : []),
    '',
  ].join('\n');
}

function pages() {
  const provider = secretsProvider({
    connect: NOTHING,
    connectManagement: NOTHING,
    connectSigningIn: NOTHING,
    env: {},
  });
  const all = Object.keys(FOLDERS).flatMap((kind) => provider[kind].map((one) => ({ ...one, kind })));
  const links = all.map(({ kind, name }) => `| [secrets_${name}](${PLACES[kind]}/${name}.md) | ${FOLDERS[kind]} |`);
  const index = `${page('The provider secrets', provider)}\n| type | |\n|---|---|\n${links.join('\n')}\n`;
  return new Map([
    ['index.md', index],
    ...all.map(({ kind, name, words }) => [`${PLACES[kind]}/${name}.md`, page(`secrets_${name}`, words)]),
  ]);
}

function committed() {
  if (!existsSync(OUT)) return [];
  const files = readdirSync(OUT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(OUT.length + 1));
}

const wanted = pages();
const stale = [
  ...[...wanted].filter(
    ([file, text]) => !existsSync(join(OUT, file)) || readFileSync(join(OUT, file), 'utf8') !== text,
  ),
  ...committed().flatMap((file) => (wanted.has(file) ? [] : [[file]])),
].map(([file]) => file);
if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${OUT}/${file} is stale; run: npm run docs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  rmSync(OUT, { recursive: true, force: true });
  for (const [file, text] of wanted) {
    mkdirSync(dirname(join(OUT, file)), { recursive: true });
    writeFileSync(join(OUT, file), text);
  }
}
