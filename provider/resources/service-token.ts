// secrets_service_token: a token of a config whose key Terraform is given and never stores.
import type { Token } from '#client/management.js';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { byAddress } from '../framework/import-address.ts';
import { oneOf, str } from '../framework/schema/words.ts';
import { configName, engineOnly, projectName } from './rules.ts';
import { resource } from './session.ts';

const ACCESS = ['read', 'read/write'] as const;
/** An instant in UTC, as it comes back. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

export const serviceTokenResource = resource('service_token', {
  describe:
    'A service token of a config. Its key is made by the caller and write-only; every change makes another token.',
  attrs: {
    id: str.computed().keep(),
    project: projectName.required().replaces(),
    config: configName.required().replaces(),
    name: str
      .required()
      .replaces()
      .matches(/^[^\u0000-\u001f\u007f]{2,100}$/u, 'have 2 to 100 characters'),
    access: oneOf(...ACCESS)
      .default('read')
      .replaces(),
    expires_at: str
      .optional()
      .replaces()
      .matches(INSTANT, 'be an instant such as 2030-01-31T12:00:00Z')
      .describe('When it ends by itself.'),
    key_wo: str
      .required()
      .sensitive()
      .writeOnly()
      .replaces()
      .describe(
        'dp.st. and 40 to 44 letters and digits, for instance of an ephemeral random_password. Never stored, and never good for a second token.',
      ),
    key_wo_version: str.optional().replaces().describe('Change it together with the key.'),
  },
  create: async ({ client, config }) => {
    const place = { project: config.project, config: config.config };
    const { slug } = await client.write((engine) =>
      engine.createToken(place, {
        name: config.name,
        access: config.access ?? 'read',
        expiresAt: config.expires_at === null ? undefined : Date.parse(config.expires_at),
        key: config.key_wo,
      }),
    );
    return { id: slug };
  },
  read: async ({ client, prior, signal }) => {
    const place = { project: prior.project ?? '', config: prior.config ?? '' };
    const tokens = await client.read((engine) => engine.tokens(place, signal));
    const found = tokens.find(({ slug }) => slug === prior.id) ?? named(tokens, prior.id === null ? prior.name : null);
    if (!found) return null;
    return {
      ...{ ...place, id: found.slug, name: found.name, access: ACCESS.find((one) => one === found.access) ?? 'read' },
      expires_at: sameInstant(found.expiresAt, prior.expires_at),
    };
  },
  review: engineOnly('secrets_service_token'),
  delete: async ({ client, prior }) =>
    client.write((engine) => engine.deleteToken({ project: prior.project, config: prior.config }, prior.id)),
  import: byAddress('project/config/name'),
});

/** An import names it by its name, or by its id where several have that name. */
function named(tokens: readonly Token[], name: string | null): Token | undefined {
  const [first, second] = tokens.filter((token) => token.name === name || token.slug === name);
  if (second) {
    throw new AppError('ERR_CONFLICT', `Several service tokens are called ${name}.`, {
      hint: 'Import it as project/config/ID.',
    });
  }
  return first;
}

/** As it was written, while it means the same. */
function sameInstant(at: number | undefined, before: string | null): string | null {
  if (at === undefined) return null;
  return before !== null && Math.ceil(Date.parse(before) / 1000) * 1000 === at ? before : iso(at);
}
