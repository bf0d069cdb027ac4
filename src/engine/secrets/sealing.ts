// Names and values of secrets between their sealed and their open form; opened names are kept, opened values never.
import { Sensitive } from '#core/sensitive.js';
import { associated, type Keyring, type Sealed } from '../keyring/keyring.ts';
import type { NoteRow, SecretRow } from '../storage/operations/config-tree.ts';
import type { VersionRow } from '../storage/operations/logs.ts';
import type { OverrideRow } from '../storage/operations/secrets.ts';

/** About 5 MiB of names at most. */
const MAX_NAMES = 50_000;

const nameContext = (id: string) => ['secret-name', id];
const valueContext = (id: string, version: number) => ['secret-value', id, String(version)];
const noteContext = (projectId: string, digest: string) => ['secret-note', projectId, digest];
const overrideContext = (secretId: string, principalId: string) => ['secret-override', secretId, principalId];
const scope = (projectId: string) => `project:${projectId}`;

export class Sealing {
  readonly #keyring: Keyring;
  /** By id and digest, so that a renamed secret is opened anew; the oldest goes first. */
  readonly #names = new Map<string, string>();

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** Must have been awaited before anything is sealed for the project. */
  prepare(projectId: string): Promise<void> {
    return this.#keyring.prepare(scope(projectId));
  }

  /** Of a name inside a config or project, or of a reference's path inside a secret. */
  digest(within: string, name: string): string {
    return this.#keyring.digestName(within, name);
  }

  /** Opaque tag over `text`. */
  etag(text: string): string {
    return this.#keyring.etag(text);
  }

  sealName(projectId: string, id: string, name: string): Sealed {
    return this.#keyring.seal(scope(projectId), nameContext(id), Buffer.from(name));
  }

  openName(row: Pick<SecretRow, 'id' | 'name_digest' | 'name_sealed' | 'name_key_id'>): string {
    const key = `${row.id} ${row.name_digest}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const sealed = { keyId: row.name_key_id, sealed: row.name_sealed };
    const name = this.#keyring.open(nameContext(row.id), sealed).toString('utf8');
    if (this.#names.size >= MAX_NAMES) this.#names.delete(this.#names.keys().next().value ?? '');
    this.#names.set(key, name);
    return name;
  }

  sealValue(projectId: string, id: string, version: number, value: Sensitive): Sealed {
    return this.#keyring.seal(scope(projectId), valueContext(id, version), Buffer.from(value.reveal()));
  }

  /** What opens the value of a row, again and again; it holds the sealed value only. */
  valueOpener(row: SecretRow): () => Sensitive {
    const sealed = { keyId: row.data_key_id, sealed: row.sealed };
    let context: Uint8Array | undefined;
    return () => {
      context ??= associated(valueContext(row.id, row.version));
      return new Sensitive(this.#keyring.open(context, sealed).toString('utf8'));
    };
  }

  openVersion(row: VersionRow): Sensitive {
    const sealed = { keyId: row.data_key_id, sealed: row.sealed };
    return new Sensitive(this.#keyring.open(valueContext(row.secret_id, row.version), sealed).toString('utf8'));
  }

  sealOverride(projectId: string, secretId: string, principalId: string, value: Sensitive): Sealed {
    return this.#keyring.seal(scope(projectId), overrideContext(secretId, principalId), Buffer.from(value.reveal()));
  }

  openOverride(row: OverrideRow): Sensitive {
    const sealed = { keyId: row.data_key_id, sealed: row.sealed };
    const context = overrideContext(row.secret_id, row.principal_id);
    return new Sensitive(this.#keyring.open(context, sealed).toString('utf8'));
  }

  sealNote(projectId: string, digest: string, note: string): Sealed {
    return this.#keyring.seal(scope(projectId), noteContext(projectId, digest), Buffer.from(note));
  }

  openNote(projectId: string, row: NoteRow): string {
    const sealed = { keyId: row.data_key_id, sealed: row.sealed };
    return this.#keyring.open(noteContext(projectId, row.name_digest), sealed).toString('utf8');
  }
}
