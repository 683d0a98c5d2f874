-- What the built-in shape engine keeps; sync-server/src/shape/engine/ENGINE.md says why it is right.

CREATE SCHEMA shape;

-- Numbers of changes are even; the odd numbers between them are places in the log.
CREATE SEQUENCE shape.change_id AS bigint INCREMENT BY 2 START WITH 2;

-- Changes of tables that have a shape. A truncation, or an update that cannot be told row by row,
-- has neither row.
CREATE TABLE shape.changes (
  id bigint PRIMARY KEY DEFAULT nextval('shape.change_id'),
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  relation oid NOT NULL,
  -- Rows as Postgres prints them; null when there was none before, or is none after.
  old_row text,
  new_row text,
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX changes_of_transaction ON shape.changes (xid, id);
CREATE INDEX changes_by_age ON shape.changes (changed_at);

CREATE TABLE shape.definitions (
  handle uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- SHA-256 of table, columns, where, params and mode: whoever asks the same gets the same shape.
  definition bytea NOT NULL,
  relation oid NOT NULL,
  -- The table's columns and key when the shape was made; another table under the name is another shape.
  signature text NOT NULL,
  -- Place in the log before every change that the snapshot might lack.
  base bigint NOT NULL,
  -- Changes with a greater number are not in the snapshot; of the others, see visible.
  fresh_after bigint NOT NULL,
  visible pg_snapshot NOT NULL,
  chunks integer NOT NULL CHECK (chunks >= 1),
  -- Null while this is the shape that newcomers get.
  superseded_at timestamptz
);
CREATE UNIQUE INDEX definitions_current ON shape.definitions (definition)
  WHERE superseded_at IS NULL;

-- The first rows of a shape, in the pieces in which they are handed out.
CREATE TABLE shape.snapshots (
  handle uuid NOT NULL REFERENCES shape.definitions ON DELETE CASCADE,
  chunk integer NOT NULL CHECK (chunk >= 0),
  -- Messages, comma-separated.
  body text NOT NULL,
  PRIMARY KEY (handle, chunk)
);

-- One row: the place up to which changes have been forgotten.
CREATE TABLE shape.horizon (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  forgotten bigint NOT NULL
);
INSERT INTO shape.horizon (forgotten) VALUES (1);

-- Writes what a statement changed. The settings fix how values print, whatever the writer's session.
CREATE FUNCTION shape.capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET bytea_output = 'hex'
SET datestyle = 'ISO, DMY'
SET extra_float_digits = 1
SET intervalstyle = 'iso_8601'
SET timezone = 'UTC'
AS $$
DECLARE
  same_key text;
BEGIN
  -- Taken before any number and held until the transaction ends; readers look for its holders.
  PERFORM pg_advisory_xact_lock_shared(7102, 556);
  IF TG_OP = 'INSERT' THEN
    INSERT INTO shape.changes (relation, new_row) SELECT TG_RELID, n::text FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO shape.changes (relation, old_row) SELECT TG_RELID, o::text FROM old_rows o;
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT string_agg(format('o.%1$I = n.%1$I', a.attname), ' AND ') INTO same_key
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = TG_RELID AND i.indisprimary;
    IF same_key IS NULL THEN
      INSERT INTO shape.changes (relation) VALUES (TG_RELID);
    ELSE
      EXECUTE format(
        'INSERT INTO shape.changes (relation, old_row, new_row)
         SELECT $1, o::text, n::text FROM old_rows o FULL JOIN new_rows n ON %s', same_key)
        USING TG_RELID;
    END IF;
  ELSE
    INSERT INTO shape.changes (relation) VALUES (TG_RELID);
  END IF;
  RETURN NULL;
END
$$;
