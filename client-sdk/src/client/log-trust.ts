/** What was found out about the server's log, and so whether anything may be sent into it (W18). */
import type { Documents } from '../docs/documents.ts'
import { deleteMeta, readMeta, writeMeta } from '../store/meta.ts'
import type { Store } from '../store/store.ts'
import { advanceLog, type LogWarning } from '../vault/log-inbox.ts'
import type { LocalVault } from '../vault/vault.ts'

export interface LogTrust {
  warning(): LogWarning | undefined
  /** Before sync starts: what was found before is still so, whatever the server answers first. */
  recall(): Promise<void>
  /** The log has another history than the one known here. */
  forked(): void
  /** The log is up to date, and ends before what is known here (`short`), or it does not. */
  ends(end: 'whole' | 'short'): Promise<void>
}

interface Deps {
  readonly store: Store
  readonly documents: Documents
  readonly vault: LocalVault
  /** Nothing may be sent any more. */
  readonly doubted: () => void
  /** A log that was too short when sync ran before is found whole. */
  readonly believed: () => void
}

/** Set from when the log is found too short until, after a restart, it is found whole. */
const shortKey = 'short-log'

export function createLogTrust({ store, documents, vault, doubted, believed }: Deps): LogTrust {
  let found: LogWarning | undefined
  let wasShort = false

  function warn(warning: LogWarning): void {
    found = warning
    doubted()
  }

  return {
    warning: () => found ?? (wasShort ? 'vault/rolled-back' : undefined),
    async recall() {
      found ??= await documents.write((tx) => advanceLog(tx, vault))
      wasShort = (await readMeta(store, shortKey)) === true
    },
    forked: () => warn('vault/forked'),
    async ends(end) {
      if (end === 'short') {
        await store.write((tx) => writeMeta(tx, shortKey, true))
        warn('vault/rolled-back')
      } else if (wasShort && !found) {
        await store.write((tx) => deleteMeta(tx, shortKey))
        wasShort = false
        believed()
      }
    },
  }
}
