// The logs of changes that users read: pages, one with its values before and after, and a change undone.
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { strictest } from '#core/visibility.js';
import type { Caller } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import type { LogDetail, LogRow } from '../storage/operations/logs.ts';
import type { SecretChanges } from './changes.ts';
import type { Sight } from './computed.ts';
import { audit, type SecretParts, sightOf } from './parts.ts';
import { type Past, planRollback } from './rollback.ts';
import { readState, type SecretState } from './states.ts';

export type LogView = {
  id: string;
  text: string;
  isRollback: boolean;
  at: number;
  project: string;
  environment: string | null;
  config: string | null;
  actor: string;
};

/** `added` and `removed` are absent where there was no value, and null where the reader may not have it. */
export type LogDiff = { name: string; added?: Sensitive | null; removed?: Sensitive | null };

type Page = { page: number; perPage: number };
const range = ({ page, perPage }: Page) => ({ limit: perPage, offset: (page - 1) * perPage });

export class History {
  readonly #parts: SecretParts;
  readonly #changes: SecretChanges;

  constructor(parts: SecretParts, changes: SecretChanges) {
    this.#parts = parts;
    this.#changes = changes;
  }

  async ofConfig(place: Place, page: Page): Promise<LogView[]> {
    const rows = await this.#parts.store.read.listConfigLogs({ configId: place.configId, ...range(page) });
    return rows.map(view);
  }

  /** Logs of everything, the deleted included. */
  async all(page: Page): Promise<LogView[]> {
    return (await this.#parts.store.read.listLogs(range(page))).map(view);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async one(id: string): Promise<LogView> {
    const row = await this.#parts.store.read.findLog({ id });
    if (!row) throw notFound();
    return view(row);
  }

  /** A log of this config with its values, each only as far as the caller may read them. @throws AppError ERR_NOT_FOUND */
  async withDiff(caller: Caller, place: Place, id: string): Promise<{ log: LogView; diff: LogDiff[] }> {
    const row = await this.#row(place, id);
    const sight = sightOf(caller, place);
    const detail = await this.#parts.store.read.readLogChanges({ logId: id });
    const diff = this.#past(detail).map((past) => diffOf(past, sight));
    diff.sort((a, b) => (a.name < b.name ? -1 : 1));
    await audit(this.#parts, caller, {
      action: 'logs.read',
      place,
      detail: { log: id, values: sight.values, count: diff.length },
    });
    return { log: view(row), diff };
  }

  /**
   * Undoes what a log of this config tells of, as a new change with a log of its own. References come back only where
   * they still exist and the caller may follow them.
   * @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID when it is undone already or names are taken
   */
  async rollBack(caller: Caller, place: Place, id: string): Promise<LogView> {
    await this.#row(place, id);
    const detail = await this.#parts.store.read.readLogChanges({ logId: id });
    const done = await this.#changes.apply(caller, place, (snapshot) => planRollback(snapshot, this.#past(detail)), {
      body: `Rolled back log ${id}`,
      rollback: true,
    });
    if (done === undefined) throw new AppError('ERR_REQUEST_INVALID', 'There is nothing to roll back in this log.');
    return this.one(done);
  }

  #past({ changes, versions }: LogDetail): Past[] {
    const { sealing } = this.#parts;
    const byVersion = new Map(versions.map((row) => [`${row.secret_id} ${row.version}`, row]));
    return changes.map(({ secret_id: secretId, before, after }) => ({
      secretId,
      before: readState(before, { sealing, secretId }),
      after: readState(after, { sealing, secretId }),
      version: (version) => {
        const row = byVersion.get(`${secretId} ${version}`);
        if (!row) return undefined;
        // What this version does not know is the strictest that it does.
        const visibility = row.visibility === 'unmasked' || row.visibility === 'masked' ? row.visibility : 'restricted';
        return { visibility, dialect: row.dialect, open: () => sealing.openVersion(row) };
      },
    }));
  }

  async #row(place: Place, id: string): Promise<LogRow> {
    const row = await this.#parts.store.read.findLog({ id });
    if (row?.config_id !== place.configId) throw notFound();
    return row;
  }
}

function diffOf(past: Past, sight: Sight): LogDiff {
  const { before, after } = past;
  const name = (after ?? before)?.name ?? '';
  if (before && after && before.version === after.version) return { name };
  return {
    name,
    ...(after && { added: valueOf(past, after, sight) }),
    ...(before && { removed: valueOf(past, before, sight) }),
  };
}

function valueOf(past: Past, state: SecretState, sight: Sight): Sensitive | null {
  const version = past.version(state.version);
  if (!version || !sight.values) return null;
  const value = version.open();
  if (sight.restricted || strictest(state.visibility, version.visibility) !== 'restricted') return value;
  return value.reveal() === '' ? new Sensitive('') : null;
}

function view(row: LogRow): LogView {
  const { id, at, project, environment, config } = row;
  return {
    id,
    at,
    project,
    environment,
    config,
    text: row.body,
    isRollback: row.rollback !== 0,
    actor: row.actor_name,
  };
}

function notFound(): AppError {
  return new AppError('ERR_NOT_FOUND', 'Could not find requested log');
}
