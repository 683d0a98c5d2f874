/** Tables of the outbox and of the copies of shapes. What a published version has made is never edited. */

export const syncTables = `
CREATE TABLE outbox (
  device_seq bigint PRIMARY KEY,
  op_id uuid NOT NULL,
  kind text NOT NULL,
  body bytea NOT NULL,
  -- For doc.update: where the envelope stands in its document's chain, and what it seals.
  doc_id uuid,
  doc_seq integer,
  envelope_hash bytea,
  at bigint,
  content bytea,
  edits jsonb NOT NULL
);
CREATE TABLE pending_ops (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  op_id uuid NOT NULL,
  kind text NOT NULL,
  body bytea NOT NULL
);
CREATE TABLE set_aside (
  op_id uuid PRIMARY KEY,
  kind text NOT NULL,
  doc_id uuid,
  content bytea NOT NULL,
  code text NOT NULL,
  at bigint NOT NULL
);
CREATE TABLE shape_state (
  name text PRIMARY KEY,
  handle text NOT NULL,
  "offset" text NOT NULL
);
CREATE TABLE shape_rows_vault_log (
  vault_id uuid NOT NULL,
  seq integer NOT NULL,
  entry bytea NOT NULL,
  PRIMARY KEY (vault_id, seq)
);
CREATE TABLE shape_rows_doc_updates (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  envelope bytea NOT NULL,
  PRIMARY KEY (vault_id, doc_id, device_id, doc_seq)
);`

export const contactShapeTable = `
CREATE TABLE shape_rows_contacts (
  owner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  peer_id uuid NOT NULL,
  box bytea NOT NULL,
  PRIMARY KEY (owner_id, contact_id)
);`

/** Rows of before are without the new column: the shape is read again from its beginning. */
export const renewalColumn = `
ALTER TABLE shape_rows_contacts ADD COLUMN renewal bytea NOT NULL DEFAULT '';
DELETE FROM shape_state WHERE name = 'contacts';`

/** Operations with an outcome, to be sent again to a server that has lost them. */
export const sentTables = `
CREATE TABLE sent_ops (
  device_seq bigint PRIMARY KEY,
  op_id uuid NOT NULL,
  kind text NOT NULL,
  body bytea NOT NULL,
  -- For envelopes: where they stand.
  doc_id uuid,
  doc_seq integer,
  envelope_hash bytea
);
-- Sent once more: its outcome was settled the first time.
ALTER TABLE outbox ADD COLUMN again boolean NOT NULL DEFAULT false;`
