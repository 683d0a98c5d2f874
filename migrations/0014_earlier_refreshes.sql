-- A network may deliver a refresh a second time when the session is past it. That is no theft: the newest of those that
-- were answered are known by their numbers, the last one first, without the one in `request_id`.
ALTER TABLE sessions ADD COLUMN earlier_requests uuid[] NOT NULL DEFAULT '{}';
