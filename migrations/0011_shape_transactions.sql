-- The shape engine's log knows its transactions and which row became which when a key changes, costs writers
-- less, and may wake readers by itself; sync-server/src/shape/engine/ENGINE.md says why it is right.

-- Transactions of the log: their changes have numbers from first_id to last_id, others' lie between.
CREATE TABLE shape.transactions (
  xid xid8 PRIMARY KEY DEFAULT pg_current_xact_id(),
  first_id bigint NOT NULL,
  last_id bigint NOT NULL,
  began_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX transactions_by_place ON shape.transactions (last_id);

-- Keeps that table, whatever writes to the log. The number taken before the changes is below them all.
CREATE FUNCTION shape.begin_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO shape.transactions (first_id, last_id)
    SELECT number, number FROM nextval('shape.change_id') AS number
    ON CONFLICT (xid) DO NOTHING;
  RETURN NULL;
END
$$;
CREATE FUNCTION shape.end_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE shape.transactions SET last_id = currval('shape.change_id')
    WHERE xid = pg_current_xact_id();
  RETURN NULL;
END
$$;
CREATE TRIGGER begin_changes BEFORE INSERT ON shape.changes
  FOR EACH STATEMENT EXECUTE FUNCTION shape.begin_changes();
CREATE TRIGGER end_changes AFTER INSERT ON shape.changes
  FOR EACH STATEMENT EXECUTE FUNCTION shape.end_changes();
INSERT INTO shape.transactions (xid, first_id, last_id, began_at)
  SELECT xid, min(id), max(id), min(changed_at) FROM shape.changes GROUP BY xid;

-- Both are known of the transaction now.
DROP INDEX shape.changes_of_transaction;
DROP INDEX shape.changes_by_age;

-- First rows are read as they are far more often than they are written: compressing them costs more time
-- than it saves.
ALTER TABLE shape.snapshots ALTER COLUMN body SET STORAGE EXTERNAL;

-- Which form of the schema this is, for an engine that stands alone and makes it itself.
COMMENT ON SCHEMA shape IS 'shape engine, form 2';

-- Writes what a statement changed. The settings fix how values print, whatever the writer's session.
-- A trigger's argument, if it has one, names the channel on which readers are told.
CREATE OR REPLACE FUNCTION shape.capture() RETURNS trigger
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
  kept bigint;
BEGIN
  -- Taken before any number and held until the transaction ends; readers look for its holders.
  PERFORM pg_advisory_xact_lock_shared(7102, 556);
  IF TG_OP = 'INSERT' THEN
    INSERT INTO shape.changes (relation, new_row) SELECT TG_RELID, (n.*)::text FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO shape.changes (relation, old_row) SELECT TG_RELID, (o.*)::text FROM old_rows o;
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT string_agg(format('o.%1$I = n.%1$I', a.attname), ' AND ') INTO same_key
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = TG_RELID AND i.indisprimary;
    IF same_key IS NULL THEN
      INSERT INTO shape.changes (relation) VALUES (TG_RELID);
    ELSE
      EXECUTE format(
        'INSERT INTO shape.changes (relation, old_row, new_row)
         SELECT $1, (o.*)::text, (n.*)::text FROM old_rows o JOIN new_rows n ON %s', same_key)
        USING TG_RELID;
      GET DIAGNOSTICS kept = ROW_COUNT;
      IF kept < (SELECT count(*) FROM old_rows) THEN
        -- Keys that are gone and keys that are new. Both tables hold the rows in the order in which they
        -- were updated, so the same number means the same row. Where keys were handed on within the
        -- statement the numbers do not meet, and rows are told as gone and come.
        EXECUTE format(
          'WITH gone AS (SELECT * FROM (
               SELECT row_number() OVER () AS number, (o.*)::text AS whole,
                 EXISTS (SELECT FROM new_rows n WHERE %1$s) AS stays FROM old_rows o
             ) each WHERE NOT stays),
             come AS (SELECT * FROM (
               SELECT row_number() OVER () AS number, (n.*)::text AS whole,
                 EXISTS (SELECT FROM old_rows o WHERE %1$s) AS stayed FROM new_rows n
             ) each WHERE NOT stayed)
           INSERT INTO shape.changes (relation, old_row, new_row)
           SELECT $1, gone.whole, come.whole FROM gone FULL JOIN come USING (number)', same_key)
          USING TG_RELID;
      END IF;
    END IF;
  ELSE
    INSERT INTO shape.changes (relation) VALUES (TG_RELID);
  END IF;
  IF TG_NARGS > 0 THEN
    PERFORM pg_notify(TG_ARGV[0], 'changed');
  END IF;
  RETURN NULL;
END
$$;
