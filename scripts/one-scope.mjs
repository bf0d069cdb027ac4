// Lays what every job of main runs into one scope for each half, since a module's wrapper, and a getter for each of its exports, cost V8 more than most functions do.
import { writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { HALVES, LATE, RARE } from './main-scopes.mjs';
import { nameAll } from './scope-names.mjs';

const WAYS = `function late(name) { return require('./${LATE}').modules[name](); }
function rarely() { return require('./${RARE.scope}'); }`;
const SCOPES = [...HALVES, RARE];
const OPTIONS = {
  ...{ allowJs: true, noLib: true, types: [], target: ts.ScriptTarget.Latest },
  ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/**
 * Rewrites `build` in place, so that a bundle of `late.js` finds there what neither half has, and the halves' classes
 * where the halves have them.
 * @returns the text of each half by its file
 */
export function intoOneScope(build) {
  const program = ts.createProgram(
    HALVES.map(({ entry }) => join(build, entry)),
    OPTIONS,
  );
  const checker = program.getTypeChecker();
  const files = inOrder(program, checker, build);
  const units = files.flatMap((file) => unitsOf(file, checker));
  const home = new Map(units.flatMap((unit) => unit.declares.map((symbol) => [symbol, unit])));
  const rare = new Set(units.filter((unit) => isRare(unit, build)));
  if (rare.size !== Object.values(RARE.names).flat().length)
    throw new Error('main-scopes.mjs names what is not there.');
  for (const half of HALVES) claim(half, startsOf(half, { units, home, checker, program, build }), { home, rare });
  claim(RARE, [...rare], { home, rare: new Set() });
  const names = nameAll(units.filter(({ half }) => half));
  const shared = new Set(units.flatMap((unit) => sharedBy(unit, home)));
  const world = { units, home, names, checker, build, shared, late: new Set() };
  for (const file of files) writeFileSync(file.fileName, whatStays(file, world));
  const texts = SCOPES.map((half) => [half.scope, scopeOf(half, world)]);
  for (const [scope] of texts)
    writeFileSync(join(build, scope), `module.exports = __non_webpack_require__('./${scope}');\n`);
  const modules = [...world.late].sort().map((name) => `'${name}': () => import('./${name}'),`);
  writeFileSync(join(build, LATE), ['export const modules = {', ...modules, '};', ''].join('\n'));
  return Object.fromEntries(texts);
}

/** Modules in the order in which they are evaluated. */
function inOrder(program, checker, build) {
  const found = new Set();
  const visit = (file) => {
    if (!file || !ts.isSourceFile(file) || found.has(file) || !file.fileName.startsWith(resolve(build))) return;
    for (const one of file.statements) {
      const symbol = one.moduleSpecifier && checker.getSymbolAtLocation(one.moduleSpecifier);
      if (symbol?.valueDeclaration) visit(symbol.valueDeclaration);
    }
    found.add(file);
  };
  for (const { entry } of HALVES) visit(program.getSourceFile(join(build, entry)));
  return [...found];
}

/** A statement at the top of a module, with the symbols that it declares and those that it uses. */
function unitsOf(file, checker) {
  return file.statements
    .filter((one) => !ts.isImportDeclaration(one) && !ts.isExportDeclaration(one))
    .map((node) => {
      const uses = [];
      const named = ts.isVariableStatement(node) ? [...node.declarationList.declarations] : [node];
      const visit = (at) => {
        const use = named.some(({ name }) => name === at) ? undefined : useOf(at, file, checker);
        if (use) uses.push(use);
        else ts.forEachChild(at, visit);
      };
      visit(node);
      const declares = named.flatMap(({ name }) => (name ? [checker.getSymbolAtLocation(name)] : []));
      return { file, node, uses, declares, half: undefined };
    });
}

/** What an identifier, or a property of an imported namespace, means beyond its own statement. */
function useOf(node, file, checker) {
  const isMember = ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression);
  const alias = checker.getSymbolAtLocation(isMember ? node.expression : node);
  if (isMember) {
    const [declared] = alias?.declarations ?? [];
    if (!declared || !ts.isNamespaceImport(declared)) return undefined;
    const from = declared.parent.parent.moduleSpecifier.text;
    const outside = from.startsWith('node:') ? outsideOf(from, node.name.text, node.name.text) : undefined;
    if (outside) return { node, text: undefined, alias, symbol: outside, outside };
    const symbol = real(checker.getSymbolAtLocation(node.name), checker);
    return { node, text: undefined, alias, symbol };
  }
  if (!ts.isIdentifier(node)) return undefined;
  const isShort = ts.isShorthandPropertyAssignment(node.parent);
  const found = isShort ? checker.getShorthandAssignmentValueSymbol(node.parent) : alias;
  const [declared] = found?.declarations ?? [];
  if (!declared || declared.getSourceFile() !== file) return undefined;
  const importing = ts.findAncestor(declared, ts.isImportDeclaration);
  if (importing?.moduleSpecifier.text.startsWith('node:')) {
    const name = ts.isImportSpecifier(declared) ? (declared.propertyName ?? declared.name).text : undefined;
    const outside = outsideOf(importing.moduleSpecifier.text, name, declared.name.text);
    return { node, isShort, text: node.text, alias: found, symbol: outside, outside };
  }
  if (importing && ts.isNamespaceImport(declared)) {
    throw new Error(`${file.fileName} passes a namespace on: ${node.parent.getText()}`);
  }
  if (!importing && declared.parent !== file && declared.parent.parent?.parent !== file) return undefined;
  return { node, isShort, text: node.text, alias: importing && found, symbol: real(found, checker) };
}

/** One object for each export of Node's, whoever imports it. */
const OUTSIDE = new Map();

function outsideOf(from, name, local) {
  const key = `${from} ${name}`;
  if (!OUTSIDE.has(key)) OUTSIDE.set(key, { from, name, local });
  return OUTSIDE.get(key);
}

function real(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isRare({ file, declares }, build) {
  const names = RARE.names[relative(build, file.fileName)] ?? [];
  return declares.some(({ name }) => names.includes(name));
}

function startsOf(half, { units, home, checker, program, build }) {
  const file = program.getSourceFile(join(build, half.entry));
  const exported = file.symbol ? checker.getExportsOfModule(file.symbol) : [];
  return [
    ...units.filter((unit) => unit.file === file && unit.declares.length === 0),
    ...exported.filter(({ name }) => half.starts.includes(name)).map((symbol) => home.get(real(symbol, checker))),
  ];
}

/** A scope takes what it starts with, and all that this uses and no scope has yet. */
function claim(half, starts, { home, rare }) {
  const open = [...starts];
  for (const unit of open) {
    if (unit.half || rare.has(unit)) continue;
    unit.half = half;
    open.push(...unit.uses.flatMap(({ symbol }) => home.get(symbol) ?? []));
  }
}

/** What a scope has of another. */
function sharedBy({ uses, half }, home) {
  return uses.flatMap(({ symbol }) => (half && half !== (home.get(symbol)?.half ?? half) ? [symbol] : []));
}

/** A statement with its symbols by their names in the scope, without `export`, and with `import()` by the ways of the scope. */
function moved({ node, file, uses, declares, half }, world) {
  const declared = ts.isVariableStatement(node) ? node.declarationList.declarations : [node];
  const edits = [
    ...uses.map(({ node: at, symbol, isShort, text }) => {
      const name = nameFrom(half, symbol, world) ?? text;
      return { at, text: isShort && name !== text ? `${text}: ${name}` : name };
    }),
    ...declared.flatMap(({ name }, n) => (name ? [{ at: name, text: world.names.get(declares[n]) }] : [])),
    ...importCalls(node).map((at) => ({ at, text: loading(at.arguments[0], world) })),
    ...(node.modifiers ?? [])
      .filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      .map((at) => ({ at, text: '' })),
  ];
  const from = node.getStart(file);
  const text = edits
    .sort((a, b) => b.at.getStart(file) - a.at.getStart(file))
    .reduce((kept, one) => {
      const [start, end] = [one.at.getStart(file) - from, one.at.getEnd() - from];
      return kept.slice(0, start) + one.text + kept.slice(end);
    }, node.getText(file));
  return text.trim();
}

/** In brackets, since `new` would take the call for its own. */
function nameFrom(half, symbol, { home, names }) {
  const isRare = half !== RARE && home.get(symbol)?.half === RARE;
  return isRare ? `(rarely().${names.get(symbol)})` : names.get(symbol);
}

function importCalls(node) {
  const found = [];
  const visit = (at) => {
    if (ts.isCallExpression(at) && at.expression.kind === ts.SyntaxKind.ImportKeyword) found.push(at);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}

/** A promise of a module: of Node, of the other half, or of what is loaded late. */
function loading(address, { checker, build, late }) {
  if (address.text.startsWith('node:')) return `Promise.resolve(require('${address.text}'))`;
  const name = relative(build, checker.getSymbolAtLocation(address).valueDeclaration.fileName);
  const half = HALVES.find(({ entry }) => entry === name);
  if (half) return `Promise.resolve(require('./${half.scope}'))`;
  late.add(name);
  return `late('${name}')`;
}

function scopeOf(half, world) {
  const { units, home, names, shared } = world;
  const isFirst = half === HALVES[0];
  const own = units.filter((unit) => unit.half === half);
  const declarations = own.filter(({ declares }) => declares.length > 0).map((unit) => moved(unit, world));
  const effects = own.filter(({ declares }) => declares.length === 0).map((unit) => moved(unit, world));
  const given = new Map(HALVES.map((one) => [one, new Set(one === HALVES[0] ? ['late', 'rarely'] : [])]));
  const outside = new Map();
  for (const { symbol, outside: from } of own.flatMap(({ uses }) => uses)) {
    const other = home.get(symbol)?.half;
    if (other && other !== half && other !== RARE) given.get(other).add(names.get(symbol));
    if (from) outside.set(from.from, { ...outside.get(from.from), [names.get(symbol)]: from.name });
  }
  const passedOn = own.flatMap(({ declares }) => declares).filter((symbol) => shared.has(symbol));
  return [
    "'use strict';",
    ...[...outside].map(([from, all]) => required(from, all)),
    ...(isFirst ? [WAYS] : [...given].flatMap(([one, all]) => borrowed(one, one === half ? [] : [...all]))),
    ...declarations,
    ...(isFirst ? ['exports.late = late;', 'exports.rarely = rarely;'] : []),
    ...passedOn.map((symbol) => `exports.${names.get(symbol)} = ${names.get(symbol)};`),
    ...effects,
    '',
  ].join('\n');
}

function borrowed({ scope }, all) {
  return all.length === 0 ? [] : [`const { ${all.join(', ')} } = require('./${scope}');`];
}

function required(from, all) {
  const whole = Object.entries(all).find(([, name]) => name === undefined)?.[0];
  const parts = Object.entries(all).filter(([, name]) => name !== undefined);
  const list = parts.map(([local, name]) => (local === name ? name : `${name}: ${local}`)).join(', ');
  if (whole === undefined) return `const { ${list} } = require('${from}');`;
  return `const ${whole} = require('${from}');${list === '' ? '' : `\nconst { ${list} } = ${whole};`}`;
}

/** A module without what moved: the rest with its imports, and what the module exports from where it lies now. */
function whatStays(file, { units, home, names, shared, checker, build }) {
  const isFirst = join(build, HALVES[0].entry) === file.fileName;
  if (isFirst) return '';
  const stay = units.filter((unit) => unit.file === file && !unit.half);
  const used = new Set(stay.flatMap(({ uses }) => uses.map(({ alias }) => alias)).filter(Boolean));
  const lines = file.statements.filter(ts.isImportDeclaration).flatMap((one) => importOf(one, used, checker));
  const moves = (symbol, local, word) => {
    const half = home.get(symbol)?.half;
    if (!half) return;
    shared.add(symbol);
    const path = relative(dirname(file.fileName), join(build, half.scope));
    const from = path.startsWith('.') ? path : `./${path}`;
    const name = names.get(symbol);
    lines.push(`${word} { ${name === local ? name : `${name} as ${local}`} } from '${from}';`);
  };
  for (const symbol of new Set(
    stay.flatMap(({ uses }) => uses.filter(({ alias }) => !alias).map((use) => use.symbol)),
  )) {
    moves(symbol, symbol.name, 'import');
  }
  for (const one of file.statements.filter(ts.isExportDeclaration)) lines.push(one.getText(file));
  for (const symbol of checker.getExportsOfModule(file.symbol)) {
    if (home.get(symbol)?.file === file) moves(symbol, symbol.name, 'export');
  }
  return [...lines, ...stay.map(({ node }) => node.getText(file)), ''].join('\n');
}

function importOf(one, used, checker) {
  const { name, namedBindings } = one.importClause ?? {};
  const isUsed = (at) => used.has(checker.getSymbolAtLocation(at.name ?? at));
  const parts = [];
  if (name && isUsed(name)) parts.push(name.text);
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    if (isUsed(namedBindings)) parts.push(namedBindings.getText());
  } else if (namedBindings) {
    const kept = namedBindings.elements.filter(isUsed).map((at) => at.getText());
    if (kept.length > 0) parts.push(`{ ${kept.join(', ')} }`);
  }
  return parts.length === 0 ? [] : [`import ${parts.join(', ')} from ${one.moduleSpecifier.getText()};`];
}
