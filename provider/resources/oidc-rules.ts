// What an OIDC identity must say, told at plan in the words of the configuration; the engine checks the same again.
import { type Diagnostic, problem } from '../framework/diagnostics.ts';

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
/** Different in every token: a rule on one of them is a mistake. */
const PER_TOKEN = new Set(['exp', 'iat', 'nbf', 'jti']);
const NEVER_WILDCARD = new Set(['aud', 'iss']);
/** `repo:OWNER/REPO:` or, with immutable ids, `repo:OWNER@ID/REPO@ID:`, before any wildcard. */
const ONE_REPOSITORY = /^repo:[^*/:]+\/[^*/:]+:/;

export type IdentityRules = {
  discoveryUrl: string | undefined;
  claimsType: 'exact' | 'wildcard' | undefined;
  claims: ReadonlyMap<string, readonly string[]>;
};

/** Every mistake in the trust of an identity (design.md §5); what is undefined is not known yet. */
export function identityProblems(identity: IdentityRules): readonly Diagnostic[] {
  return ['aud', 'sub']
    .filter((claim) => !identity.claims.has(claim))
    .map((claim) => finding(`claims needs ${claim}`, MISSING[claim] ?? ''))
    .concat([...identity.claims].flatMap(([claim, values]) => claimProblems(identity, claim, values)));
}

const MISSING: Readonly<Record<string, string>> = {
  aud: 'Without aud a token that was made for somebody else would do: name the audience of the engine.',
  sub: 'Without sub every subject of the issuer would do: name whom you trust.',
};

function claimProblems({ claimsType, discoveryUrl }: IdentityRules, claim: string, values: readonly string[]) {
  const isWild = values.some((value) => value.includes('*'));
  const found: [boolean, string, string][] = [
    [PER_TOKEN.has(claim), `${claim} cannot be a rule`, 'It differs in every token.'],
    [values.length === 0, `${claim} has no value`, 'List what is accepted, or leave the claim out.'],
    [isWild && NEVER_WILDCARD.has(claim), `${claim} takes no wildcard`, 'Write it out.'],
    [
      isWild && claimsType === 'exact',
      `${claim} has a '*' although claims_type is exact`,
      'Set claims_type = "wildcard", in which a star crosses neither : nor /.',
    ],
    [
      claim === 'sub' && isGithub(discoveryUrl) && values.some((sub) => sub.includes('*') && !ONE_REPOSITORY.test(sub)),
      'sub must name one repository',
      "It must be literal through repo:OWNER/REPO: before its first '*': otherwise others' repositories are trusted.",
    ],
  ];
  return found.filter(([isBad]) => isBad).map(([, summary, detail]) => finding(summary, detail));
}

function isGithub(discoveryUrl: string | undefined): boolean {
  return discoveryUrl?.startsWith(GITHUB_ISSUER) === true;
}

function finding(summary: string, detail: string): Diagnostic {
  return problem(summary, detail, [{ attribute: 'claims' }]);
}
