// Names for what several modules declare, in one scope.
import ts from 'typescript';

/** @returns a name for each symbol that no other has, and that no statement which uses it hides by a name of its own */
export function nameAll(units) {
  const { all, inner } = textsOf(units);
  const wanted = new Map(units.flatMap(({ declares }) => declares.map((symbol) => [symbol, symbol.name])));
  const isRenamed = new Set();
  for (const { symbol, outside, text } of units.flatMap(({ uses }) => uses)) {
    if (outside && !wanted.has(symbol)) wanted.set(symbol, outside.local);
    if (wanted.has(symbol) && text !== wanted.get(symbol)) isRenamed.add(symbol);
  }
  const names = new Map();
  const given = new Set();
  for (const [symbol, name] of wanted) {
    let free = name;
    const isTaken = () => given.has(free) || (free === name ? isRenamed.has(symbol) && inner.has(name) : all.has(free));
    for (let n = 1; isTaken(); n++) free = `${name}$${n}`;
    names.set(symbol, free);
    given.add(free);
  }
  return names;
}

/** Every identifier, and those that are bound below the top of a module. */
function textsOf(units) {
  const [all, inner] = [new Set(), new Set()];
  const visit = (node, top) => {
    if (ts.isIdentifier(node)) {
      all.add(node.text);
      if (node.parent.name === node && node.parent !== top) inner.add(node.text);
    }
    ts.forEachChild(node, (child) => visit(child, top));
  };
  for (const { node } of units) {
    for (const top of ts.isVariableStatement(node) ? node.declarationList.declarations : [node]) visit(top, top);
  }
  return { all, inner };
}
