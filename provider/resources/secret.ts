// secrets_secret: a secret whose value passes through Terraform write-only, or is kept elsewhere; state never holds it.
import type { ConfigPlace } from '#client/management.js';
import { AppError } from '#core/errors.js';
import { loosens, VISIBILITIES } from '#core/visibility.js';
import { type Diagnostic, problem, warning } from '../framework/diagnostics.ts';
import { byAddress } from '../framework/import-address.ts';
import { bool, int, oneOf, str } from '../framework/schema/words.ts';
import { known, UNKNOWN } from '../framework/unknown.ts';
import { configName, projectName, secretName } from './rules.ts';
import { resource, type Session } from './session.ts';

const attrs = {
  id: str.computed().keep().describe('project/config/NAME'),
  project: projectName.required().replaces(),
  config: configName.required().replaces(),
  name: secretName.required().describe('Renamed in place.'),
  visibility: oneOf('unmasked', 'masked', 'restricted').default('masked').describe(VISIBILITIES.join(' < ')),
  value_wo: str.optional().sensitive().writeOnly().describe('The value: never in a plan nor in state.'),
  value_wo_version: str.optional().describe('When set, the value is written when this changes and at no other time.'),
  external: bool.optional().describe('The value is kept elsewhere; name and visibility are managed here.'),
  version: int.computed().keep().orNull().describe('Of the value, where the engine tells it.'),
};

/** A fresh definition: what one process learns about its engine must not reach another. */
export function secretResource() {
  const drift = { isUnseen: false, isTold: false };
  return resource('secret', {
    describe: 'A secret of a config.',
    attrs,
    exactlyOne: ['value_wo', 'external'],
    validate: ({ config: { external } }) =>
      external === false
        ? [problem('external is either true or absent', 'Leave it out.', [{ attribute: 'external' }])]
        : [],
    create: async ({ client, config, planned }) => {
      const place = placeOf(planned);
      const name = String(planned.name);
      await checkFree(client, place, name, config.external === true);
      const value = config.value_wo ?? undefined;
      const visibility = known(planned.visibility) ?? 'masked';
      await client.writeSecrets(place, (engine) => engine.changeSecrets(place, [{ name, value, visibility }]));
      return { id: idOf(place, name), version: null };
    },
    read: async ({ client, prior, signal }) => {
      const place = placeOf(prior);
      const visibility = (await client.secretNames(place, signal)).get(String(prior.name));
      return visibility ? { ...place, id: idOf(place, String(prior.name)), name: prior.name, visibility } : null;
    },
    update: async ({ client, config, planned, prior }) => {
      const place = placeOf(prior);
      const name = String(planned.name);
      const visibility = known(planned.visibility) ?? prior.visibility;
      const isNew = planned.version === UNKNOWN || config.value_wo_version !== prior.value_wo_version;
      const mustGive = prior.visibility === 'restricted' && loosens('restricted', visibility);
      const value = isNew || mustGive ? (config.value_wo ?? undefined) : undefined;
      const change = { name, from: prior.name, value, visibility };
      await client.writeSecrets(place, (engine) => engine.changeSecrets(place, [change]));
      return { id: idOf(place, name), version: known(planned.version) ?? null };
    },
    delete: async ({ client, prior }) => {
      if (prior.external === true) return;
      const place = placeOf(prior);
      await client.writeSecrets(place, (engine) => engine.deleteSecret(place, prior.name));
    },
    import: byAddress('project/config/name'),
    differs: async ({ client, prior, config }) => {
      const moved: readonly 'id'[] = config.name === prior.name ? [] : ['id'];
      const { value_wo: value, value_wo_version: version } = config;
      if (value === null) return moved;
      if (version !== null) return version === prior.value_wo_version ? moved : [...moved, 'version'];
      if (value === UNKNOWN) return moved;
      const place = placeOf(prior);
      const found = await client.read((engine) => engine.compareSecrets(place, new Map([[prior.name, value]])));
      drift.isUnseen = found === undefined;
      return found?.get(prior.name)?.equal === false ? [...moved, 'version'] : moved;
    },
    review: ({ prior, config, planned }) => {
      const refused = loosened(prior, planned, config.external === true);
      if (!drift.isUnseen || drift.isTold) return refused;
      drift.isTold = true;
      return [...refused, UNSEEN];
    },
  });
}

const UNSEEN = warning(
  'Changed values are not noticed',
  'This engine cannot compare values, so a secret with value_wo and without value_wo_version is written once and ' +
    'never again. Set value_wo_version, and change it whenever the value is to be written.',
);

function loosened(
  prior: { visibility: string } | null,
  planned: { visibility: unknown },
  isExternal: boolean,
): readonly Diagnostic[] {
  const after = VISIBILITIES.find((one) => one === planned.visibility);
  if (prior?.visibility !== 'restricted' || !after || !loosens('restricted', after) || !isExternal) return [];
  const detail = 'A restricted secret becomes more visible only together with a new value: set value_wo.';
  return [problem('Visibility cannot be loosened without a value', detail, [{ attribute: 'visibility' }])];
}

/** Writing over what somebody else made would destroy their value. A branch may override what it inherits. */
async function checkFree(client: Session, place: ConfigPlace, name: string, isExternal: boolean): Promise<void> {
  const exists = (await client.secretNames(place)).has(name);
  if (isExternal) {
    if (exists) return;
    throw new AppError('ERR_NOT_FOUND', `There is no ${name} in ${place.project}/${place.config}.`, {
      hint: 'With external the secret is made elsewhere, and first.',
    });
  }
  if (!exists || !(await client.read((engine) => engine.config(place))).root) return;
  throw new AppError('ERR_CONFLICT', `There is a ${name} in ${place.project}/${place.config} already.`, {
    hint: `Import it: terraform import ADDRESS ${idOf(place, name)}`,
  });
}

function placeOf({ project, config }: { project: unknown; config: unknown }): ConfigPlace {
  return { project: String(project), config: String(config) };
}

function idOf({ project, config }: ConfigPlace, name: string): string {
  return `${project}/${config}/${name}`;
}
