// What is lent and by which recipe: service tokens, integrations, dynamic secrets and leases over the Doppler API v3.
import { issueLeaseRequest, readLeaseFields, readLeaseHead } from '#contract/doppler/leases.js';
import * as read from '#contract/doppler/management-answers.js';
import * as declaring from '#contract/doppler/management-declaring.js';
import * as lending from '#contract/doppler/management-lending.js';
import { didNothing } from '../http.ts';
import type { ManagementCalls } from '../management-calls.ts';
import type { ConfigPlace, ManagesLending } from '../management.ts';
import { named } from './naming.ts';

type OfTokens = 'tokens' | 'createToken' | 'deleteToken';
type OfLeases = 'issueLease' | 'renewLease';

export function lendingCalls(calls: ManagementCalls): ManagesLending {
  return { ...tokenCalls(calls), ...declaringCalls(calls), ...leaseCalls(calls) };
}

function tokenCalls(calls: ManagementCalls): Pick<ManagesLending, OfTokens> {
  const tokens: ManagesLending['tokens'] = async (place, signal) =>
    read.readTokens(await calls.get(lending.listTokensRequest(place), `list the tokens of ${named(place)}`, signal));
  const deleteToken = async (place: ConfigPlace, slug: string) => {
    await calls.ask(lending.deleteTokenRequest(place, slug), `delete token ${slug} of ${named(place)}`);
  };
  const deleteNamed = async (place: ConfigPlace, name: string) => {
    const lost = (await tokens(place)).filter((token) => token.name === name);
    await Promise.all(lost.map(({ slug }) => deleteToken(place, slug)));
  };
  return {
    tokens,
    deleteToken,
    createToken: async (place, wanted) => {
      try {
        const request = lending.createTokenRequest(place, wanted);
        return read.readNewToken(await calls.ask(request, `create a token of ${named(place)}`, 'once'));
      } catch (error) {
        // With a key of the caller's the name is a person's, and may be that of another token.
        if (wanted.key === undefined) await deleteNamed(place, wanted.name).catch(() => undefined);
        throw error;
      }
    },
  };
}

function declaringCalls(calls: ManagementCalls): Omit<ManagesLending, OfTokens | OfLeases> {
  return {
    integration: async (which, signal) => {
      const request = declaring.getIntegrationRequest(which);
      return declaring.readIntegration(await calls.get(request, `read integration ${which}`, signal));
    },
    createIntegration: async (wanted) => {
      const request = declaring.createIntegrationRequest(wanted);
      return declaring.readIntegration(await calls.ask(request, `create integration ${wanted.name}`, 'once'));
    },
    deleteIntegration: async (which) => {
      await calls.ask(declaring.deleteIntegrationRequest(which), `delete integration ${which}`);
    },
    dynamicSecret: async (place, name, signal) => {
      const doing = `read dynamic secret ${name} of ${named(place)}`;
      return declaring.readDynamicSecret(
        await calls.get(declaring.getDynamicSecretRequest(place, name), doing, signal),
      );
    },
    createDynamicSecret: async (wanted) => {
      const doing = `create dynamic secret ${wanted.name} of ${named(wanted)}`;
      return declaring.readDynamicSecret(await calls.ask(declaring.createDynamicSecretRequest(wanted), doing, 'once'));
    },
    updateDynamicSecret: async (place, name, next) => {
      const request = declaring.updateDynamicSecretRequest(place, name, next);
      return declaring.readDynamicSecret(await calls.ask(request, `change dynamic secret ${name} of ${named(place)}`));
    },
    deleteDynamicSecret: async (place, name) => {
      const doing = `delete dynamic secret ${name} of ${named(place)}`;
      await calls.ask(declaring.deleteDynamicSecretRequest(place, name), doing);
    },
  };
}

function leaseCalls(calls: ManagementCalls): Pick<ManagesLending, OfLeases> {
  return {
    /** The minting rules of design.md §4, under a key of the caller's. */
    issueLease: async ({ dynamic, ttlSec, setId, key, ...scope }, signal) => {
      let replace = false;
      const sent = await calls.exchange((_, before) => {
        if (before && !didNothing(before)) replace = true;
        return issueLeaseRequest(scope, { dynamic, ttlSec }, { setId, idempotencyKey: key, replace });
      }, signal);
      const body = calls.expect(sent, `lease ${dynamic} of ${named(scope)}`);
      const { id, expiresAt = calls.clock.now() + ttlSec * 1000 } = readLeaseHead(body);
      return { id, expiresAt, fields: readLeaseFields(body) };
    },
    renewLease: async (renewKey, lease, signal) => {
      const request = lending.renewLeaseRequest(renewKey, lease);
      return read.readRenewal(await calls.get(request, `renew lease ${lease.id}`, signal));
    },
  };
}
