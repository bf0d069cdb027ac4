// Two readers of one wire: the hand decoders and the zod shapes must agree on every body, the hostile ones first.
import fc from 'fast-check';
import { readDynamicList, readIssuedLeases } from '#contract/phase/dynamic.js';
import { readLeaseList, readRenewal } from '#contract/phase/leases.js';
import { readSecretList } from '#contract/phase/secrets.js';
import * as shapes from '#contract/phase/shapes.js';
import { type Pair, theyAgree } from '../../support/two-readers.ts';

const date = fc.oneof(fc.constant('2026-01-01T00:00:00.123456Z'), fc.string(), fc.constant(null));
const word = fc.oneof(fc.constantFrom('A', '__proto__', 'constructor', 'a\nb'), fc.string({ minLength: 1 }));
const override = fc.record({ value: fc.string(), isActive: fc.boolean(), id: fc.uuid() });
const secret = fc.record(
  {
    key: word,
    value: fc.option(fc.string()),
    comment: fc.option(fc.string()),
    type: fc.constantFrom('secret', 'sealed', 'config', 'new-kind', null),
    override: fc.option(override),
    tags: fc.array(fc.string()),
  },
  { requiredKeys: ['key'] },
);
const credential = fc.record({ key: word, value: fc.string() });
const lease = fc.record({
  id: fc.uuid(),
  expiresAt: date,
  status: fc.constantFrom('active', 'odd'),
  credentials: fc.array(credential, { maxLength: 3 }),
});
const dynamic = fc.record({
  id: fc.uuid(),
  name: word,
  type: fc.constant('dynamic'),
  path: fc.constantFrom('/', '/a/b', null),
  defaultTtl: fc.constant('01:00:00'),
  lease: fc.option(lease),
});

const PAIRS: Pair[] = [
  {
    name: 'secret list',
    decode: readSecretList,
    shape: shapes.secretListShape,
    valid: fc.array(fc.oneof(secret, dynamic), { maxLength: 4 }),
  },
  {
    name: 'dynamic list',
    decode: readDynamicList,
    shape: shapes.dynamicListShape,
    valid: fc.array(dynamic, { maxLength: 4 }),
  },
  {
    name: 'issued leases',
    decode: (body) => readIssuedLeases(body).map((one) => one.fields()),
    shape: shapes.issuedLeasesShape,
    valid: fc.array(dynamic, { maxLength: 3 }),
  },
  {
    name: 'lease list',
    decode: readLeaseList,
    shape: shapes.leaseListShape,
    valid: fc.array(
      fc.record({ id: fc.uuid(), status: fc.string(), ttl: fc.string(), createdAt: date, expiresAt: date }),
      { maxLength: 4 },
    ),
  },
  {
    name: 'renewal',
    decode: readRenewal,
    shape: shapes.messageShape,
    valid: fc.record({ message: fc.string() }),
  },
];

describe.each(PAIRS)('$name', theyAgree);
