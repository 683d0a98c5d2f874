-- The way back to a vault, its replacement, and the end of a vault.

-- The phrase's public sign-in key, by which its words alone find the account.
CREATE TABLE phrase_keys (
  vault_id uuid NOT NULL,
  member_id uuid NOT NULL,
  -- HMAC of the key under a key outside the database.
  key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
  PRIMARY KEY (vault_id, member_id),
  FOREIGN KEY (vault_id, member_id) REFERENCES cards (vault_id, member_id) ON DELETE CASCADE
);

-- New recovery words that a device has announced; one row while they may be cancelled.
CREATE TABLE recovery_resets (
  vault_id uuid PRIMARY KEY REFERENCES accounts (account_id) ON DELETE CASCADE,
  -- The log entry that announced them.
  seq integer NOT NULL CHECK (seq >= 1),
  effective_at timestamptz NOT NULL
);

-- What is left of an erased vault: its last entry, signed, so that her other devices can believe it.
CREATE TABLE erased_vaults (
  vault_id uuid PRIMARY KEY,
  entry bytea NOT NULL
);
