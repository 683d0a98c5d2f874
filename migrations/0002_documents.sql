-- Sealed document updates and the ledger of operations.

-- The primary key finds the head of a device's chain in a document with one index probe.
CREATE TABLE doc_updates (
  vault_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL CHECK (doc_seq >= 1),
  envelope bytea NOT NULL,
  device_seq bigint NOT NULL CHECK (device_seq >= 1),
  epoch integer NOT NULL CHECK (epoch >= 1),
  envelope_hash bytea NOT NULL CHECK (octet_length(envelope_hash) = 32),
  PRIMARY KEY (vault_id, doc_id, device_id, doc_seq),
  FOREIGN KEY (vault_id, device_id) REFERENCES devices (vault_id, device_id) ON DELETE CASCADE
);
-- Sealed bytes do not compress.
ALTER TABLE doc_updates ALTER COLUMN envelope SET STORAGE EXTERNAL;

-- What became of each operation, until the device says that it has stored the outcome.
CREATE TABLE op_ledger (
  vault_id uuid NOT NULL,
  device_id uuid NOT NULL,
  device_seq bigint NOT NULL CHECK (device_seq >= 1),
  op_id uuid NOT NULL,
  kind text NOT NULL,
  body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
  outcome text NOT NULL CHECK (outcome IN ('applied', 'rejected')),
  -- Why it was rejected; null when it was applied.
  code text,
  txid xid8 NOT NULL,
  stored_on date NOT NULL,
  CHECK ((outcome = 'rejected') = (code IS NOT NULL)),
  PRIMARY KEY (vault_id, device_id, device_seq),
  FOREIGN KEY (vault_id, device_id) REFERENCES devices (vault_id, device_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX op_ledger_applied_once ON op_ledger (vault_id, device_id, op_id)
  WHERE outcome = 'applied';
