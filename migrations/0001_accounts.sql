-- Accounts, sessions, the vault log and the linking mailbox. An account and its vault are one, so
-- account_id and vault_id are the same identifier. No column is null unless its comment says when.

CREATE EXTENSION IF NOT EXISTS postgis;

-- What the server itself must remember; secrets in here are wrapped by SERVER_KEY.
CREATE TABLE settings (
  key text PRIMARY KEY,
  value bytea NOT NULL
);

CREATE TABLE accounts (
  account_id uuid PRIMARY KEY,
  -- HMAC of the identifier under a key outside the database.
  identifier_hash bytea NOT NULL UNIQUE CHECK (octet_length(identifier_hash) = 32),
  -- Parameters, salt and HMAC of Argon2id of the login secret.
  verifier bytea NOT NULL,
  -- How the client derives the login secret from the passphrase.
  kdf_salt bytea NOT NULL CHECK (octet_length(kdf_salt) = 16),
  kdf_ops integer NOT NULL CHECK (kdf_ops > 0),
  kdf_memory_bytes bigint NOT NULL CHECK (kdf_memory_bytes > 0),
  -- A day, not a moment: more is not needed.
  created_on date NOT NULL
);

CREATE TABLE devices (
  vault_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  device_id uuid NOT NULL,
  sign_key bytea NOT NULL CHECK (octet_length(sign_key) = 32),
  box_key bytea NOT NULL CHECK (octet_length(box_key) = 32),
  sos_key bytea NOT NULL CHECK (octet_length(sos_key) = 32),
  -- Null while the device is a member.
  removed_at timestamptz,
  next_device_seq bigint NOT NULL DEFAULT 1 CHECK (next_device_seq >= 1),
  -- Highest device_seq among the device's stored envelopes; outlives their pruning, since cuts need it.
  last_envelope_seq bigint NOT NULL DEFAULT 0 CHECK (last_envelope_seq >= 0),
  PRIMARY KEY (vault_id, device_id)
);

CREATE TABLE sessions (
  session_id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  device_id uuid NOT NULL,
  -- Number of the newest refresh token; the token itself is recomputed, never stored.
  generation integer NOT NULL DEFAULT 0 CHECK (generation >= 0),
  -- The refresh that made this generation; null before the first.
  request_id uuid,
  expires_at timestamptz NOT NULL,
  -- Null while the session lives.
  revoked_at timestamptz,
  -- The challenge that started it, so that none starts two; null when registering started it.
  challenge bytea UNIQUE CHECK (octet_length(challenge) = 48),
  FOREIGN KEY (account_id, device_id) REFERENCES devices (vault_id, device_id) ON DELETE CASCADE
);
CREATE INDEX sessions_of_device ON sessions (account_id, device_id);

CREATE TABLE vault_log (
  vault_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  seq integer NOT NULL CHECK (seq >= 0),
  entry bytea NOT NULL,
  entry_hash bytea NOT NULL CHECK (octet_length(entry_hash) = 32),
  PRIMARY KEY (vault_id, seq)
);

-- Sealed seeds of recovery members, wrapped once more by SERVER_KEY.
CREATE TABLE cards (
  vault_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  member_id uuid NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (vault_id, member_id)
);

CREATE TABLE links (
  link_id uuid PRIMARY KEY,
  token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  expires_at timestamptz NOT NULL
);
CREATE INDEX links_by_end ON links (expires_at);

CREATE TABLE link_messages (
  link_id uuid NOT NULL REFERENCES links (link_id) ON DELETE CASCADE,
  number smallint NOT NULL CHECK (number >= 1),
  message bytea NOT NULL,
  PRIMARY KEY (link_id, number)
);
