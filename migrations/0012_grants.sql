-- What somebody lets a contact read of her calendar: a sealed key, and a sealed page that is written anew when it changes.

CREATE TABLE grants (
  grant_id uuid PRIMARY KEY,
  owner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  reader_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  -- Signed by the owner, sealed to the reader; never changes.
  sealed_grant bytea NOT NULL,
  -- One more with each page, so that of two devices of the owner the later knows that it is not.
  revision integer NOT NULL CHECK (revision >= 1),
  page bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  CHECK (owner_id <> reader_id),
  -- Whoever is no contact any more reads nothing more.
  FOREIGN KEY (owner_id, contact_id) REFERENCES contacts (owner_id, contact_id) ON DELETE CASCADE
);
CREATE INDEX grants_of_owner ON grants (owner_id, contact_id);
CREATE INDEX grants_of_reader ON grants (reader_id);
CREATE INDEX grants_by_end ON grants (expires_at);
-- Sealed bytes do not compress.
ALTER TABLE grants ALTER COLUMN page SET STORAGE EXTERNAL;
