-- Tickets that open one socket each, within a minute.
CREATE TABLE tickets (
  ticket_hash bytea PRIMARY KEY CHECK (octet_length(ticket_hash) = 32),
  vault_id uuid NOT NULL,
  device_id uuid NOT NULL,
  session_id uuid NOT NULL,
  -- End of the token that asked for it, and so of the connection.
  token_expires_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (vault_id, device_id) REFERENCES devices (vault_id, device_id) ON DELETE CASCADE
);
CREATE INDEX tickets_by_end ON tickets (expires_at);
CREATE INDEX tickets_of_device ON tickets (vault_id, device_id);
