/** Tables of the vault: this device's keys, the verified log, epoch keys. */
export const vaultTables = `
CREATE TABLE device (
  sign_seed bytea NOT NULL,
  box_seed bytea NOT NULL,
  sos_seed bytea NOT NULL
);
CREATE TABLE vault_entries (
  seq integer PRIMARY KEY,
  entry bytea NOT NULL
);
CREATE TABLE epoch_keys (
  number integer PRIMARY KEY,
  key bytea NOT NULL
);`
