// The address of a request: what HTTP allows is read as it is meant, and everything else is nobody's address.
import fc from 'fast-check';
import { urlOf } from '#engine/http/target.js';

const read = (target: string, host = 'engine.example:8090') => urlOf({ target, host, scheme: 'http' })?.href;

test.each([
  ['/v3/me?a=b%26c', 'http://engine.example:8090/v3/me?a=b%26c'],
  ['/v3/../etc', 'http://engine.example:8090/etc'],
  ['//other/v3/me', 'http://engine.example:8090//other/v3/me'],
  ['/v3/me?a=\\', 'http://engine.example:8090/v3/me?a=\\'],
  ['http://one.example/v3/me', 'http://one.example/v3/me'],
  ['HTTP://one.example:1?a=b', 'http://one.example:1/?a=b'],
])('%s is %s', (target, href) => expect(read(target)).toBe(href));

test.each([
  '*',
  '',
  'v3/me',
  '/v3\\me',
  'ftp://one.example/',
  'http://user@one.example/',
  'http:///v3/me',
  'http://one.example\\@two/',
])('the target %j is refused', (target) => expect(read(target)).toBeUndefined());

test.each([
  '',
  'a b',
  'a/b',
  'user@engine',
  'engine:',
  'engine:port',
  'a, b',
  '[::1',
  'engine#x',
  'engine?x',
  '999.1.1.1',
])('the host %j is refused', (host) => expect(read('/v3/me', host)).toBeUndefined());

test('property: no target moves a request to another host, and none makes the reader throw', () => {
  const text = fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(text, (rest) => {
      const url = urlOf({ target: `/${rest}`, host: 'engine:8090', scheme: 'http' });
      expect([undefined, 'engine:8090']).toContain(url?.host);
    }),
  );
});
