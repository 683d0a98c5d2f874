/** Tables of documents, their unsent edits and the chains of envelopes. */
export const docTables = `
CREATE TABLE documents (
  doc_id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  state bytea NOT NULL
);
CREATE TABLE pending_edits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  op_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  at bigint NOT NULL,
  content bytea NOT NULL,
  -- Writes that wait for the outcome.
  edits jsonb NOT NULL
);
-- The last envelope of each device that was taken into each document.
CREATE TABLE doc_heads (
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (doc_id, device_id)
);
-- The last envelope of this device that the server has stored, for each document.
CREATE TABLE own_heads (
  doc_id uuid PRIMARY KEY,
  doc_seq integer NOT NULL,
  hash bytea NOT NULL
);
CREATE TABLE quarantine (
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  code text NOT NULL,
  PRIMARY KEY (doc_id, device_id, doc_seq)
);`

/** Snapshots, and what a device knows of them; heads of others; envelopes to be made. */
export const snapshotTables = `
CREATE TABLE shape_rows_doc_snapshots (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  envelope bytea NOT NULL,
  PRIMARY KEY (vault_id, doc_id, number)
);
-- What this device found of each snapshot: ok, taken on trust as what it covers is gone, or a problem's code.
CREATE TABLE snapshot_checks (
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  device_id uuid NOT NULL,
  hash bytea NOT NULL,
  found text NOT NULL,
  PRIMARY KEY (doc_id, number)
);
-- The newest snapshot that is right for this device, and what it covers.
CREATE TABLE doc_bases (
  doc_id uuid PRIMARY KEY,
  number integer NOT NULL,
  hash bytea NOT NULL
);
CREATE TABLE doc_covers (
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (doc_id, device_id)
);
-- Envelopes that a person gave up.
CREATE TABLE given_up (
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (doc_id, device_id, doc_seq)
);
-- How far other devices say that they have seen each chain, and how far this one has said.
CREATE TABLE peer_heads (
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (doc_id, device_id)
);
CREATE TABLE said_heads (
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  PRIMARY KEY (doc_id, device_id)
);
-- Envelopes to be made beside updates: snapshots and heads say what holds when they are sealed.
CREATE TABLE pending_envelopes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  op_id uuid NOT NULL,
  kind text NOT NULL,
  doc_id uuid NOT NULL,
  -- Null where the content is made when it is sealed.
  content bytea
);
CREATE UNIQUE INDEX pending_envelopes_once ON pending_envelopes (kind, doc_id) WHERE content IS NULL;`
