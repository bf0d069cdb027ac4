// Phase's addresses read: whatever they are mounted at, in time that no stranger can make long.
import { routed } from '#engine/http/phase/wire.js';

test.each([
  ['/v1/secrets', '/v1/secrets/'],
  ['/service/public/v1/secrets///', '/v1/secrets/'],
  ['/service', '/'],
  ['/v1//', '/v1/'],
  ['/v3/projects/', '/v3/projects/'],
])('%s is found as %s', (path, found) => {
  expect(routed(path)).toBe(found);
});

test('a path of slashes is read at once: it is read for everybody, before anything is counted', () => {
  // Quadratic work over a million slashes would outlast the run many times over.
  const slashes = '/'.repeat(1_000_000);
  expect(routed(`/v1${slashes}x`)).toBe(`/v1${slashes}x/`);
  expect(routed(`/v1/x${slashes}`)).toBe('/v1/x/');
});
