/**
 * The port under the pack: bytes at places, synchronous, for one opener.
 *
 * Laws. What was written is read back at once. `flush` returns when everything written before survives loss
 * of power; before that a crash may keep any part of it, in sectors of 512 bytes. What lies between the
 * old end and a write beyond it reads as zeros. Every failure is a {@link FaultError}: `full` when there is no room, and
 * then the write has changed nothing that matters; `io` for everything else.
 */
export interface BlockDevice {
  /** Fills `into` from there; fewer bytes than asked only at the end of the device. Gives their number. */
  read(at: number, into: Uint8Array): number
  /** Writes all of it. */
  write(at: number, bytes: Uint8Array): void
  flush(): void
  /** Bytes. */
  size(): number
  truncate(bytes: number): void
  close(): void
}
