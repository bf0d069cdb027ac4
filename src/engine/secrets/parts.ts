// What every service of secrets stands on, and the audit row that each of them writes before it answers.
import type { Clock } from '#core/clock.js';
import { type Caller, event } from '../auth/caller.ts';
import { may } from '../auth/permissions.ts';
import type { Place, Places } from '../auth/places.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { AuditEvent } from '../storage/audit-event.ts';
import type { Store } from '../storage/store.ts';
import type { Sight } from './computed.ts';
import { Fetches } from '../auth/fetches.ts';
import { Notices } from './notices.ts';
import { Sealing } from './sealing.ts';
import type { Snapshot } from './snapshot.ts';
import { Snapshots } from './snapshots.ts';

export type SecretParts = {
  store: Store;
  clock: Clock;
  places: Places;
  sealing: Sealing;
  notices: Notices;
  snapshots: Snapshots;
  fetches: Fetches;
};

/** Shared by all services of one engine. */
export function secretParts(base: Pick<SecretParts, 'store' | 'clock' | 'places'>, keyring: Keyring): SecretParts {
  const sealing = new Sealing(keyring);
  return {
    ...{ ...base, sealing, notices: new Notices(), fetches: new Fetches() },
    snapshots: new Snapshots(base.store, sealing),
  };
}

type Act = {
  action: string;
  place: Place;
  detail: NonNullable<AuditEvent['detail']>;
  outcome?: 'ok' | 'failed' | 'denied';
};

/** An audit event of an act on a config. */
export function actOn({ clock }: Pick<SecretParts, 'clock'>, caller: Caller, act: Act): AuditEvent {
  const { action, place, detail, outcome = 'ok' } = act;
  return event(caller, clock.now(), { action, target: `config:${place.configId}`, outcome, detail });
}

/** Resolves when the row is on disk; without it nothing may be revealed (design.md §5, Audit). */
export async function audit(
  parts: Pick<SecretParts, 'clock' | 'store' | 'fetches'>,
  caller: Caller,
  act: Act,
): Promise<void> {
  const row = actOn(parts, caller, act);
  await parts.store.write.recordAudit({ events: [row] });
  if (act.detail['values'] === true && row.outcome === 'ok') parts.fetches.note(act.place, row.at);
}

export function snapshotOf({ snapshots }: SecretParts, place: Place): Promise<Snapshot> {
  return snapshots.of(place);
}

/** What of a config's values this caller may be shown. */
export function sightOf(caller: Caller, place: Place): Sight {
  return { values: may(caller, 'secrets.values', place), restricted: !caller.isUser };
}
