// A config as it is at one moment: its own secrets, those of its root, what it inherits, and what its references reach.
import { keyAt, ROOT_PATH } from '#core/folder.js';
import { isVisibility, type Visibility } from '#core/visibility.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Place } from '../auth/places.ts';
import { AppError } from '#core/errors.js';
import type { ConfigTree, SecretRow, TreeConfigRow } from '../storage/operations/config-tree.ts';
import type { Store } from '../storage/store.ts';
import type { Sealing } from './sealing.ts';

export type StoredSecret = {
  readonly id: string;
  readonly configId: string;
  readonly path: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly valueType: string;
  readonly isProtected: boolean;
  readonly version: number;
  /** Changes that left the value alone. */
  readonly edits: number;
  readonly tags: readonly string[];
  /** Who wrote this version; its references are read in that grammar and in no other. */
  readonly dialect: string;
  /** Bytes of the value. */
  readonly size: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Opens the value; nothing keeps it. */
  open(): Sensitive;
  /** The config that a reference of this version may be followed into; undefined: it is text. */
  target(path: string): string | undefined;
};

/** By name, or by folder and name (core/folder.ts). */
export type StoredSecrets = ReadonlyMap<string, StoredSecret>;
export type ConfigState = { readonly id: string; readonly version: number; readonly locked: boolean };

/** A config as a reader of it meets it. `home` is the config whose names a value's own `${NAME}` mean. */
export type Scope = {
  readonly place: Place;
  readonly secrets: ReadonlyMap<string, Found>;
  /** What lies in folders, by folder and name: the root's, for a branch has none of its own. Nothing inherits it. */
  readonly folders: ReadonlyMap<string, Found>;
};
export type Found = { readonly secret: StoredSecret; readonly home: Scope };

/** What a key means there, be it in a folder or not. */
export function foundAt({ secrets, folders }: Scope, key: string): Found | undefined {
  return secrets.get(key) ?? folders.get(key);
}

export type Snapshot = {
  readonly place: Place;
  /** The config and its root: what a change is decided on. */
  readonly configs: readonly ConfigState[];
  readonly own: StoredSecrets;
  /** The root's; empty where the config is a root itself. */
  readonly root: StoredSecrets;
  /** What the config has in folders. */
  readonly folders: StoredSecrets;
  /** Inherited, root and own secrets, the nearer over the farther, sorted by name (contracts/doppler.md 2.4). */
  readonly scope: Scope;
  /** Any config that values here may come from. */
  scopeOf(configId: string): Scope | undefined;
  /** Ids of every config that values here may come from. */
  readonly touched: readonly string[];
  /** The state of each of them. */
  readonly states: ReadonlyMap<string, ConfigState>;
  /** Names of the scope, sorted; with the managed ones among them when asked. */
  names(includeManaged: boolean): readonly string[];
  /** About how much memory it takes. */
  readonly bytes: number;
  /** Changes whenever anything that an answer is made of changes; holds no secret. */
  readonly fingerprint: string;
  /** The note of a name, or of a secret in a folder; notes belong to the project. */
  note(key: string): string;
};

/** What most secrets have, and Doppler's all. */
const NO_TAGS: readonly string[] = [];
/** What AES-256-GCM adds to a value: nonce and tag. */
const SEAL_BYTES = 28;
/** About what a row is in memory beside its sealed value. */
const ROW_BYTES = 1000;

/** @throws AppError ERR_NOT_FOUND when the config went away meanwhile */
export async function takeSnapshot(store: Store, sealing: Sealing, place: Place): Promise<Snapshot> {
  const tree = await store.read.readConfigTree({ configId: place.configId });
  const home = tree.configs[0];
  if (!home) throw new AppError('ERR_NOT_FOUND', 'Could not find requested config');
  const stored = storedByConfig(tree, sealing);
  const scopes = new Scopes(tree, stored);
  const scope = scopes.of(home.id);
  if (!scope) throw new AppError('ERR_INTERNAL', 'A config was read without itself.');
  const states = new Map(tree.configs.map(({ id, version, locked }) => [id, { id, version, locked: locked !== 0 }]));
  const root = tree.configs.find(({ id }) => id === home.root_config_id);
  const notes = new Map(tree.notes.map((row) => [row.name_digest, row]));
  return {
    place: scope.place,
    configs: [home, ...(root ? [root] : [])].flatMap(({ id }) => states.get(id) ?? []),
    states,
    names: sortedNames(scope),
    bytes: tree.secrets.reduce((sum, { sealed }) => sum + sealed.length + ROW_BYTES, ROW_BYTES),
    own: stored.get(home.id)?.top ?? new Map(),
    root: (root && stored.get(root.id)?.top) ?? new Map(),
    folders: stored.get(home.id)?.folders ?? new Map(),
    scope,
    scopeOf: (configId) => scopes.of(configId),
    touched: tree.configs.map(({ id }) => id),
    fingerprint: JSON.stringify(
      tree.configs.map(({ id, version, project, environment, name }) => [id, version, project, environment, name]),
    ),
    note: (key) => {
      const row = notes.size === 0 ? undefined : notes.get(sealing.digest(home.project_id, key));
      return row ? sealing.openNote(home.project_id, row) : '';
    },
  };
}

