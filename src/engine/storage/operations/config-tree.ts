// Store operation that reads a config with every config its values are made of, in one transaction.
import { all, one, type ReadOperation, type Steps } from '../operation.ts';

export type SecretRow = {
  id: string;
  config_id: string;
  path: string;
  name_digest: string;
  name_sealed: Uint8Array;
  name_key_id: string;
  visibility: string;
  value_type: string;
  deletion_protection: number;
  version: number;
  /** Changes that left the value alone. */
  edits: number;
  /** JSON. */
  tags: string;
  dialect: string;
  data_key_id: string;
  sealed: Uint8Array;
  created_at: number;
  /** When the current version was written. */
  updated_at: number;
};

export type TreeConfigRow = {
  id: string;
  name: string;
  project_id: string;
  project: string;
  environment_id: string;
  environment: string;
  root_config_id: string | null;
  locked: number;
  version: number;
};

export type EdgeRow = { secret_id: string; path_digest: string; target_config_id: string };
export type InheritRow = { config_id: string; target_config_id: string };
export type NoteRow = { name_digest: string; data_key_id: string; sealed: Uint8Array };

/** `configs` in the order of their discovery: the asked one, its root, then what they inherit and refer to. */
export type ConfigTree = {
  configs: TreeConfigRow[];
  secrets: SecretRow[];
  edges: EdgeRow[];
  inherits: InheritRow[];
  notes: NoteRow[];
};

/** How many configs one answer may be made of; references past it stay literal. */
const MAX_CONFIGS = 100;

const CONFIG = `select c.id, c.name, c.project_id, p.name as project, c.environment_id, e.slug as environment,
  c.root_config_id, c.locked, c.version
  from configs c join projects p on p.id = c.project_id join environments e on e.id = c.environment_id
  where c.id = $1`;
const SECRETS = `select s.id, s.config_id, s.path, s.name_digest, s.name_sealed, s.name_key_id, s.visibility, s.value_type,
  s.deletion_protection, s.current_version as version, s.edits, s.tags, v.dialect, v.data_key_id, v.sealed,
  s.created_at, v.created_at as updated_at
  from secrets s join secret_versions v on v.secret_id = s.id and v.version = s.current_version
  where s.config_id = $1 and s.deleted_at is null`;
const EDGES = `select r.secret_id, r.path_digest, r.target_config_id
  from secrets s join secret_references r on r.secret_id = s.id and r.version = s.current_version
  where s.config_id = $1 and s.deleted_at is null order by r.created_at, r.id`;
const INHERITS =
  'select config_id, target_config_id from config_inherits where config_id = $1 order by position, target_config_id';

/** The order of what is followed is the order of writing, so that a bound cuts off the same configs every time. */
const readConfigTree: ReadOperation<{ configId: string }, ConfigTree> = function* ({ configId }) {
  const tree: ConfigTree = { configs: [], secrets: [], edges: [], inherits: [], notes: [] };
  const seen = new Set([configId]);
  // A set is walked in the order of insertion, and over what is added on the way.
  for (const id of seen) {
    if (tree.configs.length >= MAX_CONFIGS) break;
    for (const next of yield* readNode(tree, id)) seen.add(next);
  }
  const home = tree.configs[0];
  if (home) {
    tree.notes = yield* all<NoteRow>(
      'select name_digest, data_key_id, sealed from secret_notes where project_id = $1',
      home.project_id,
    );
  }
  return tree;
};

function* readNode(tree: ConfigTree, id: string): Steps<string[]> {
  const config = yield* one<TreeConfigRow>(CONFIG, id);
  if (!config) return [];
  tree.configs.push(config);
  for (const row of yield* all<SecretRow>(SECRETS, id)) tree.secrets.push(row);
  const edges = yield* all<EdgeRow>(EDGES, id);
  const inherits = yield* all<InheritRow>(INHERITS, id);
  tree.edges.push(...edges);
  tree.inherits.push(...inherits);
  const root = config.root_config_id === null ? [] : [config.root_config_id];
  return [...root, ...[...inherits, ...edges].map(({ target_config_id }) => target_config_id)];
}

type VersionOfConfig = { id: string; version: number; locked: number };

/** Of those of the configs that still exist. At most 100 ids, so that there are at most 100 statements. */
const readConfigVersions: ReadOperation<{ ids: readonly string[] }, VersionOfConfig[]> = function* ({ ids }) {
  const list = ids.map((_, index) => `$${index + 1}`).join(',');
  return yield* all<VersionOfConfig>(`select id, version, locked from configs where id in (${list})`, ...ids);
};

export const configTreeReads = { readConfigTree, readConfigVersions };
