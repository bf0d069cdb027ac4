// What `--help` teaches about the commands that keep a store.

const KEY = `  --root-key FILE      the root key (default: DIR.root-key, else DIR/root-key)`;

export const STORE_HELP = {
  dump: `secrets-action dump --data DIR --out FILE

Writes the whole store to one file, also while an engine serves it. Values in it are sealed: it opens with the root key
only, so keep that key too, in another place.
`,
  restore: `secrets-action restore --data DIR --from FILE [--hold-revocations] [--root-key FILE]

Makes a store from a dump, in a folder that is empty or not there yet.

  --hold-revocations   leases that are due stay as they are until 'serve --release-revocations'; 'serve' lists them
${KEY}

Exchanged tokens and the admin token are ended: get a new one with 'init --new-admin'. A token that was revoked after the
dump is alive again, and a lease that was issued after it is unknown: stop the old engine for good before you serve.
`,
  recover: `secrets-action recover --data DIR --recovery-key FILE --root-key FILE

Writes the lost root key of a store, or of a restored dump, to a new file. Needs the private half of the key that was
given to 'init --recovery-key'. Run rekey afterwards.

  --recovery-key FILE  X25519 private key in PEM
  --root-key FILE      a file that is not there yet
`,
  rekey: `secrets-action rekey --data DIR [--root-key FILE]

Makes a new root key and lays the store's keys under it; values stay as they are. Stop the engine first. If it is cut off,
run it again: it finishes what it began. The old key stays beside the new one, for the dumps that need it.

${KEY}
`,
  audit: `secrets-action audit verify --data DIR [--root-key FILE] [--head CHAIN:SEQ:HASH]...

Reads the whole audit log of a stopped engine and names every place where a row is missing, added or altered.
Exit 0: whole. Exit 1: not.

  --head CHAIN:SEQ:HASH   a head from the log of the engine ("audit head"): the log must reach at least that far
${KEY}
`,
} as const;
