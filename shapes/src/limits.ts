/** Sizes that both sides know. A larger thing is refused with the limit in the problem's detail. */
export const limits = {
  /** One `POST /v1/ops` body, bytes of JSON. */
  opsRequestBytes: 1_048_576,
  opsPerRequest: 256,
  /** Any other request body, bytes of JSON. */
  requestBytes: 262_144,
  /** One sealed update (W32). */
  updateBytes: 262_144,
  logEntryBytes: 65_536,
  linkMessageBytes: 65_536,
  linkMessages: 3,
  linkSeconds: 120,
  /** Argon2id of a passphrase, below or above which a client refuses before deriving (W9). */
  kdfMinOps: 3,
  kdfMaxOps: 10,
  kdfMinMemoryBytes: 64 * 1_048_576,
  kdfMaxMemoryBytes: 1024 * 1_048_576,
} as const
