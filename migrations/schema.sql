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

CREATE TABLE cards (
  vault_id uuid NOT NULL,
  member_id uuid NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT cards_pkey PRIMARY KEY (vault_id, member_id),
  CONSTRAINT cards_vault_id_fkey FOREIGN KEY (vault_id) REFERENCES accounts(account_id) ON DELETE CASCADE
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

CREATE INDEX changes_by_age ON shape.changes USING btree (changed_at);

CREATE INDEX changes_of_transaction ON shape.changes USING btree (xid, id);

CREATE INDEX links_by_end ON public.links USING btree (expires_at);

CREATE INDEX sessions_of_device ON public.sessions USING btree (account_id, device_id);

CREATE UNIQUE INDEX definitions_current ON shape.definitions USING btree (definition) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX op_ledger_applied_once ON public.op_ledger USING btree (vault_id, device_id, op_id) WHERE (outcome = 'applied'::text);

CREATE SEQUENCE shape.change_id AS bigint START 2 INCREMENT 2 CACHE 1;

CREATE FUNCTION shape.capture() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path=pg_catalog, pg_temp
  SET bytea_output=hex
  SET DateStyle=ISO, DMY
  SET extra_float_digits=1
  SET IntervalStyle=iso_8601
  SET TimeZone=UTC AS $$
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
