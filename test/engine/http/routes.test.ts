// Addresses find their routes: by method and path, with their parts decoded, and never one that is not theirs.
import fc from 'fast-check';
import { Routes } from '#engine/http/routes.js';
import type { Route } from '#engine/http/route.js';
import { json } from '#engine/http/answer.js';

const handleOpen = async () => json({});
const at = (method: Route['method'], path: string): Route => ({ method, path, action: 'open', handleOpen });
const routes = new Routes([
  at('GET', '/v3/things'),
  at('POST', '/v3/things'),
  at('GET', '/v3/things/thing/:thing'),
  at('DELETE', '/v3/things/thing/:thing/parts/:kind/:part'),
]);
const found = (method: string, path: string) => {
  const one = routes.find(method, path);
  return one && [one.route.path, one.params];
};

test.each([
  ['GET', '/v3/things', ['/v3/things', {}]],
  ['GET', '/v3/things/thing/a', ['/v3/things/thing/:thing', { thing: 'a' }]],
  ['GET', '/v3/things/thing/a%2Fb%20c', ['/v3/things/thing/:thing', { thing: 'a/b c' }]],
  ['GET', '/v3/things/thing/%zz', ['/v3/things/thing/:thing', { thing: '%zz' }]],
  [
    'DELETE',
    '/v3/things/thing/a/parts/k/p',
    ['/v3/things/thing/:thing/parts/:kind/:part', { thing: 'a', kind: 'k', part: 'p' }],
  ],
  ['PUT', '/v3/things', undefined],
  ['GET', '/v3/things/', undefined],
  ['GET', '/v3/things/thing/', undefined],
  ['GET', '/v3/things/thing/a/', undefined],
  ['GET', '/v3/%74hings', undefined],
  ['GET', '/constructor', undefined],
])('%s %s is %j', (method, path, wanted) => expect(found(method, path)).toEqual(wanted));

test('an address says which methods it takes', () => {
  expect([routes.methodsAt('/v3/things'), routes.methodsAt('/v3/things/thing/x'), routes.methodsAt('/v3')]).toEqual([
    ['GET', 'POST'],
    ['GET'],
    [],
  ]);
});

test('property: whatever a part is, it comes out as it went in', () => {
  const part = fc
    .string({ unit: 'binary', minLength: 1 })
    .filter((text) => text.isWellFormed() && !/^\.{1,2}$/.test(text));
  fc.assert(
    fc.property(part, (text) => {
      const { pathname } = new URL(`http://engine/v3/things/thing/${encodeURIComponent(text)}`);
      expect(found('GET', pathname)).toEqual(['/v3/things/thing/:thing', { thing: text }]);
    }),
  );
});
