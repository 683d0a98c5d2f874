-- The catalog after the last migration; made and checked by a test.

CREATE TABLE accounts (
  account_id uuid NOT NULL,
  identifier_hash bytea NOT NULL,
  verifier bytea NOT NULL,
  kdf_salt bytea NOT NULL,
  kdf_ops integer NOT NULL,
  kdf_memory_bytes bigint NOT NULL,
  created_on date NOT NULL,
  CONSTRAINT accounts_pkey PRIMARY KEY (account_id),
  CONSTRAINT accounts_identifier_hash_key UNIQUE (identifier_hash),
  CONSTRAINT accounts_identifier_hash_check CHECK ((octet_length(identifier_hash) = 32)),
  CONSTRAINT accounts_kdf_memory_bytes_check CHECK ((kdf_memory_bytes > 0)),
  CONSTRAINT accounts_kdf_ops_check CHECK ((kdf_ops > 0)),
  CONSTRAINT accounts_kdf_salt_check CHECK ((octet_length(kdf_salt) = 16))
);

CREATE TABLE alert_recipients (
  alert_id uuid NOT NULL,
  account_id uuid NOT NULL,
  role text NOT NULL,
  contact_id uuid,
  told_at timestamp with time zone NOT NULL,
  delivered_at timestamp with time zone,
  CONSTRAINT alert_recipients_pkey PRIMARY KEY (alert_id, account_id),
  CONSTRAINT alert_recipients_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT alert_recipients_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES emergency_alerts(alert_id) ON DELETE CASCADE,
  CONSTRAINT alert_recipients_check CHECK (((role = 'contact'::text) = (contact_id IS NOT NULL))),
  CONSTRAINT alert_recipients_role_check CHECK ((role = ANY (ARRAY['contact'::text, 'nearby'::text])))
);

CREATE TABLE alert_slots (
  alert_id uuid NOT NULL,
  op_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  of_update boolean NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT alert_slots_pkey PRIMARY KEY (alert_id, op_id, contact_id),
  CONSTRAINT alert_slots_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES emergency_alerts(alert_id) ON DELETE CASCADE,
  CONSTRAINT alert_slots_sealed_check CHECK ((octet_length(sealed) = ANY (ARRAY[1024, 2048])))
);

