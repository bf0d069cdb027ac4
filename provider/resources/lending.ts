// Ephemerals that lend: a lease of a dynamic secret and a service token, both gone again when the run is over.
import { randomUUID } from 'node:crypto';
import { iso } from '#core/clock.js';
import { isKind, KIND_RULES, leasedNames } from '#core/kinds.js';
import { parseTtl } from '#core/ttl.js';
import type { Lease } from '../framework/leases.ts';
import { map, oneOf, str } from '../framework/schema/words.ts';
import { configName, lengthOfTime, openAfter, projectName, secretName } from './rules.ts';
import { ephemeral } from './session.ts';

export const lease = ephemeral('lease', {
  describe: 'A lease of a dynamic secret: issued when opened, renewed while used, revoked when the run is over.',
  attrs: {
    project: projectName.optional().describe('Left out, with config: the config of the token.'),
    config: configName.optional(),
    dynamic_secret: secretName.required(),
    ttl: lengthOfTime.default('15m').describe('How long it lives unless renewed.'),
    open_after: openAfter,
    id: str.computed(),
    expires_at: str.computed().describe('When it was issued; renewals move the end.'),
    fields: map(str).computed().sensitive().describe('The leased values by field, such as username and url.'),
    values: map(str).computed().sensitive().describe('The same under the names that a job would get.'),
  },
  leaseSet: (client) => client.leaseSet,
  open: async ({ client, config, signal, clock }) => {
    client.mayWrite('open');
    const { project, config: name, dynamic_secret: dynamic } = config;
    const place = { ...(project === null ? {} : { project }), ...(name === null ? {} : { config: name }) };
    const { kind, keyMap } = await client.read((engine) => engine.dynamicSecret(place, dynamic, signal));
    const asked = { dynamic, ttlSec: parseTtl(config.ttl ?? '15m') };
    const { setId, renewKey } = client.handle;
    const issued = await client.write((engine) =>
      engine.issueLease({ ...place, ...asked, setId, key: randomUUID() }, signal),
    );
    const { id, expiresAt } = issued;
    const values = new Map([...issued.fields].map(([named, value]) => [named, value.reveal()]));
    const renew: Required<Lease>['renew'] = async (renewing) => {
      const renewed = await client.read((engine) =>
        engine.renewLease(renewKey, { id, ttlSec: asked.ttlSec }, renewing),
      );
      return { ttlSec: Math.max(0, (renewed.expiresAt - clock.now()) / 1000), final: renewed.capped };
    };
    return {
      result: {
        id,
        expires_at: iso(expiresAt),
        values,
        fields: byField(isKind(kind) ? leasedNames(kind, dynamic, Object.fromEntries(keyMap)) : new Map(), values),
      },
      lease: {
        id,
        ttlSec: Math.max(0, (expiresAt - clock.now()) / 1000),
        revoke: () =>
          client.giveBack(({ client: secrets }) => secrets.revokeLease({ ...place, dynamic, id }).then(() => {})),
        ...(isKind(kind) && KIND_RULES[kind].renewable ? { renew } : {}),
      },
    };
  },
});

/** A field that the engine did not lease is left out. */
function byField(names: ReadonlyMap<string, string>, values: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...names].flatMap(([field, name]) => {
      const value = values.get(name);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

export const serviceToken = ephemeral('service_token', {
  describe: 'A service token of a config: made when opened, deleted, with every lease it holds, when the run is over.',
  attrs: {
    project: projectName.required(),
    config: configName.required(),
    access: oneOf('read', 'read/write').default('read'),
    ttl: lengthOfTime.default('1h').describe('When it ends by itself, should everything else fail.'),
    open_after: openAfter,
    id: str.computed(),
    key: str.computed().sensitive().describe('For the token of another provider block.'),
  },
  open: async ({ client, config, clock }) => {
    client.mayWrite('open');
    const place = { project: config.project, config: config.config };
    const ttlSec = parseTtl(config.ttl ?? '1h');
    const { slug, key } = await client.write((engine) =>
      engine.createToken(place, {
        name: `terraform-${randomUUID()}`,
        access: config.access ?? 'read',
        expiresAt: clock.now() + ttlSec * 1000,
      }),
    );
    return {
      result: { id: slug, key },
      lease: {
        id: slug,
        ttlSec,
        revoke: () => client.giveBack(({ engine }) => engine.deleteToken(place, slug)),
      },
    };
  },
});
