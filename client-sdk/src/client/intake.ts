/**
 * What is made of the rows of each shape: the log first, then documents, then what contacts' rows mean by what came; and
 * what is looked at once a shape is up to date.
 */
import { Problem, type DocId, type ShapeName } from '@selene/shapes'
import type { Links } from '../contacts/links.ts'
import type { Clock } from '../core/clock.ts'
import type { StoreTx } from '../store/store.ts'
import { advanceLog } from '../vault/log-inbox.ts'
import {
  createDocumentSync,
  isDocumentShape,
  type DocumentSync,
  type DocumentSyncDeps,
} from './document-sync.ts'
import type { Endings } from './ending.ts'
import { createLogEnd } from './log-end.ts'
import type { LogTrust } from './log-trust.ts'
import type { SeenWrites } from './seen-writes.ts'
import type { Takers } from './shape-readers.ts'

export interface Intake extends Pick<DocumentSync, 'isWithheld' | 'wasCutOff'> {
  readonly take: Takers['take']
  /** A shape is up to date. */
  reached(name: ShapeName): Promise<void>
  /** It is not any more, or its copy is about to be emptied. */
  left(name: ShapeName): Promise<void>
  /** Sync stops. */
  halt(): void
}

interface Deps extends Omit<DocumentSyncDeps, 'fetchAgain' | 'told'> {
  readonly links: Links
  readonly seenWrites: SeenWrites
  readonly endings: Endings
  readonly clock: Clock
  /** Fetches shapes to their present ends. */
  readonly fetchAgain: (names: readonly ShapeName[]) => void
  readonly trust: LogTrust
  /** The log says that sync ends here. */
  readonly ended: () => void
}

/** A newer app's document of contacts is left as it is (W31): what waits for it is taken once this app knows it. */
async function unlessNewer(work: Promise<boolean>): Promise<boolean> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Problem && error.code === 'doc/newer-schema') return false
    throw error
  }
}

export function createIntake(deps: Deps): Intake {
  const { vault, links, endings, seenWrites, trust, written, fetchAgain } = deps
  const documentSync = createDocumentSync({ ...deps, told: seenWrites.reached })
  const logEnd = createLogEnd({ ...deps, fetchAgain: () => fetchAgain(['vault_log']) })

  const takeContacts = async (tx: StoreTx): Promise<() => void> =>
    (await unlessNewer(links.take(tx))) ? written : () => {}

  async function arrived(tx: StoreTx, heads: ReadonlyMap<DocId, number>): Promise<() => void> {
    // An invitation that came with an update may be what a contact's row has waited for.
    const linked = await takeContacts(tx)
    return () => {
      seenWrites.reached(heads)
      linked()
    }
  }

  async function takeLog(tx: StoreTx): Promise<() => void> {
    const found = await advanceLog(tx, vault)
    // What named an entry or an epoch that was not known yet may be anywhere.
    const taken = await arrived(tx, await documentSync.advance(tx))
    return () => {
      if (found) trust.forked()
      taken()
      if (endings.current()) deps.ended()
    }
  }

  async function logReached(): Promise<void> {
    const end = await logEnd.look()
    if (end !== 'waiting') await trust.ends(end)
    await documentSync.logReached()
  }

  return {
    take: {
      vault_log: takeLog,
      async doc_snapshots(tx) {
        await documentSync.takeSnapshots(tx)
        return written
      },
      doc_updates: async (tx, rows) => arrived(tx, await documentSync.advance(tx, rows)),
      contacts: takeContacts,
    },
    async reached(name) {
      if (name === 'vault_log') await logReached()
      if (name === 'contacts' && (await unlessNewer(links.settle()))) written()
      if (isDocumentShape(name)) await documentSync.reached(name)
    },
    async left(name) {
      if (isDocumentShape(name)) await documentSync.left(name)
    },
    isWithheld: documentSync.isWithheld,
    wasCutOff: documentSync.wasCutOff,
    halt() {
      documentSync.halt()
      logEnd.halt()
    },
  }
}
