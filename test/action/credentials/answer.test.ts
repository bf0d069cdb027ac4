// What a credential process says and keeps: the form that AWS SDKs read, and how long it is said again.
import fc from 'fast-check';
import { isFresh, readAnswer, writeAnswer } from '#action/credentials/answer.js';
import { sensitive } from '#core/sensitive.js';

const instant = fc.integer({ min: 0, max: Date.UTC(2200, 0) });
const key = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed());

test('what is written is read, and is what AWS documents', () => {
  fc.assert(
    fc.property(key, key, fc.option(key, { nil: undefined }), instant, (accessKeyId, secret, token, expiresAt) => {
      const credentials = {
        accessKeyId,
        secretAccessKey: sensitive(secret),
        sessionToken: token === undefined ? undefined : sensitive(token),
      };
      const answer = writeAnswer(credentials, expiresAt);
      expect(readAnswer(answer.text)).toEqual(answer);
      expect(JSON.parse(answer.text)).toEqual({
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secret,
        ...(token === undefined ? {} : { SessionToken: token }),
        Expiration: new Date(expiresAt).toISOString(),
      });
    }),
  );
});

test('what is no answer is none, however near it comes', () => {
  const whole = { Version: 1, AccessKeyId: 'A', SecretAccessKey: 'S', Expiration: '2026-01-01T00:00:00.000Z' };
  expect(readAnswer(JSON.stringify(whole))).toBeDefined();
  for (const name of Object.keys(whole)) {
    for (const odd of [undefined, null, 2, 'x', {}].filter(
      (value) => typeof value !== 'string' || name !== 'AccessKeyId',
    )) {
      if (odd === 'x' && name === 'SecretAccessKey') continue;
      expect([name, odd, readAnswer(JSON.stringify({ ...whole, [name]: odd }))]).toEqual([name, odd, undefined]);
    }
  }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readAnswer(text)).toBeUndefined();
    }),
  );
});

test.each([
  ['an hour', 3600, 900],
  ['half an hour', 1800, 450],
  ['15 minutes', 900, 300],
  ['8 minutes', 480, 240],
  ['a minute', 60, 30],
])('of %s the last %d s are left to a new lease', (_, ttlSec, leftSec) => {
  const answer = { text: '', expiresAt: leftSec * 1000 };
  expect([isFresh(answer, ttlSec, -1), isFresh(answer, ttlSec, 0)]).toEqual([true, false]);
});
