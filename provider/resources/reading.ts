// Ephemerals that only read: one secret, or all values of a config; nothing is lent and nothing is stored.
import { AppError } from '#core/errors.js';
import { list, map, oneOf, str } from '../framework/schema/words.ts';
import { configName, openAfter, projectName, secretName } from './rules.ts';
import { ephemeral } from './session.ts';

const place = {
  project: projectName.optional().describe('Left out, with config: the config of the token.'),
  config: configName.optional(),
  open_after: openAfter,
};

export const secretValue = ephemeral('secret', {
  describe: 'The computed value of one secret. The token must be one that may read values.',
  attrs: {
    ...place,
    name: secretName.required(),
    value: str.computed().sensitive(),
    visibility: oneOf('unmasked', 'masked', 'restricted').computed(),
  },
  open: async ({ client, config: { project, config, name } }) => {
    const found = await client.values((secrets) => secrets.fetchSecret(scope(project, config), name));
    if (!found.computed) {
      throw new AppError('ERR_NOT_FOUND', `There is no ${name} there, or this token may not read its value.`, {
        hint: 'Values are read by a service token of the config, not by the admin token.',
      });
    }
    return { result: { value: found.computed, visibility: found.computedVisibility } };
  },
});

export const values = ephemeral('values', {
  describe: 'The computed values of a config, by one request. The token must be one that may read values.',
  attrs: {
    ...place,
    names: list(secretName).optional().describe('Only these, and each must be there.'),
    values: map(str).computed().sensitive(),
  },
  open: async ({ client, config: { project, config, names } }) => {
    const all = await client.values((secrets) => secrets.downloadSecrets(scope(project, config), 'json'));
    const missing = (names ?? []).filter((name) => !all.has(name));
    if (missing.length > 0) {
      throw new AppError('ERR_NOT_FOUND', 'Some of the secrets are not there.', { details: missing });
    }
    const wanted = [...all].filter(([name]) => names === null || names.includes(name));
    return { result: { values: new Map(wanted.map(([name, value]) => [name, value.reveal()])) } };
  },
});

function scope(project: string | null, config: string | null) {
  return { ...(project === null ? {} : { project }), ...(config === null ? {} : { config }) };
}
