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