CREATE TABLE cards (
  vault_id uuid NOT NULL,
  member_id uuid NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT cards_pkey PRIMARY KEY (vault_id, member_id),
  CONSTRAINT cards_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

CREATE TABLE contacts (
  owner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  peer_id uuid NOT NULL,
  box bytea NOT NULL,
  renewal bytea DEFAULT '\x'::bytea NOT NULL,
  CONSTRAINT contacts_pkey PRIMARY KEY (owner_id, contact_id),
  CONSTRAINT contacts_owner_id_peer_id_key UNIQUE (owner_id, peer_id),
  CONSTRAINT contacts_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT contacts_peer_id_fkey FOREIGN KEY (peer_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT contacts_check CHECK ((owner_id <> peer_id))
);

CREATE TABLE day_keys (
  day date NOT NULL,
  key bytea NOT NULL,
  CONSTRAINT day_keys_pkey PRIMARY KEY (day)
);

CREATE TABLE devices (
  vault_id uuid NOT NULL,
  device_id uuid NOT NULL,
  sign_key bytea NOT NULL,
  box_key bytea NOT NULL,
  sos_key bytea NOT NULL,
  removed_at timestamp with time zone,
  next_device_seq bigint DEFAULT 1 NOT NULL,
  last_envelope_seq bigint DEFAULT 0 NOT NULL,
  CONSTRAINT devices_pkey PRIMARY KEY (vault_id, device_id),
  CONSTRAINT devices_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT devices_box_key_check CHECK ((octet_length(box_key) = 32)),
  CONSTRAINT devices_last_envelope_seq_check CHECK ((last_envelope_seq >= 0)),
  CONSTRAINT devices_next_device_seq_check CHECK ((next_device_seq >= 1)),
  CONSTRAINT devices_sign_key_check CHECK ((octet_length(sign_key) = 32)),
  CONSTRAINT devices_sos_key_check CHECK ((octet_length(sos_key) = 32))
);

CREATE TABLE doc_covers (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  envelope_hash bytea NOT NULL,
  CONSTRAINT doc_covers_pkey PRIMARY KEY (vault_id, doc_id, number, device_id),
  CONSTRAINT doc_covers_vault_id_doc_id_number_fkey FOREIGN KEY (vault_id, doc_id, number) REFERENCES doc_snapshots(vault_id, doc_id, number) ON DELETE CASCADE,
  CONSTRAINT doc_covers_doc_seq_check CHECK ((doc_seq >= 1)),
  CONSTRAINT doc_covers_envelope_hash_check CHECK ((octet_length(envelope_hash) = 32))
);

CREATE TABLE doc_prunings (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT doc_prunings_pkey PRIMARY KEY (vault_id, doc_id, number),
  CONSTRAINT doc_prunings_vault_id_doc_id_number_fkey FOREIGN KEY (vault_id, doc_id, number) REFERENCES doc_snapshots(vault_id, doc_id, number) ON DELETE CASCADE
);

CREATE TABLE doc_snapshots (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  envelope bytea NOT NULL,
  device_id uuid NOT NULL,
  device_seq bigint NOT NULL,
  envelope_hash bytea NOT NULL,
  CONSTRAINT doc_snapshots_pkey PRIMARY KEY (vault_id, doc_id, number),
  CONSTRAINT doc_snapshots_vault_id_device_id_fkey FOREIGN KEY (vault_id, device_id) REFERENCES devices(vault_id, device_id) ON DELETE CASCADE,
  CONSTRAINT doc_snapshots_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT doc_snapshots_device_seq_check CHECK ((device_seq >= 1)),
  CONSTRAINT doc_snapshots_envelope_hash_check CHECK ((octet_length(envelope_hash) = 32)),
  CONSTRAINT doc_snapshots_number_check CHECK ((number >= 1))
);

CREATE TABLE doc_updates (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  device_id uuid NOT NULL,
  doc_seq integer NOT NULL,
  envelope bytea NOT NULL,
  device_seq bigint NOT NULL,
  epoch integer NOT NULL,
  envelope_hash bytea NOT NULL,
  CONSTRAINT doc_updates_pkey PRIMARY KEY (vault_id, doc_id, device_id, doc_seq),
  CONSTRAINT doc_updates_vault_id_device_id_fkey FOREIGN KEY (vault_id, device_id) REFERENCES devices(vault_id, device_id) ON DELETE CASCADE,
  CONSTRAINT doc_updates_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT doc_updates_device_seq_check CHECK ((device_seq >= 1)),
  CONSTRAINT doc_updates_doc_seq_check CHECK ((doc_seq >= 1)),
  CONSTRAINT doc_updates_envelope_hash_check CHECK ((octet_length(envelope_hash) = 32)),
  CONSTRAINT doc_updates_epoch_check CHECK ((epoch >= 1))
);

CREATE TABLE doc_verdicts (
  vault_id uuid NOT NULL,
  doc_id uuid NOT NULL,
  number integer NOT NULL,
  device_id uuid NOT NULL,
  verdict text NOT NULL,
  CONSTRAINT doc_verdicts_pkey PRIMARY KEY (vault_id, doc_id, number, device_id),
  CONSTRAINT doc_verdicts_vault_id_doc_id_number_fkey FOREIGN KEY (vault_id, doc_id, number) REFERENCES doc_snapshots(vault_id, doc_id, number) ON DELETE CASCADE,
  CONSTRAINT doc_verdicts_verdict_check CHECK ((verdict = ANY (ARRAY['ok'::text, 'bad'::text])))
);

CREATE TABLE emergency_alerts (
  alert_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  audience text NOT NULL,
  raised_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  fires_at timestamp with time zone NOT NULL,
  op_id uuid NOT NULL,
  closed_at timestamp with time zone,
  reply_key bytea NOT NULL,
  cell_row integer,
  cell_column integer,
  radius_metres integer,
  excluded uuid[],
  responder_op uuid,
  responder_part bytea,
  responder_key bytea,
  responder_day date,
  CONSTRAINT emergency_alerts_pkey PRIMARY KEY (alert_id),
  CONSTRAINT emergency_alerts_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT emergency_alerts_audience_check CHECK ((audience = ANY (ARRAY['contacts'::text, 'contacts-and-nearby'::text]))),
  CONSTRAINT emergency_alerts_check CHECK (((cell_row IS NULL) = (cell_column IS NULL))),
  CONSTRAINT emergency_alerts_check1 CHECK (((closed_at IS NULL) = (state = ANY (ARRAY['armed'::text, 'sent'::text])))),
  CONSTRAINT emergency_alerts_check2 CHECK (((closed_at IS NULL) OR (num_nonnulls(cell_row, radius_metres, excluded, responder_op, responder_part, responder_key, responder_day) = 0))),
  CONSTRAINT emergency_alerts_kind_check CHECK ((kind = ANY (ARRAY['sos'::text, 'medical'::text, 'test'::text]))),
  CONSTRAINT emergency_alerts_reply_key_check CHECK ((octet_length(reply_key) = 32)),
  CONSTRAINT emergency_alerts_state_check CHECK ((state = ANY (ARRAY['armed'::text, 'sent'::text, 'resolved'::text, 'cancelled'::text, 'expired'::text])))
);

CREATE TABLE emergency_responses (
  alert_id uuid NOT NULL,
  account_id uuid NOT NULL,
  response_id uuid NOT NULL,
  state text NOT NULL,
  message bytea NOT NULL,
  at timestamp with time zone NOT NULL,
  released_at timestamp with time zone,
  CONSTRAINT emergency_responses_pkey PRIMARY KEY (alert_id, account_id),
  CONSTRAINT emergency_responses_response_id_key UNIQUE (response_id),
  CONSTRAINT emergency_responses_alert_id_account_id_fkey FOREIGN KEY (alert_id, account_id) REFERENCES alert_recipients(alert_id, account_id) ON DELETE CASCADE,
  CONSTRAINT emergency_responses_state_check CHECK ((state = ANY (ARRAY['accept'::text, 'on-my-way'::text, 'arrived'::text, 'cannot'::text])))
);

CREATE TABLE erased_vaults (
  vault_id uuid NOT NULL,
  entry bytea NOT NULL,
  CONSTRAINT erased_vaults_pkey PRIMARY KEY (vault_id)
);

CREATE TABLE events (
  event_id bigint NOT NULL,
  topic text NOT NULL,
  key uuid NOT NULL,
  body jsonb NOT NULL,
  at timestamp with time zone NOT NULL,
  taken_at timestamp with time zone,
  CONSTRAINT events_pkey PRIMARY KEY (event_id),
  CONSTRAINT events_topic_check CHECK ((topic = ANY (ARRAY['emergency-alerts'::text, 'user-locations'::text, 'notifications'::text, 'analytics-events'::text])))
);

CREATE TABLE frozen_responders (
  account_id uuid NOT NULL,
  until timestamp with time zone NOT NULL,
  CONSTRAINT frozen_responders_pkey PRIMARY KEY (account_id),
  CONSTRAINT frozen_responders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

CREATE TABLE grants (
  grant_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  sealed_grant bytea NOT NULL,
  revision integer NOT NULL,
  page bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT grants_pkey PRIMARY KEY (grant_id),
  CONSTRAINT grants_owner_id_contact_id_fkey FOREIGN KEY (owner_id, contact_id) REFERENCES contacts(owner_id, contact_id) ON DELETE CASCADE,
  CONSTRAINT grants_reader_id_fkey FOREIGN KEY (reader_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT grants_check CHECK ((owner_id <> reader_id)),
  CONSTRAINT grants_revision_check CHECK ((revision >= 1))
);

CREATE TABLE inbox (
  notice_id bigint NOT NULL,
  account_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  event text NOT NULL,
  op_id uuid,
  created_at timestamp with time zone NOT NULL,
  acked_at timestamp with time zone,
  CONSTRAINT inbox_pkey PRIMARY KEY (notice_id),
  CONSTRAINT inbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT inbox_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES emergency_alerts(alert_id) ON DELETE CASCADE,
  CONSTRAINT inbox_event_check CHECK ((event = ANY (ARRAY['raised'::text, 'updated'::text, 'cancelled'::text, 'resolved'::text, 'expired'::text, 'standing'::text])))
);

CREATE TABLE invites (
  invite_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  offer bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  accepted_by uuid,
  CONSTRAINT invites_pkey PRIMARY KEY (invite_id),
  CONSTRAINT invites_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT invites_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES accounts(account_id) ON DELETE CASCADE
);

CREATE TABLE link_messages (
  link_id uuid NOT NULL,
  number smallint NOT NULL,
  message bytea NOT NULL,
  CONSTRAINT link_messages_pkey PRIMARY KEY (link_id, number),
  CONSTRAINT link_messages_link_id_fkey FOREIGN KEY (link_id) REFERENCES links(link_id) ON DELETE CASCADE,
  CONSTRAINT link_messages_number_check CHECK ((number >= 1))
);

CREATE TABLE links (
  link_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT links_pkey PRIMARY KEY (link_id),
  CONSTRAINT links_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE op_ledger (
  vault_id uuid NOT NULL,
  device_id uuid NOT NULL,
  device_seq bigint NOT NULL,
  op_id uuid NOT NULL,
  kind text NOT NULL,
  body_hash bytea NOT NULL,
  outcome text NOT NULL,
  code text,
  txid xid8 NOT NULL,
  stored_on date NOT NULL,
  CONSTRAINT op_ledger_pkey PRIMARY KEY (vault_id, device_id, device_seq),
  CONSTRAINT op_ledger_vault_id_device_id_fkey FOREIGN KEY (vault_id, device_id) REFERENCES devices(vault_id, device_id) ON DELETE CASCADE,
  CONSTRAINT op_ledger_body_hash_check CHECK ((octet_length(body_hash) = 32)),
  CONSTRAINT op_ledger_check CHECK (((outcome = 'rejected'::text) = (code IS NOT NULL))),
  CONSTRAINT op_ledger_device_seq_check CHECK ((device_seq >= 1)),
  CONSTRAINT op_ledger_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'rejected'::text])))
);

CREATE TABLE phrase_keys (
  vault_id uuid NOT NULL,
  member_id uuid NOT NULL,
  key_hash bytea NOT NULL,
  CONSTRAINT phrase_keys_pkey PRIMARY KEY (vault_id, member_id),
  CONSTRAINT phrase_keys_key_hash_key UNIQUE (key_hash),
  CONSTRAINT phrase_keys_vault_id_member_id_fkey FOREIGN KEY (vault_id, member_id) REFERENCES cards(vault_id, member_id) ON DELETE CASCADE,
  CONSTRAINT phrase_keys_key_hash_check CHECK ((octet_length(key_hash) = 32))
);

CREATE TABLE recovery_resets (
  vault_id uuid NOT NULL,
  seq integer NOT NULL,
  effective_at timestamp with time zone NOT NULL,
  CONSTRAINT recovery_resets_pkey PRIMARY KEY (vault_id),
  CONSTRAINT recovery_resets_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT recovery_resets_seq_check CHECK ((seq >= 1))
);

CREATE TABLE responders (
  account_id uuid NOT NULL,
  radius_metres integer NOT NULL,
  since date NOT NULL,
  cell_days integer DEFAULT 0 NOT NULL,
  last_cell_on date,
  CONSTRAINT responders_pkey PRIMARY KEY (account_id),
  CONSTRAINT responders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT responders_radius_metres_check CHECK (((radius_metres >= 1000) AND (radius_metres <= 20000)))
);

CREATE TABLE schema_migrations (
  version integer NOT NULL,
  name text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL,
  sha256 text NOT NULL,
  CONSTRAINT schema_migrations_pkey PRIMARY KEY (version)
);

CREATE TABLE sessions (
  session_id uuid NOT NULL,
  account_id uuid NOT NULL,
  device_id uuid NOT NULL,
  generation integer DEFAULT 0 NOT NULL,
  request_id uuid,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  challenge bytea,
  earlier_requests uuid[] DEFAULT '{}'::uuid[] NOT NULL,
  CONSTRAINT sessions_pkey PRIMARY KEY (session_id),
  CONSTRAINT sessions_challenge_key UNIQUE (challenge),
  CONSTRAINT sessions_account_id_device_id_fkey FOREIGN KEY (account_id, device_id) REFERENCES devices(vault_id, device_id) ON DELETE CASCADE,
  CONSTRAINT sessions_challenge_check CHECK ((octet_length(challenge) = 48)),
  CONSTRAINT sessions_generation_check CHECK ((generation >= 0))
);

CREATE TABLE settings (
  key text NOT NULL,
  value bytea NOT NULL,
  CONSTRAINT settings_pkey PRIMARY KEY (key)
);

CREATE TABLE shape.changes (
  id bigint DEFAULT nextval('shape.change_id'::regclass) NOT NULL,
  xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
  relation oid NOT NULL,
  old_row text,
  new_row text,
  changed_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT changes_pkey PRIMARY KEY (id)
);

CREATE TABLE shape.definitions (
  handle uuid DEFAULT gen_random_uuid() NOT NULL,
  definition bytea NOT NULL,
  relation oid NOT NULL,
  signature text NOT NULL,
  base bigint NOT NULL,
  fresh_after bigint NOT NULL,
  visible pg_snapshot NOT NULL,
  chunks integer NOT NULL,
  superseded_at timestamp with time zone,
  CONSTRAINT definitions_pkey PRIMARY KEY (handle),
  CONSTRAINT definitions_chunks_check CHECK ((chunks >= 1))
);

CREATE TABLE shape.horizon (
  only_one boolean DEFAULT true NOT NULL,
  forgotten bigint NOT NULL,
  CONSTRAINT horizon_pkey PRIMARY KEY (only_one),
  CONSTRAINT horizon_only_one_check CHECK (only_one)
);

CREATE TABLE shape.snapshots (
  handle uuid NOT NULL,
  chunk integer NOT NULL,
  body text NOT NULL,
  CONSTRAINT snapshots_pkey PRIMARY KEY (handle, chunk),
  CONSTRAINT snapshots_handle_fkey FOREIGN KEY (handle) REFERENCES shape.definitions(handle) ON DELETE CASCADE,
  CONSTRAINT snapshots_chunk_check CHECK ((chunk >= 0))
);

CREATE TABLE shape.transactions (
  xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
  first_id bigint NOT NULL,
  last_id bigint NOT NULL,
  began_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT transactions_pkey PRIMARY KEY (xid)
);

CREATE TABLE sos_ops (
  vault_id uuid NOT NULL,
  device_id uuid NOT NULL,
  op_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  kind text NOT NULL,
  body_hash bytea NOT NULL,
  CONSTRAINT sos_ops_pkey PRIMARY KEY (vault_id, device_id, op_id),
  CONSTRAINT sos_ops_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT sos_ops_body_hash_check CHECK ((octet_length(body_hash) = 32)),
  CONSTRAINT sos_ops_kind_check CHECK ((kind = ANY (ARRAY['raise'::text, 'update'::text, 'cancel'::text, 'resolve'::text])))
);

CREATE TABLE tickets (
  ticket_hash bytea NOT NULL,
  vault_id uuid NOT NULL,
  device_id uuid NOT NULL,
  session_id uuid NOT NULL,
  token_expires_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT tickets_pkey PRIMARY KEY (ticket_hash),
  CONSTRAINT tickets_vault_id_device_id_fkey FOREIGN KEY (vault_id, device_id) REFERENCES devices(vault_id, device_id) ON DELETE CASCADE,
  CONSTRAINT tickets_ticket_hash_check CHECK ((octet_length(ticket_hash) = 32))
);

CREATE UNLOGGED TABLE user_locations (
  account_id uuid NOT NULL,
  pos geometry(Point,3857) NOT NULL,
  accept_metres integer NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT user_locations_pkey PRIMARY KEY (account_id)
);

CREATE TABLE vault_log (
  vault_id uuid NOT NULL,
  seq integer NOT NULL,
  entry bytea NOT NULL,
  entry_hash bytea NOT NULL,
  CONSTRAINT vault_log_pkey PRIMARY KEY (vault_id, seq),
  CONSTRAINT vault_log_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE,
  CONSTRAINT vault_log_entry_hash_check CHECK ((octet_length(entry_hash) = 32)),
  CONSTRAINT vault_log_seq_check CHECK ((seq >= 0))
);

CREATE UNLOGGED TABLE withdrawn_locations (
  account_id uuid NOT NULL,
  pos geometry(Point,3857) NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT withdrawn_locations_pkey PRIMARY KEY (account_id)
);

CREATE INDEX alerts_by_age ON public.emergency_alerts USING btree (fires_at) WHERE (state = 'sent'::text);

CREATE INDEX alerts_by_end ON public.emergency_alerts USING btree (closed_at) WHERE (closed_at IS NOT NULL);

CREATE INDEX alerts_due ON public.emergency_alerts USING btree (fires_at) WHERE (state = 'armed'::text);

CREATE INDEX alerts_of_owner ON public.emergency_alerts USING btree (owner_id, received_at);

CREATE INDEX contacts_by_peer ON public.contacts USING btree (peer_id);

CREATE INDEX doc_prunings_by_time ON public.doc_prunings USING btree (due_at);

CREATE INDEX events_by_age ON public.events USING btree (at);

CREATE INDEX events_untaken ON public.events USING btree (event_id) WHERE (taken_at IS NULL);

CREATE INDEX frozen_by_end ON public.frozen_responders USING btree (until);

CREATE INDEX grants_by_end ON public.grants USING btree (expires_at);

CREATE INDEX grants_of_owner ON public.grants USING btree (owner_id, contact_id);

CREATE INDEX grants_of_reader ON public.grants USING btree (reader_id);

CREATE INDEX inbox_of_account ON public.inbox USING btree (account_id, notice_id);

CREATE INDEX inbox_of_alert ON public.inbox USING btree (alert_id);

CREATE INDEX inbox_unacked ON public.inbox USING btree (created_at) WHERE (acked_at IS NULL);

CREATE INDEX invites_accepted ON public.invites USING btree (accepted_by);

CREATE INDEX invites_by_end ON public.invites USING btree (expires_at);

CREATE INDEX invites_of_owner ON public.invites USING btree (owner_id);

CREATE INDEX links_by_end ON public.links USING btree (expires_at);

CREATE INDEX recipients_by_account ON public.alert_recipients USING btree (account_id);

CREATE INDEX responses_released ON public.emergency_responses USING btree (account_id, released_at) WHERE (released_at IS NOT NULL);

CREATE INDEX sessions_of_device ON public.sessions USING btree (account_id, device_id);

CREATE INDEX sos_ops_of_alert ON public.sos_ops USING btree (alert_id);

CREATE INDEX tickets_by_end ON public.tickets USING btree (expires_at);

CREATE INDEX tickets_of_device ON public.tickets USING btree (vault_id, device_id);

CREATE INDEX transactions_by_place ON shape.transactions USING btree (last_id);

CREATE INDEX user_locations_pos ON public.user_locations USING gist (pos);

CREATE UNIQUE INDEX definitions_current ON shape.definitions USING btree (definition) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX op_ledger_applied_once ON public.op_ledger USING btree (vault_id, device_id, op_id) WHERE (outcome = 'applied'::text);

CREATE SEQUENCE events_event_id_seq AS bigint START 1 INCREMENT 1 CACHE 1;

CREATE SEQUENCE inbox_notice_id_seq AS bigint START 1 INCREMENT 1 CACHE 1;

CREATE SEQUENCE shape.change_id AS bigint START 2 INCREMENT 2 CACHE 1;

CREATE FUNCTION people_nearby(double precision,double precision,double precision,double precision,timestamp with time zone,uuid,uuid[],integer) RETURNS record LANGUAGE sql
  SET enable_sort=off
  SET enable_bitmapscan=off
  SET jit=off AS $$
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

CREATE FUNCTION shape.begin_changes() RETURNS trigger LANGUAGE plpgsql
  SET search_path=pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO shape.transactions (first_id, last_id)
    SELECT number, number FROM nextval('shape.change_id') AS number
    ON CONFLICT (xid) DO NOTHING;
  RETURN NULL;
END
$$;

CREATE FUNCTION shape.capture() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path=pg_catalog, pg_temp
  SET bytea_output=hex
  SET DateStyle=ISO, DMY
  SET extra_float_digits=1
  SET IntervalStyle=iso_8601
  SET TimeZone=UTC AS $$
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

CREATE FUNCTION shape.end_changes() RETURNS trigger LANGUAGE plpgsql
  SET search_path=pg_catalog, pg_temp AS $$
BEGIN
  UPDATE shape.transactions SET last_id = currval('shape.change_id')
    WHERE xid = pg_current_xact_id();
  RETURN NULL;
END
$$;

ALTER TABLE contacts REPLICA IDENTITY FULL;

ALTER TABLE doc_snapshots REPLICA IDENTITY FULL;

ALTER TABLE doc_updates REPLICA IDENTITY FULL;

ALTER TABLE vault_log REPLICA IDENTITY FULL;

CREATE PUBLICATION electric_publication_default FOR TABLE contacts, doc_snapshots, doc_updates, vault_log WITH (publish = 'insert, update, delete, truncate');
