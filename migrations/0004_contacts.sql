-- Links between people. Who they are to each other is inside the sealed boxes.

CREATE TABLE invites (
  -- Hash of the invitation's secret; becomes the contact's id on both sides.
  invite_id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  offer bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Null while nobody has accepted it.
  accepted_by uuid REFERENCES accounts (account_id) ON DELETE CASCADE
);
CREATE INDEX invites_by_end ON invites (expires_at);
CREATE INDEX invites_of_owner ON invites (owner_id);
CREATE INDEX invites_accepted ON invites (accepted_by);

-- Two rows a link, one for each side to read.
CREATE TABLE contacts (
  owner_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  contact_id uuid NOT NULL,
  peer_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  -- The other side's introduction, sealed under the invitation's secret.
  box bytea NOT NULL,
  PRIMARY KEY (owner_id, contact_id),
  UNIQUE (owner_id, peer_id),
  CHECK (owner_id <> peer_id)
);
CREATE INDEX contacts_by_peer ON contacts (peer_id);