/** The three names that Doppler adds about the config itself. */
export function managedValues({ project, environment, config }: Place): Map<string, string> {
  return new Map([
    ['DOPPLER_CONFIG', config],
    ['DOPPLER_ENVIRONMENT', environment],
    ['DOPPLER_PROJECT', project],
  ]);
}

function sortedNames({ place, secrets }: Scope): Snapshot['names'] {
  const own = [...secrets.keys()].sort();
  const withManaged = [...new Set([...own, ...managedValues(place).keys()])].sort();
  return (includeManaged) => (includeManaged ? withManaged : own);
}

/** `top`: in no folder, which is all that Doppler sees. */
type Layer = { top: Map<string, StoredSecret>; folders: Map<string, StoredSecret> };

function storedByConfig(tree: ConfigTree, sealing: Sealing): Map<string, Layer> {
  const edges = new Map(tree.edges.map((edge) => [`${edge.secret_id} ${edge.path_digest}`, edge.target_config_id]));
  const found = new Map<string, Layer>(tree.configs.map(({ id }) => [id, { top: new Map(), folders: new Map() }]));
  for (const row of tree.secrets) {
    const secret = toStored(row, sealing, edges);
    const layer = found.get(row.config_id);
    (secret.path === ROOT_PATH ? layer?.top : layer?.folders)?.set(keyAt(secret), secret);
  }
  return found;
}

function toStored(row: SecretRow, sealing: Sealing, edges: ReadonlyMap<string, string>): StoredSecret {
  return {
    id: row.id,
    configId: row.config_id,
    path: row.path,
    name: sealing.openName(row),
    // A visibility that this version does not know is the strictest one that it does.
    visibility: isVisibility(row.visibility) ? row.visibility : 'restricted',
    valueType: row.value_type,
    isProtected: row.deletion_protection !== 0,
    version: row.version,
    edits: row.edits,
    tags: row.tags === '[]' ? NO_TAGS : (JSON.parse(row.tags) as string[]),
    dialect: row.dialect,
    size: row.sealed.length - SEAL_BYTES,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    open: sealing.valueOpener(row),
    target: (path) => (edges.size === 0 ? undefined : edges.get(`${row.id} ${sealing.digest(row.id, path)}`)),
  };
}

/** Scopes of the configs of a tree, each put together once, when it is first asked for. */
class Scopes {
  readonly #configs: ReadonlyMap<string, TreeConfigRow>;
  readonly #stored: ReadonlyMap<string, Layer>;
  readonly #inherits = new Map<string, string[]>();
  readonly #made = new Map<string, Scope | undefined>();

  constructor(tree: ConfigTree, stored: ReadonlyMap<string, Layer>) {
    this.#configs = new Map(tree.configs.map((row) => [row.id, row]));
    this.#stored = stored;
    for (const { config_id, target_config_id } of tree.inherits) {
      this.#inherits.set(config_id, [...(this.#inherits.get(config_id) ?? []), target_config_id]);
    }
  }

  of(id: string): Scope | undefined {
    if (this.#made.has(id)) return this.#made.get(id);
    // While it is being made it is nothing, which is where a circle of inheritance ends.
    this.#made.set(id, undefined);
    const row = this.#configs.get(id);
    if (!row) return undefined;
    const secrets = new Map<string, Found>();
    const folders = new Map<string, Found>();
    const scope: Scope = { place: placeOf(row), secrets, folders };
    const layers = row.root_config_id === null ? [id] : [row.root_config_id, id];
    for (const layer of layers) {
      for (const target of this.#inherits.get(layer) ?? []) {
        for (const [name, entry] of this.of(target)?.secrets ?? []) secrets.set(name, entry);
      }
      const own = this.#stored.get(layer);
      for (const [name, secret] of own?.top ?? []) secrets.set(name, { secret, home: scope });
      for (const [key, secret] of own?.folders ?? []) folders.set(key, { secret, home: scope });
    }
    this.#made.set(id, scope);
    return scope;
  }
}

function placeOf(row: TreeConfigRow): Place {
  return {
    projectId: row.project_id,
    project: row.project,
    environmentId: row.environment_id,
    environment: row.environment,
    configId: row.id,
    config: row.name,
    rootConfigId: row.root_config_id,
  };
}
