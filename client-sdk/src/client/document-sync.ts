/**
 * What is made of updates and snapshots as they come, and what is looked at once both are up to date: gaps that
 * a snapshot fills, heads that the server does not give out, documents that are worth a snapshot. What
 * seems to be missing is fetched once more first, since the two streams have no order between them (W23).
 */
import type { DocId, ShapeName } from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import type { Compaction } from '../docs/compaction.ts'
import type { Documents } from '../docs/documents.ts'
import { missingLinks, unseenHeads } from '../docs/heads.ts'
import { forgetVanished, type Inbox } from '../docs/inbox.ts'
import { sealAgainAboveCuts } from '../docs/resealing.ts'
import { forgetSent } from '../docs/sent.ts'
import type { Snapshots } from '../docs/snapshots.ts'
import type { Store, StoreTx } from '../store/store.ts'
import type { ShapeRow } from '../sync/shape-rows.ts'
import type { LocalVault } from '../vault/vault.ts'

type DocumentShape = Extract<ShapeName, 'doc_snapshots' | 'doc_updates'>
const documentShapes = ['doc_snapshots', 'doc_updates'] as const
export const isDocumentShape = (name: ShapeName): name is DocumentShape =>
  (documentShapes as readonly ShapeName[]).includes(name)

type Reached = ReadonlyMap<DocId, number>

export interface DocumentSync {
  /** Takes envelopes of some documents, or whatever waits; how far this device's own chains are. */
  advance(tx: StoreTx, rows?: readonly ShapeRow<'doc_updates'>[]): Promise<Reached>
  takeSnapshots(tx: StoreTx): Promise<void>
  /** A shape has come to its present end. */
  reached(name: DocumentShape): Promise<void>
  /** A shape is not at its present end any more, or its copy is about to be emptied. Resolves when no look relies on it. */
  left(name: DocumentShape): Promise<void>
  /** Whether another device has seen what the server does not give out (W22), or a chain has a hole (W23). */
  isWithheld(): boolean
  /** Whether a cut, since this process began, has voided what the server had stored of this device (W14). */
  wasCutOff(): boolean
  /** The log has moved on, and with it what is to be looked at. */
  logReached(): Promise<void>
  /** Sync stops: what has been seen of the shapes is old when it starts again. */
  halt(): void
}

export interface DocumentSyncDeps {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
  readonly inbox: Inbox
  readonly snapshots: Snapshots
  readonly compaction: Compaction
  /** Fetches shapes to their present ends. */
  readonly fetchAgain: (names: readonly DocumentShape[]) => void
  /** There is something to send. */
  readonly written: () => void
  /** What is withheld is other than it was. */
  readonly changed: () => void
  /** How far this device's own chains are, after what was filled in. */
  readonly told: (reached: Reached) => void
}

export function createDocumentSync(deps: DocumentSyncDeps): DocumentSync {
  const { store, documents, inbox, snapshots, compaction } = deps
  let upToDate = new Set<DocumentShape>()
  /** Shapes whose refetch is awaited before a gap counts. */
  let awaited: Set<DocumentShape> | undefined
  let withheld: ReadonlySet<string> = new Set()
  /** Whether something has come since documents were last looked through; a look is a write. */
  let arrived = true
  let cutOff = false
  let turn: Promise<void> = Promise.resolve()

  async function advance(tx: StoreTx, docs?: ReadonlySet<DocId>): Promise<Reached> {
    arrived = true
    const heads = await inbox.advance(tx, docs)
    await snapshots.check(tx)
    return heads
  }

  const fill = (): Promise<Reached | undefined> =>
    documents.write(async (tx) => {
      if (!(await snapshots.fillGaps(tx))) return undefined
      return advance(tx)
    })

  const withheldPlaces = async (): Promise<string[]> => [
    ...(await unseenHeads(store, deps)),
    ...(await missingLinks(store, deps)),
  ]

  /** Both shapes are up to date: looks at what is missing, once more after it was fetched again. */
  async function look(isConfirmed: boolean): Promise<void> {
    const gaps = await snapshots.hasGaps(store)
    const unseen = await withheldPlaces()
    const isNew = gaps || unseen.some((place) => !withheld.has(place))
    if (isNew && !isConfirmed) {
      awaited = new Set(documentShapes)
      return deps.fetchAgain(documentShapes)
    }
    const filled = gaps ? await fill() : undefined
    if (filled) deps.told(filled)
    const wasWithheld = withheld.size > 0
    withheld = new Set(gaps ? await withheldPlaces() : unseen)
    if (wasWithheld !== withheld.size > 0) deps.changed()
    if (arrived) {
      arrived = false
      const tidied = await documents.write(tidy)
      if (tidied.cutOff) {
        cutOff = true
        deps.changed()
      }
      if (tidied.cutOff || tidied.wished) deps.written()
    }
    if (await hasToSay()) deps.written()
  }

  async function tidy(tx: StoreTx): Promise<{ cutOff: boolean; wished: boolean }> {
    const found = await sealAgainAboveCuts(tx, deps)
    await forgetSent(tx, deps.vault)
    await forgetVanished(tx, deps)
    return { cutOff: found, wished: await compaction.wish(tx) }
  }

  /** Verdicts are queued in the transactions that store rows. */
  async function hasToSay(): Promise<boolean> {
    const rows = await store.query('SELECT 1 FROM pending_ops LIMIT 1')
    return rows.length > 0
  }

  async function reachedInTurn(name?: DocumentShape): Promise<void> {
    if (name) {
      upToDate.add(name)
      awaited?.delete(name)
    }
    if (upToDate.size < documentShapes.length || (awaited && awaited.size > 0)) return
    const isConfirmed = awaited !== undefined
    awaited = undefined
    await look(isConfirmed)
  }

  function inTurn(name?: DocumentShape): Promise<void> {
    turn = turn
      .then(() => reachedInTurn(name))
      .catch(() => {
        // The next time that a shape is up to date it is looked at again.
        awaited = undefined
        arrived = true
      })
    return turn
  }

  function left(name: DocumentShape): Promise<void> {
    turn = turn.then(() => void upToDate.delete(name))
    return turn
  }

  return {
    advance: (tx, rows) => advance(tx, rows && new Set(rows.map((row) => row.doc_id))),
    takeSnapshots(tx) {
      arrived = true
      return snapshots.check(tx)
    },
    reached: inTurn,
    left,
    logReached: () => inTurn(),
    wasCutOff: () => cutOff,
    isWithheld: () => withheld.size > 0,
    halt() {
      upToDate = new Set()
      awaited = undefined
    },
  }
}
