-- Alerts, whom they reach, and what those answer. Positions are in here only as a grid cell and as
-- ciphertext, and both go when the alert ends.

-- Keys of a day wrap what the server holds for responders; destroyed after two days, so that no backup
-- older than that opens (W57). Wrapped by SERVER_KEY themselves.
CREATE TABLE day_keys (
  day date PRIMARY KEY,
  key bytea NOT NULL
);

CREATE TABLE emergency_alerts (
  alert_id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  -- Alert of the owner that was open first when this one was raised; its own id otherwise, of a test, and
  -- of one that a removed device raised.
  incident_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sos', 'medical', 'test')),
  state text NOT NULL CHECK (state IN ('armed', 'sent', 'resolved', 'cancelled', 'expired')),
  audience text NOT NULL CHECK (audience IN ('contacts', 'contacts-and-nearby')),
  -- By her device's clock, which may be wrong.
  raised_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- While armed: when it goes off; after that: when it did, or was last raised again.
  fires_at timestamptz NOT NULL,
  -- Newest operation that brought parts.
  op_id uuid NOT NULL,
  -- Null while it is open.
  closed_at timestamptz,
  reply_key bytea NOT NULL CHECK (octet_length(reply_key) = 32),
  -- Everything below is null once the alert has ended, and while it asks nobody nearby. Cell: also null
  -- while none is known.
  cell_row integer,
  cell_column integer,
  radius_metres integer,
  excluded uuid[],
  -- For responders, with its key under the key of `responder_day`; null when there was none.
  responder_op uuid,
  responder_part bytea,
  responder_key bytea,
  responder_day date,
  CHECK ((cell_row IS NULL) = (cell_column IS NULL)),
  CHECK ((closed_at IS NULL) = (state IN ('armed', 'sent'))),
  CHECK (closed_at IS NULL OR num_nonnulls(cell_row, radius_metres, excluded, responder_op,
    responder_part, responder_key, responder_day) = 0)
);
CREATE INDEX alerts_of_owner ON emergency_alerts (owner_id, received_at);
CREATE INDEX alerts_due ON emergency_alerts (fires_at) WHERE state = 'armed';
CREATE INDEX alerts_by_age ON emergency_alerts (fires_at) WHERE state = 'sent';
CREATE INDEX alerts_by_end ON emergency_alerts (closed_at) WHERE closed_at IS NOT NULL;

-- What makes an SOS operation take effect once, however late it comes again; bodies are not kept, nor when
-- it came.
CREATE TABLE sos_ops (
  vault_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  device_id uuid NOT NULL,
  op_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('raise', 'update', 'cancel', 'resolve')),
  body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
  PRIMARY KEY (vault_id, device_id, op_id)
);
CREATE INDEX sos_ops_of_alert ON sos_ops (alert_id);

-- Sealed to one contact each. That of an update goes when there is a newer one for the contact; those of
-- raises and updates go when the alert ends.
CREATE TABLE alert_slots (
  alert_id uuid NOT NULL REFERENCES emergency_alerts (alert_id) ON DELETE CASCADE,
  op_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  of_update boolean NOT NULL,
  sealed bytea NOT NULL CHECK (octet_length(sealed) = 1024),
  PRIMARY KEY (alert_id, op_id, contact_id)
);
ALTER TABLE alert_slots ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Whom an alert has reached.
CREATE TABLE alert_recipients (
  alert_id uuid NOT NULL REFERENCES emergency_alerts (alert_id) ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('contact', 'nearby')),
  -- The link between the two people; null for passers-by.
  contact_id uuid,
  told_at timestamptz NOT NULL,
  -- When an app of theirs first acknowledged a notice; null before.
  delivered_at timestamptz,
  CHECK ((role = 'contact') = (contact_id IS NOT NULL)),
  PRIMARY KEY (alert_id, account_id)
);
CREATE INDEX recipients_by_account ON alert_recipients (account_id);

CREATE TABLE emergency_responses (
  alert_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- By which the alert's owner knows a passer-by.
  response_id uuid NOT NULL UNIQUE,
  state text NOT NULL CHECK (state IN ('accept', 'on-my-way', 'arrived', 'cannot')),
  -- Name and note, sealed to the alert's reply key.
  message bytea NOT NULL,
  at timestamptz NOT NULL,
  -- When the responders' part was given out; null if it was not.
  released_at timestamptz,
  PRIMARY KEY (alert_id, account_id),
  FOREIGN KEY (alert_id, account_id) REFERENCES alert_recipients (alert_id, account_id) ON DELETE CASCADE
);
CREATE INDEX responses_released ON emergency_responses (account_id, released_at)
  WHERE released_at IS NOT NULL;

-- Notices for apps: pointers to alerts. Kept until acknowledged and past every device's reach.
CREATE TABLE inbox (
  notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  alert_id uuid NOT NULL REFERENCES emergency_alerts (alert_id) ON DELETE CASCADE,
  -- `standing` goes to the alert's own account: somebody has it or has answered.
  event text NOT NULL
    CHECK (event IN ('raised', 'updated', 'cancelled', 'resolved', 'expired', 'standing')),
  -- Null when no operation is behind it.
  op_id uuid,
  created_at timestamptz NOT NULL,
  -- Null until an app of the account has stored it.
  acked_at timestamptz
);
CREATE INDEX inbox_of_account ON inbox (account_id, notice_id);
CREATE INDEX inbox_unacked ON inbox (created_at) WHERE acked_at IS NULL;
CREATE INDEX inbox_of_alert ON inbox (alert_id);

-- What happened, for drivers to come; nothing personal is in a body.
CREATE TABLE events (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL
    CHECK (topic IN ('emergency-alerts', 'user-locations', 'notifications', 'analytics-events')),
  key uuid NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL,
  -- Null until a driver has taken it.
  taken_at timestamptz
);
CREATE INDEX events_untaken ON events (event_id) WHERE taken_at IS NULL;
CREATE INDEX events_by_age ON events (at);
