/** Tables of the outbox and of the copies of shapes. */
import { localTableSql, shapes } from '@selene/shapes'

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
${Object.values(shapes)
  .map(({ table }) => `${localTableSql(table)};`)
  .join('\n')}`
