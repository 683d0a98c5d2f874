-- People willing to help nearby, and the one cell that is known of each for minutes.

CREATE TABLE responders (
  account_id uuid PRIMARY KEY REFERENCES accounts (account_id) ON DELETE CASCADE,
  radius_metres integer NOT NULL CHECK (radius_metres BETWEEN 1000 AND 20000),
  since date NOT NULL,
  -- On how many days a cell was reported, which the rules of release ask for (W56).
  cell_days integer NOT NULL DEFAULT 0,
  -- The newest of those days; null before the first.
  last_cell_on date
);

-- Accounts that moved faster than anything moves, and until when no cell of theirs is taken (W68). Apart
-- from responders, so that opting out and in again ends it for nobody.
CREATE TABLE frozen_responders (
  account_id uuid PRIMARY KEY REFERENCES accounts (account_id) ON DELETE CASCADE,
  until timestamptz NOT NULL
);
CREATE INDEX frozen_by_end ON frozen_responders (until);

-- Not written to the log of the database, so not to backups or replicas either: after a crash nobody is
-- nearby until the next beat (W67). Half-empty pages let a beat in the same cell stay on its page.
CREATE UNLOGGED TABLE user_locations (
  account_id uuid PRIMARY KEY,
  -- Centre of the cell.
  pos geometry(Point, 3857) NOT NULL,
  accept_metres integer NOT NULL,
  seen_at timestamptz NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX user_locations_pos ON user_locations USING gist (pos);

-- Cells that were taken back, for what was left of their five minutes: nobody is found by them, the next
-- beat is judged by them (W68). Otherwise a cell could be taken back before each leap.
CREATE UNLOGGED TABLE withdrawn_locations (
  account_id uuid PRIMARY KEY,
  pos geometry(Point, 3857) NOT NULL,
  seen_at timestamptz NOT NULL
);

-- Who of those willing is within reach of a point, nearest first. A function, because the index must give
-- the order and end the search at the limit: a planner that guesses how many are near would rather sort
-- all of them, which in a crowded city takes many times as long.
-- `scale` is metres of the map for one on the ground.
CREATE FUNCTION people_nearby(
  x float8, y float8, radius float8, scale float8, seen_since timestamptz, owner uuid, excluded uuid[],
  how_many integer
) RETURNS TABLE (account_id uuid, metres float8)
LANGUAGE sql STABLE
SET enable_sort = off
SET enable_bitmapscan = off
SET jit = off
AS $$
  SELECT l.account_id, ST_Distance(l.pos, ST_SetSRID(ST_MakePoint($1, $2), 3857)) / $4
  FROM user_locations l
  WHERE ST_DWithin(l.pos, ST_SetSRID(ST_MakePoint($1, $2), 3857), $3 * $4)
    AND ST_Distance(l.pos, ST_SetSRID(ST_MakePoint($1, $2), 3857)) <= l.accept_metres * $4
    AND l.seen_at >= $5
    AND l.account_id <> $6
    AND l.account_id <> ALL ($7)
    -- Contacts through an array: a join would cost the order.
    AND l.account_id <> ALL (ARRAY(SELECT c.peer_id FROM contacts c WHERE c.owner_id = $6))
  ORDER BY l.pos <-> ST_SetSRID(ST_MakePoint($1, $2), 3857)
  LIMIT $8
$$;
