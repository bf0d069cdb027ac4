// The small reader of action.yml: what it understands, and that it refuses the rest aloud.
import { parseActionFile } from './action-file.ts';

const RUNS = "runs:\n  using: 'node24'\n  main: dist/main/index.js\n";

test('reads entry points, inputs in order, defaults in every quoting, block texts and comments', () => {
  const action = parseActionFile(`# about
name: 'It''s' # mine
description: >-
  Two lines
  of text: with a colon
inputs:
  plain:
    description: |
      first

      second
    default: 30m   # a comment
  quoted:
    default: "a\\tb"
    deprecationMessage: 'use plain'
  bare:
    description: Required one
    required: true
${RUNS}  post: dist/post/index.js
  post-if: success()
`);
  expect(action).toMatchObject({
    name: "It's",
    using: 'node24',
    main: 'dist/main/index.js',
    post: 'dist/post/index.js',
  });
  expect(action.postIf).toBe('success()');
  expect([...action.inputs].map(([name, input]) => [name, input.default, input.deprecationMessage])).toEqual([
    ['plain', '30m', undefined],
    ['quoted', 'a\tb', 'use plain'],
    ['bare', '', undefined],
  ]);
});

test('post is optional and its condition is always() by default', () => {
  expect(parseActionFile(`name: x\n${RUNS}`)).toMatchObject({ post: undefined, postIf: 'always()' });
});

test.each([
  ['a list', `name: x\ninputs:\n  - a\n${RUNS}`],
  ['a flow mapping', `name: x\ninputs: {a: b}\n${RUNS}`],
  ['an anchor', `name: &a x\n${RUNS}`],
  ['a repeated key', `name: x\nname: y\n${RUNS}`],
  ['bad indentation', `name: x\n${RUNS}   post: y\n`],
  ['a default that is an expression', `name: x\ninputs:\n  a:\n    default: \${{ github.token }}\n${RUNS}`],
  ['pre', `name: x\n${RUNS}  pre: y\n`],
  ['another kind of action', 'name: x\nruns:\n  using: docker\n  main: x\n'],
  ['no main', 'name: x\nruns:\n  using: node24\n'],
])('refuses %s', (_name, text) => {
  expect(() => parseActionFile(text)).toThrow();
});
