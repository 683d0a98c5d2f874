/**
 * Where the SOS kit is kept: one small record beside the database, outside its lock, sealed by the
 * platform. An implementation lets one opener in at a time.
 */
export interface KitFiles {
  /** Whether what is saved outlives the process; known once the record is loaded. */
  readonly durable: boolean
  /**
   * Takes the record for this opener and reads it; `undefined` when there is none. One that cannot be
   * read is put aside under another name and counts as none, so that damage never keeps the kit shut.
   * @throws Problem store/in-use while another process or tab has it open.
   */
  load(): Promise<Uint8Array | undefined>
  /** Replaces the record as a whole; resolved = it survives loss of power, rejected = the old one is there. */
  save(record: Uint8Array): Promise<void>
  /** Puts what is there aside under another name, for a record that was read but is not understood. */
  setAside(): Promise<void>
  /** Lets another opener in. */
  close(): Promise<void>
}
