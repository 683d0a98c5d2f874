/** What the process that is killed and the one that looks after it have in common. */
import type { DatabaseOptions } from './sealed-database.ts'

export const killSettings: DatabaseOptions = {
  dataKey: new Uint8Array(32).fill(0x4b),
  settings: { shared_buffers: '1024kB', max_wal_size: '2MB', min_wal_size: '2MB' },
  pack: { journalBytes: 16 * 4096 },
}
