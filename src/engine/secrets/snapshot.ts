// A config as it is at one moment: its own secrets, those of its root, and what a reader of it meets.
import type { Sensitive } from '#core/sensitive.js';
import { isVisibility, type Visibility } from '#core/visibility.js';
import type { Place } from '../auth/places.ts';
import type { SecretRow } from '../storage/operations/secrets.ts';
import type { Store } from '../storage/store.ts';
import type { Sealing } from './sealing.ts';

export type StoredSecret = {
  readonly id: string;
  readonly configId: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly valueType: string;
  readonly version: number;
  /** Bytes of the value. */
  readonly size: number;
  /** Opens the value; nothing keeps it. */
  open(): Sensitive;
};

export type StoredSecrets = ReadonlyMap<string, StoredSecret>;
export type ConfigState = { readonly id: string; readonly version: number; readonly locked: boolean };

export type Snapshot = {
  readonly place: Place;
  readonly configs: readonly ConfigState[];
  readonly own: StoredSecrets;
  /** The root's; empty where the config is a root itself. */
  readonly root: StoredSecrets;
  /** Own over root, sorted by name (contracts/doppler.md 2.4). */
  readonly effective: StoredSecrets;
};

/** What AES-256-GCM adds to a value: nonce and tag. */
const SEAL_BYTES = 28;

export async function takeSnapshot(store: Store, sealing: Sealing, place: Place): Promise<Snapshot> {
  const found = await store.read.readConfigSecrets(place);
  const own = new Map<string, StoredSecret>();
  const root = new Map<string, StoredSecret>();
  for (const row of found.secrets) {
    const secret = stored(row, sealing);
    (row.config_id === place.configId ? own : root).set(secret.name, secret);
  }
  const sorted = [...new Map([...root, ...own])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    place,
    configs: found.configs.map(({ id, version, locked }) => ({ id, version, locked: locked !== 0 })),
    own,
    root,
    effective: new Map(sorted),
  };
}

function stored(row: SecretRow, sealing: Sealing): StoredSecret {
  return {
    id: row.id,
    configId: row.config_id,
    name: sealing.openName(row),
    // A visibility that this version does not know is the strictest one that it does.
    visibility: isVisibility(row.visibility) ? row.visibility : 'restricted',
    valueType: row.value_type,
    version: row.version,
    size: row.sealed.length - SEAL_BYTES,
    open: () => sealing.openValue(row),
  };
}
