-- Snapshots of documents, what they cover, what other devices found, and when covered rows go.

-- Rows never change, as they leave by a shape: what becomes of a snapshot is in the tables below.
CREATE TABLE doc_snapshots (
  vault_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  doc_id uuid NOT NULL,
  number integer NOT NULL CHECK (number >= 1),
  envelope bytea NOT NULL,
  device_id uuid NOT NULL,
  device_seq bigint NOT NULL CHECK (device_seq >= 1),
  envelope_hash bytea NOT NULL CHECK (octet_length(envelope_hash) = 32),
  PRIMARY KEY (vault_id, doc_id, number),
  FOREIGN KEY (vault_id, device_id) REFERENCES devices (vault_id, device_id) ON DELETE CASCADE
);
-- Sealed bytes do not compress.
ALTER TABLE doc_snapshots ALTER COLUMN envelope SET STORAGE EXTERNAL;

-- The last envelope of each chain that a snapshot contains; heads of chains whose rows are gone.
CREATE TABLE doc_covers (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL CHECK (doc_seq >= 1),
  envelope_hash bytea NOT NULL CHECK (octet_length(envelope_hash) = 32),
  PRIMARY KEY (vault_id, doc_id, number, device_id),
  FOREIGN KEY (vault_id, doc_id, number) REFERENCES doc_snapshots ON DELETE CASCADE
);

-- What a device found when it rebuilt a snapshot. One that is bad for anybody prunes nothing and is nobody's parent.
CREATE TABLE doc_verdicts (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  device_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('ok', 'bad')),
  PRIMARY KEY (vault_id, doc_id, number, device_id),
  FOREIGN KEY (vault_id, doc_id, number) REFERENCES doc_snapshots ON DELETE CASCADE
);

-- When it is time to look whether what a snapshot covers may go.
CREATE TABLE doc_prunings (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (vault_id, doc_id, number),
  FOREIGN KEY (vault_id, doc_id, number) REFERENCES doc_snapshots ON DELETE CASCADE
);
CREATE INDEX doc_prunings_by_time ON doc_prunings (due_at);

-- As 0008 says of the other tables that have a shape.
ALTER TABLE doc_snapshots REPLICA IDENTITY FULL;
ALTER PUBLICATION electric_publication_default ADD TABLE doc_snapshots;
