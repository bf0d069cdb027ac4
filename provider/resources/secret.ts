// secrets_secret: a secret whose value passes through Terraform write-only, is made by the engine or kept elsewhere; state never holds it.
import type { ConfigPlace, SecretChange, SecretMeta } from '#client/management.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { VISIBILITIES } from '#core/visibility.js';
import { problem } from '../framework/diagnostics.ts';
import { byAddress } from '../framework/import-address.ts';
import { bool, int, object, oneOf, str } from '../framework/schema/words.ts';
import { known } from '../framework/unknown.ts';
import { configName, deletionProtection, projectName, refuseProtected, secretName } from './rules.ts';
import { differing, newUnseen, reviewSecret } from './secret-plan.ts';
import { resource, type Session } from './session.ts';

/** The words of the engine; anything else spells the characters out. */
const CHARSETS = 'alphanumeric, lowercase, numeric, hex, base64url, ascii';

const attrs = {
  id: str.computed().keep().describe('project/config/NAME'),
  project: projectName.required().replaces(),
  config: configName.required().replaces(),
  name: secretName.required().describe('Renamed in place.'),
  visibility: oneOf('unmasked', 'masked', 'restricted').default('masked').describe(VISIBILITIES.join(' < ')),
  value_wo: str.optional().sensitive().writeOnly().describe('The value: never in a plan nor in state.'),
  value_wo_version: str.optional().describe('When set, the value is written when this changes and at no other time.'),
  generate: object({
    length: int.default(32).between(1, 4096),
    charset: str.default('alphanumeric').describe(`${CHARSETS}, or the characters themselves.`),
  })
    .optional()
    .describe('The engine makes the value, and a new one when this changes. No copy of it is anywhere else.'),
  external: bool.optional().describe('The value is kept elsewhere; name and visibility are managed here.'),
  deletion_protection: deletionProtection,
  version: int.computed().keep().orNull().describe('Of the value, where the service tells it.'),
};

/** A fresh definition: what one process learns about its engine must not reach another. */
export function secretResource() {
  const unseen = newUnseen();
  return resource('secret', {
    describe: 'A secret of a config.',
    attrs,
    exactlyOne: ['value_wo', 'generate', 'external'],
    validate: ({ config: { external } }) =>
      external === false
        ? [problem('external is either true or absent', 'Leave it out.', [{ attribute: 'external' }])]
        : [],
    create: async ({ client, config, planned }) => {
      const place = placeOf(planned);
      const name = String(planned.name);
      await checkFree(client, place, name, { value: config.value_wo, external: config.external === true });
      const made = await client.secrets.change(place, {
        name,
        value: config.value_wo ?? undefined,
        generate: generated(config.generate),
        visibility: known(planned.visibility) ?? 'masked',
        isProtected: planned.deletion_protection === true ? true : undefined,
      });
      return { id: idOf(place, name), version: made?.version ?? null };
    },
    read: async ({ client, prior, signal }) => {
      const place = placeOf(prior);
      const found = own((await client.secrets.metadata(place, signal)).get(String(prior.name)));
      if (!found) return null;
      const { visibility, version = null, isProtected } = found;
      const deletion_protection = isProtected ?? prior.deletion_protection ?? false;
      return { ...place, id: idOf(place, String(prior.name)), visibility, version, deletion_protection };
    },
    update: async ({ client, config, planned, prior }) => {
      const place = placeOf(prior);
      const name = String(planned.name);
      // Planned before the provider could be configured nothing was asked: then the version of the value says it.
      const isAsked = config.value_wo_version !== null && config.value_wo_version !== prior.value_wo_version;
      const isNew = known(planned.version) === undefined || (config.value_wo !== null && isAsked);
      const isProtected = planned.deletion_protection === true;
      const change: SecretChange = {
        name,
        from: prior.name,
        value: isNew ? (config.value_wo ?? undefined) : undefined,
        generate: isNew ? generated(config.generate) : undefined,
        visibility: known(planned.visibility) ?? prior.visibility,
        isProtected: isProtected === prior.deletion_protection ? undefined : isProtected,
      };
      const changed = await client.secrets.change(place, change);
      const kept = known(planned.version);
      return { id: idOf(place, name), version: kept === undefined ? (changed?.version ?? null) : kept };
    },
    delete: async ({ client, prior }) => {
      if (prior.external === true) return;
      const place = placeOf(prior);
      if (!own((await client.secrets.metadata(place)).get(prior.name))) return;
      await client.secrets.change(place, { name: prior.name, isDeletion: true });
    },
    import: byAddress('project/config/name'),
    refuseDelete: refuseProtected,
    differs: async ({ client, prior, config }) => differing({ client, prior, config, unseen }),
    review: (call) => reviewSecret(call, unseen),
  });
}

/** What a branch only has from its root is not the branch's own. */
function own(found: SecretMeta | undefined): SecretMeta | undefined {
  return found?.isOwn ? found : undefined;
}

type Asked = { value: Sensitive | null; external: boolean };

/** Writing over what somebody else made would destroy their value; what is there with this very value is taken over. */
async function checkFree(client: Session, place: ConfigPlace, name: string, { value, external }: Asked): Promise<void> {
  const exists = own((await client.secrets.metadata(place)).get(name)) !== undefined;
  if (external) {
    if (exists) return;
    throw new AppError('ERR_NOT_FOUND', `There is no ${name} in ${place.project}/${place.config}.`, {
      hint: 'With external the secret is made elsewhere, and first.',
    });
  }
  if (!exists || (value && (await client.secrets.isStored(place, name, value)) === true)) return;
  throw new AppError('ERR_CONFLICT', `There is a ${name} in ${place.project}/${place.config} already.`, {
    hint: `Import it: terraform import ADDRESS ${idOf(place, name)}`,
  });
}

function generated(wanted: { length: number | null; charset: string | null } | null) {
  return wanted ? { length: wanted.length ?? 32, charset: wanted.charset ?? 'alphanumeric' } : undefined;
}

function placeOf({ project, config }: { project: unknown; config: unknown }): ConfigPlace {
  return { project: String(project), config: String(config) };
}

function idOf({ project, config }: ConfigPlace, name: string): string {
  return `${project}/${config}/${name}`;
}
