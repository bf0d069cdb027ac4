// Names at AWS for any engine and lease: legal, within every limit, never cut, and never the same for two.
import fc from 'fast-check';
import { denyName, federatedName, isSpentDeny, leaseName, namePrefix, roleOf } from '#engine/integrations/aws/names.js';
import { boundsPolicy, readBoundsEnd, sessionDenyPolicy } from '#engine/integrations/aws/policy-text.js';
import { policyLength, readPolicy } from '../../../support/aws/policy.ts';

const engineId = fc.stringMatching(/^[a-z0-9]{4,16}$/);
const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2200, 0, 1) });

test('every name fits where it goes, and has the whole lease id in it', () => {
  fc.assert(
    fc.property(engineId, fc.uuid(), instant, (engine, lease, endsAt) => {
      const hex = lease.replaceAll('-', '');
      const name = leaseName(engine, lease);
      expect(name).toMatch(/^[a-z0-9-]{2,64}$/);
      expect(name.endsWith(hex)).toBe(true);
      expect(name.startsWith(namePrefix(engine))).toBe(true);
      expect(federatedName(lease)).toBe(hex);
      expect(hex).toMatch(/^[\w+=,.@-]{2,32}$/);
      expect(denyName(name, endsAt)).toMatch(/^[\w+=,.@-]{1,128}$/);
    }),
  );
});

test('two leases, or two engines, never share a name', () => {
  fc.assert(
    fc.property(engineId, engineId, fc.uuid(), fc.uuid(), (engineA, engineB, leaseA, leaseB) => {
      const isSame = engineA === engineB && leaseA === leaseB;
      expect(leaseName(engineA, leaseA) === leaseName(engineB, leaseB)).toBe(isSame);
    }),
  );
});

test('ids that are not ours make no name', () => {
  const bad = fc.oneof(
    fc.string(),
    fc
      .uuid()
      .map((id) => id.toUpperCase())
      .filter((id) => /[A-F]/.test(id)),
  );
  fc.assert(
    fc.property(
      bad.filter((id) => !/^[0-9a-f-]{36}$/.test(id)),
      (id) => {
        expect(() => leaseName('test0001', id)).toThrow();
        expect(() => federatedName(id)).toThrow();
      },
    ),
  );
  expect(() => leaseName('Über', '00000000-0000-4000-8000-000000000000')).toThrow();
});

test('a deny is spent once its session is over, and only one of this engine', () => {
  fc.assert(
    fc.property(engineId, fc.uuid(), instant, fc.integer({ min: 0, max: 10 ** 9 }), (engine, lease, endsAt, past) => {
      const name = denyName(leaseName(engine, lease), endsAt);
      expect(isSpentDeny(name, namePrefix(engine), endsAt - past)).toBe(false);
      expect(isSpentDeny(name, namePrefix(engine), endsAt + 1001 + past)).toBe(true);
      expect(isSpentDeny(name, namePrefix(`${engine}x`), endsAt + 1001 + past)).toBe(false);
    }),
  );
  expect(isSpentDeny('rights', namePrefix('test0001'), Date.now())).toBe(false);
});

test('the bounds of a user are a legal policy, small enough beside one of its own, whose end reads back', () => {
  fc.assert(
    fc.property(instant, (endsAt) => {
      const text = boundsPolicy(endsAt);
      expect(policyLength(text)).toBeLessThanOrEqual(2048 - 1648);
      expect(readPolicy(text).statements.every(({ Effect }) => Effect === 'Deny')).toBe(true);
      expect(readBoundsEnd(text)).toBe(Math.floor(endsAt / 1000) * 1000);
    }),
  );
  expect(readBoundsEnd('{"Version":"2012-10-17"}')).toBeUndefined();
});

test('the deny of a session is a legal policy for any lease', () => {
  fc.assert(
    fc.property(engineId, fc.uuid(), (engine, lease) => {
      expect(readPolicy(sessionDenyPolicy(leaseName(engine, lease))).statements).toHaveLength(1);
    }),
  );
});

test('a role is called by the last part of its ARN', () => {
  expect(roleOf('arn:aws:iam::123456789012:role/team/ci/deploy')).toEqual({ account: '123456789012', name: 'deploy' });
});
