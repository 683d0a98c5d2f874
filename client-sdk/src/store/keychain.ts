/**
 * What the platform keeps for the store, outside it: a secret of this installation and a small note. It protects a
 * copy of the store's file alone. Whoever has the device, or runs as the same user, has the secret as well.
 */
export interface Keychain {
  /** 32 random bytes, made at the first call. The caller gets a copy, and wipes it. */
  secret(): Promise<Uint8Array>
  /** What was written last; `undefined` at first, and when it cannot be read any more. */
  readNote(): Promise<Uint8Array | undefined>
  /** Replaces the note as a whole; resolved = it survives loss of power. */
  writeNote(note: Uint8Array): Promise<void>
  /** Forgets both: what hangs on the secret never opens again. */
  erase(): Promise<void>
}
