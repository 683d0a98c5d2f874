-- Keys of people change; their contacts learn of it through the server, which cannot read what it carries.

-- What the other side has sealed about its new keys; empty while there is nothing, as columns that leave by a shape are
-- never null.
ALTER TABLE contacts ADD COLUMN renewal bytea NOT NULL DEFAULT '';

-- Until new keys are confirmed an alert is sealed to the old ones too: two slots, one behind the other.
ALTER TABLE alert_slots DROP CONSTRAINT alert_slots_sealed_check,
  ADD CONSTRAINT alert_slots_sealed_check CHECK (octet_length(sealed) IN (1024, 2048));
