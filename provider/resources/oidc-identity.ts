// secrets_oidc_identity: whose OIDC tokens a service account accepts, so that a job needs no stored secret.
import type { NewIdentity } from '#client/management.js';
import { byAddress } from '../framework/import-address.ts';
import { bool, int, list, map, oneOf, str } from '../framework/schema/words.ts';
import { known } from '../framework/unknown.ts';
import { GITHUB_ISSUER, identityProblems } from './oidc-rules.ts';
import { resource } from './session.ts';

export const oidcIdentity = resource('oidc_identity', {
  describe: 'Lets whoever holds an OIDC token with these claims be a service account for a while.',
  attrs: {
    id: str.computed().keep().describe('What a job names as its identity.'),
    service_account: str.required().replaces().describe('The id of a secrets_service_account.'),
    name: str.required(),
    discovery_url: str
      .default(GITHUB_ISSUER)
      .matches(/^https:\/\/[^\s?#@]+$/, 'be an https address without user, query and fragment')
      .describe('The issuer.'),
    claims_type: oneOf('exact', 'wildcard').default('exact').describe('In wildcard a * crosses neither : nor /.'),
    claims: map(list(str))
      .required()
      .describe(
        'Claim to accepted values; aud and sub must be there. Unless event_name is listed, GitHub tokens of ' +
          'pull_request_target, workflow_run and issue_comment are refused.',
      ),
    ttl_sec: int.default(900).between(60, 86_400).describe('Life of the token that is given in exchange.'),
    single_use: bool.default(false).describe('Accepts each OIDC token once. Terraform needs a token several times.'),
  },
  validate: ({ config }) => {
    const claims = known(config.claims);
    const claimsType = config.claims_type === null ? 'exact' : known(config.claims_type);
    const discoveryUrl = config.discovery_url === null ? GITHUB_ISSUER : known(config.discovery_url);
    return claims ? identityProblems({ discoveryUrl, claimsType, claims }) : [];
  },
  create: async ({ client, config }) => {
    const made = await client.write((engine) => engine.createIdentity(config.service_account, wishOf(config)));
    return { id: made.slug };
  },
  read: async ({ client, prior, signal }) => {
    const account = prior.service_account ?? '';
    const found = await client.read((engine) => engine.identity(account, prior.id ?? '', signal));
    return {
      id: found.slug,
      service_account: account,
      name: found.name,
      discovery_url: found.discoveryUrl,
      claims_type: found.claimsType,
      claims: found.claims,
      ttl_sec: found.ttlSec,
      single_use: found.singleUse,
    };
  },
  update: async ({ client, config, prior }) => {
    await client.write((engine) => engine.updateIdentity(prior.service_account, prior.id, wishOf(config)));
    return { id: prior.id };
  },
  delete: async ({ client, prior }) => client.write((engine) => engine.deleteIdentity(prior.service_account, prior.id)),
  import: byAddress('service_account/id'),
});

type Wish = {
  name: string;
  discovery_url: string | null;
  claims_type: 'exact' | 'wildcard' | null;
  claims: ReadonlyMap<string, readonly string[]>;
  ttl_sec: number | null;
  single_use: boolean | null;
};

function wishOf(config: Wish): NewIdentity {
  return {
    name: config.name,
    discoveryUrl: config.discovery_url ?? GITHUB_ISSUER,
    claimsType: config.claims_type ?? 'exact',
    claims: config.claims,
    ttlSec: config.ttl_sec ?? 900,
    singleUse: config.single_use ?? false,
  };
}
