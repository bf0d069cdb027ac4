// Writes the pages of the constructs from their declarations and comments, one for each subject; with --check it only says whether they are fresh.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const L2 = 'provider/constructs/l2';
const OUT = 'docs/constructs';
/** The rooms in the order in which a stack is written, and what each is about. */
const ROOMS = {
  places: 'Projects, environments, configs and secrets',
  machines: 'Accounts and identities',
  leasing: 'Integrations, dynamic secrets and leases',
  workflow: 'The workflow that belongs to a config',
  policy: 'Policies',
  words: 'Values, visibilities, lengths of time',
};

const printer = ts.createPrinter({ removeComments: true });
const parse = (file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
const code = (text) => `\`${text}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const isExported = (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
const has = (node, flag) => (ts.getCombinedModifierFlags(node) & flag) !== 0;

/** What index.ts lets out: file to names, or to undefined for all of them. */
function entrances() {
  const index = parse(join(L2, 'index.ts'));
  const found = index.statements.filter(ts.isExportDeclaration).map(({ exportClause, moduleSpecifier }) => {
    const names = exportClause && exportClause.elements.map(({ name }) => name.text);
    return [join(L2, moduleSpecifier.text), names];
  });
  return new Map(found);
}

/** Every declaration of the room that has a name. */
function declarationsOf(files) {
  return files.flatMap((file) =>
    parse(file).statements.filter((node) => node.name && isExported(node) && !ts.isVariableStatement(node)),
  );
}

/** The comment above a node, on one line, and its tags. */
function commentOf(node) {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const said = docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ');
  const tags = ts.getJSDocTags(node).map((tag) => [tag.tagName.text, ts.getTextOfJSDocComment(tag.comment) ?? '']);
  return { text: prose(oneLine(said)), ...Object.fromEntries(tags.map(([name, tag]) => [name, prose(oneLine(tag))])) };
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
/** A `<` outside of code would begin a tag. */
const prose = (said) => said.replace(/`[^`]*`|</g, (found) => (found === '<' ? '\\<' : found));
const print = (node) => oneLine(printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()));
const typeOf = ({ type, initializer }) => {
  if (type) return print(type);
  return initializer ? print(initializer) : '';
};

/** Its own fields and those of what it extends, as far as that is ours. */
function fieldsOf(node, all) {
  const above = (node.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => expression.getText()),
  );
  const inherited = above.flatMap((name) => (all.has(name) ? fieldsOf(all.get(name), all) : []));
  return [...node.members.filter(ts.isPropertySignature), ...inherited];
}

function fieldTable(fields) {
  const rows = fields.map((field) => {
    const { text, default: usual } = commentOf(field);
    const presence = field.questionToken ? (usual ?? 'none') : '**required**';
    return `| ${code(field.name.getText())} | ${code(cell(typeOf(field)))} | ${cell(presence)} | ${cell(text)} |`;
  });
  return rows.length === 0 ? [] : ['', '| | type | default | |', '|---|---|---|---|', ...rows];
}

const parametersOf = ({ parameters }) =>
  parameters.map(({ dotDotDotToken, name, questionToken, initializer }) => {
    const text = ts.isIdentifier(name) ? name.text : 'props';
    return `${dotDotDotToken ? '...' : ''}${text}${questionToken || initializer ? '?' : ''}`;
  });

function signature(owner, node) {
  const at = owner === '' ? '' : has(node, ts.ModifierFlags.Static) ? `${owner}.` : '.';
  const result = node.type ? `: ${print(node.type)}` : '';
  return `${at}${node.name.getText()}(${parametersOf(node).join(', ')})${result}`;
}

function callLine(owner, node) {
  const { text, throws } = commentOf(node);
  const said = [text, throws === undefined ? '' : `Throws ${throws}.`].filter((part) => part !== '').join(' ');
  return `- ${code(signature(owner, node))}${said === '' ? '' : `: ${said}`}`;
}

function classSection(node, all) {
  const name = node.name.text;
  const open = node.members.filter(
    (member) =>
      !has(member, ts.ModifierFlags.Private | ts.ModifierFlags.Protected) &&
      !(member.name && ts.isPrivateIdentifier(member.name)),
  );
  const maker = open.find(ts.isConstructorDeclaration);
  const props = maker?.parameters.at(-1)?.type;
  const held = props && all.get(props.getText());
  const methods = open.filter(ts.isMethodDeclaration).filter((member) => member.name.getText() !== 'visit');
  const fields = open.filter((member) => ts.isPropertyDeclaration(member) || ts.isGetAccessorDeclaration(member));
  const isAbstract = has(node, ts.ModifierFlags.Abstract);
  return [
    `## ${name}`,
    ...text(node),
    ...(maker && !isAbstract ? ['', code(`new ${name}(${parametersOf(maker).join(', ')})`)] : []),
    ...(held && ts.isInterfaceDeclaration(held) && !isAbstract ? fieldTable(fieldsOf(held, all)) : []),
    ...(methods.length > 0 ? ['', ...methods.map((method) => callLine(name, method))] : []),
    ...(fields.length > 0 ? ['', hasLine(name, fields)] : []),
    '',
  ];
}

