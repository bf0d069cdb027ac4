// What the clouds' APIs have and this engine refuses for now, so that a client hears which part is missing (design.md §5).

type Refused = { at: RegExp; message: string };

const words = (what: string, instead = '') => `This engine has no ${what}.${instead && ` ${instead}`}`;

const TABLE: readonly Refused[] = [
  { at: /^\/v3\/configs\/config\/syncs(?:\/|$)/, message: words('syncs', 'Let the target read its secrets itself.') },
  {
    at: /^\/v3\/configs\/config\/rotated_secrets(?:\/|$)/,
    message: words('rotated secrets', 'Use a dynamic secret instead.'),
  },
  { at: /^\/v3\/workplace\/change_request(?:s|_policies)(?:\/|$)/, message: words('change requests') },
  {
    at: /^\/v3\/integrations\/integration\/options$/,
    message: words('options of integrations, which belong to syncs'),
  },
  { at: /^\/v3\/me\/mfa_recovery$/, message: words('second factor to recover') },
  { at: /^\/(?:v3\/)?scim(?:\/|$)/, message: words('SCIM', 'Manage users and groups with a SCIM token below /v3.') },
  // Phase's.
  { at: /^\/v1\/teams(?:\/|$)/, message: words('teams', 'Give service accounts their apps one by one.') },
  { at: /^\/v1\/members\/invites(?:\/|$)/, message: words('invites', 'Add users with secrets-action user add.') },
  {
    at: /^\/identities\/external\/v1\/(?:aws|azure)(?:\/|$)/,
    message: words('external identities of AWS and Azure', 'Use an OIDC identity.'),
  },
];

/** Why nothing is served at this address of theirs; undefined where it is none. */
export function refusedBecause(path: string): string | undefined {
  return TABLE.find(({ at }) => at.test(path))?.message;
}
