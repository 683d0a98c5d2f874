-- What Electric needs to serve the shapes in the built-in engine's place; docs/electric.md says how.
-- Harmless without it: neither line writes a byte more until wal_level is logical.

-- Changes are filtered by owner, and a row may leave a shape: the old row has to be in the log whole.
ALTER TABLE vault_log REPLICA IDENTITY FULL;
ALTER TABLE doc_updates REPLICA IDENTITY FULL;
ALTER TABLE contacts REPLICA IDENTITY FULL;

-- The name is Electric's. Nothing but these tables can leave by it.
CREATE PUBLICATION electric_publication_default
  FOR TABLE vault_log, doc_updates, contacts
  WITH (publish = 'insert, update, delete, truncate');