/** What a program writes down; other interfaces are what it gets. */
const GIVEN = /(?:Props|Options|KeyMap|Ceiling|Endpoints|Command)$/;

const hasLine = (owner, fields) => `Has ${fields.map((field) => fieldText(owner, field)).join('; ')}.`;

function fieldText(owner, field) {
  const said = commentOf(field).text.replace(/\.$/, '');
  const name = has(field, ts.ModifierFlags.Static) ? `${owner}.${field.name.getText()}` : field.name.getText();
  return said === '' ? code(name) : `${code(name)} (${said.charAt(0).toLowerCase()}${said.slice(1)})`;
}

function text(node) {
  const said = commentOf(node).text;
  return said === '' ? [] : ['', said];
}

/** Interfaces that no constructor takes: handed to methods, given back, or implemented. */
function otherSection(node, all) {
  const head = [`## ${node.name.text}`, ...text(node)];
  if (ts.isInterfaceDeclaration(node)) {
    const fields = fieldsOf(node, all);
    const given = GIVEN.test(node.name.text) ? fieldTable(fields) : ['', hasLine(node.name.text, fields)];
    return [...head, ...(fields.length === 0 ? [] : given), ''];
  }
  if (ts.isFunctionDeclaration(node)) return [`## ${node.name.text}`, '', callLine('', node), ''];
  const type = print(node.type);
  return [
    ...head,
    '',
    type.includes('typeof') ? 'The list is on the [first page](README.md#findings).' : code(cell(type)),
    '',
  ];
}

/** What somebody is asked for: the last argument of a constructor, and every argument of a method. */
function argumentsOf(nodes, isWanted) {
  const members = nodes.filter(ts.isClassDeclaration).flatMap((node) => node.members.filter(isWanted));
  return new Set(members.flatMap(({ parameters }) => parameters.map(({ type }) => type?.getText() ?? '')));
}

function page(title, nodes, all) {
  const made = argumentsOf(nodes, ts.isConstructorDeclaration);
  const asked = argumentsOf([...all.values()], ts.isMethodDeclaration);
  const above = new Set(
    [...all.values()].flatMap(({ heritageClauses = [] }) =>
      heritageClauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText())),
    ),
  );
  // What stands in a table of its own above, or is only a part of others, is not said again.
  const isSaid = ({ name: { text: name } }) =>
    !asked.has(name) && (made.has(name) || (GIVEN.test(name) && above.has(name)));
  const rest = nodes.filter((node) => !ts.isClassDeclaration(node) && !isSaid(node));
  return [
    `# ${title}`,
    '',
    'Written by `npm run docs` from the sources. [All pages](README.md).',
    '',
    ...nodes.filter(ts.isClassDeclaration).flatMap((node) => classSection(node, all)),
    ...rest.flatMap((node) => otherSection(node, all)),
  ].join('\n');
}

/** The closed list of findings, out of the table that says what to do next. */
function findings() {
  const [table] = parse(join(L2, 'words/finding.ts'))
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ name }) => name.text === 'NEXT');
  let object = table.initializer;
  while (!ts.isObjectLiteralExpression(object)) object = object.expression;
  return object.properties.map(({ name, initializer }) => `| ${code(name.text)} | ${initializer.text} |`);
}

function indexPage(pages) {
  return [
    '# The constructs',
    '',
    'Written by `npm run docs` from the sources. How to begin: [docs/platform.md](../platform.md). A whole stack:',
    '[examples/cdktf](../../examples/cdktf/README.md). Below every construct lies the class of its Terraform type (`.l1`),',
    'with the attributes of the [pages of the provider](../../provider/docs/index.md) in camel case.',
    '',
    ...pages.map(({ file, title, names }) => `- [${title}](${file}): ${names.join(', ')}`),
    '',
    '## Findings',
    '',
    'A finding fails the synth with one line: code, path of the node, what is wrong, what to do. A code keeps its meaning.',
    '',
    '| code | what to do |',
    '|---|---|',
    ...findings(),
    '',
  ].join('\n');
}

function wanted() {
  const open = entrances();
  const files = [...open.keys()];
  const everything = declarationsOf(files);
  const all = new Map(everything.map((node) => [node.name.text, node]));
  const pages = Object.entries(ROOMS).map(([room, title]) => {
    const inside = files.filter((file) => file.startsWith(join(L2, room)));
    const nodes = inside.flatMap((file) =>
      declarationsOf([file]).filter(({ name }) => open.get(file) === undefined || open.get(file).includes(name.text)),
    );
    const names = nodes.filter((node) => ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node));
    return {
      file: `${room}.md`,
      title,
      text: page(title, nodes, all),
      names: names.map(({ name }) => code(name.text)),
    };
  });
  return new Map([['README.md', indexPage(pages)], ...pages.map(({ file, text: said }) => [file, said])]);
}

const fresh = wanted();
const before = existsSync(OUT) ? readdirSync(OUT) : [];
const stale = [
  ...[...fresh].filter(([file, said]) => !before.includes(file) || readFileSync(join(OUT, file), 'utf8') !== said),
  ...before.filter((file) => !fresh.has(file)).map((file) => [file]),
].map(([file]) => file);
if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${OUT}/${file} is stale; run: npm run docs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const [file, said] of fresh) writeFileSync(join(OUT, file), said);
}
