// What becomes of the text of a bundle: comments go, and what a job calls for certain is written so that V8 compiles it once.
import ts from 'typescript';

/** A bundle is read beside its sources, which hold the comments; only those stay that say which source it is. */
export function withoutComments(text) {
  const file = ts.createSourceFile('built.js', text, ts.ScriptTarget.Latest, true);
  const comments = new Map();
  const visit = (node) => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) comments.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? []) comments.set(range.pos, range);
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  let kept = '';
  let at = 0;
  for (const { pos, end } of [...comments.values()].sort((a, b) => a.pos - b.pos)) {
    if (text.slice(pos, end).includes('CONCATENATED MODULE')) continue;
    const alone = /(?:^|\n)[ \t]*$/.exec(text.slice(at, pos));
    const after = /^[ \t]*\n/.exec(text.slice(end));
    kept += alone && after ? text.slice(at, pos).replace(/[ \t]*$/, '') : text.slice(at, pos);
    at = alone && after ? end + after[0].length : end;
  }
  return kept + text.slice(at);
}

/**
 * V8 reads a function once to find its end and again when it is called, unless it stands in brackets: that one is
 * compiled where it stands. Of main's halves a job calls nearly all (6 of the 57 million instructions that main had
 * beyond a bare GET). Declarations move to the beginning of their scope, since what is assigned is not hoisted.
 */
export function compiledAtOnce(text) {
  const file = ts.createSourceFile('built.js', inBrackets(ascii(text)), ts.ScriptTarget.Latest, true);
  const found = file.statements.filter(ts.isFunctionDeclaration);
  const [prologue, ...rest] = file.statements;
  return [
    prologue.getText(),
    ...found.map((one) => `var ${one.name.text} = (${one.getText()});`),
    ...rest.filter((one) => !found.includes(one)).map((one) => one.getText()),
    '',
  ].join('\n');
}

function inBrackets(text) {
  const file = ts.createSourceFile('built.js', text, ts.ScriptTarget.Latest, true);
  const edits = [];
  const visit = (node) => {
    if (ts.isArrowFunction(node) && !ts.isParenthesizedExpression(node.parent)) {
      edits.push({ at: node.getStart(), text: '(' }, { at: node.getEnd(), text: ')' });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let kept = '';
  let from = 0;
  for (const { at, text: one } of edits.sort((a, b) => a.at - b.at)) {
    kept += text.slice(from, at) + one;
    from = at;
  }
  return kept + text.slice(from);
}

/** One letter beyond Latin-1 and V8 keeps the whole file at two bytes a letter. */
function ascii(text) {
  return text.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
