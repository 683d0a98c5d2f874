/** Sizes that both sides know. A larger thing is refused with the limit in the problem's detail. */
export const limits = {
  /** One `POST /v1/ops` body, bytes of JSON: room for one snapshot. */
  opsRequestBytes: 6_291_456,
  opsPerRequest: 256,
  /** Any other request body, bytes of JSON. */
  requestBytes: 262_144,
  /** One sealed update (W32). */
  updateBytes: 262_144,
  /** One sealed snapshot (W32). */
  snapshotBytes: 4_194_304,
  logEntryBytes: 65_536,
  linkMessageBytes: 65_536,
  /** Three by QR code; by a code of digits three more before them. */
  linkMessages: 6,
  linkSeconds: 120,
  /** How long a reset of the way back may be cancelled (W16). */
  resetSeconds: 7 * 24 * 3_600,
  /** Between proving a recovery secret and admitting the new device. */
  recoverySeconds: 600,
  /** One SOS operation: 32 slots and what stands before them. */
  sosOpBytes: 36_864,
  sosSlots: 32,
  /** Two for somebody whose keys have changed and are not confirmed (W46). */
  sosSlotsOfContact: 2,
  /** Countdown of an armed alert. */
  sosFireAfterSeconds: 60,
  /** A note or a name, bytes of UTF-8. */
  noteBytes: 720,
  nameBytes: 120,
  /** An answer of a recipient, sealed. */
  responseMessageBytes: 1_200,
  inviteBoxBytes: 1_024,
  /** What tells a contact of new keys, sealed: sixteen statements. */
  renewalBytes: 4_096,
  renewalStatements: 16,
  inviteSeconds: 72 * 3_600,
  /** A page of a grant, sealed. */
  pageBytes: 131_072,
  grantSeconds: 366 * 24 * 3_600,
  /** How far an alert or a willing helper reaches: at least two cells (W68). */
  radiusMinMetres: 1_000,
  radiusMaxMetres: 20_000,
  /** Argon2id of a passphrase, below or above which a client refuses before deriving (W9). */
  kdfMinOps: 3,
  kdfMaxOps: 10,
  kdfMinMemoryBytes: 64 * 1_048_576,
  kdfMaxMemoryBytes: 1024 * 1_048_576,
} as const
