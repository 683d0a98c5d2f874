/**
 * The documents of the store. Every change is one Yjs transaction, stored in one local transaction
 * together with the edit that waits to be sealed and the tables derived from it. A document opened
 * anew always has a fresh Yjs client id (W28).
 */
import { Problem, stampUuid, type DocId, type OpId } from '@selene/shapes'
import * as Y from 'yjs'
import type { Clock } from '../core/clock.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import { isNewer } from './newer-schema.ts'
import { copyInPieces } from './pieces.ts'

/** A document's content: registers and notes. */
export type Content = Y.Doc

/** Writes what an app reads of a document; runs in the transaction that stores it. */
export type Derive = (tx: StoreTx, name: string, doc: Content) => Promise<void>

/** Keeps what an app reads in step with the documents. */
export interface Deriver {
  readonly derive: Derive
  /** Ends a transaction in which documents were derived: what follows from all of them together. */
  settle(tx: StoreTx): Promise<void>
  /** The transaction failed: what is kept in memory counts no longer. */
  undo(): void
}

export interface Documents {
  /** Runs `work` in one transaction; when it fails, open documents and vault are as before. */
  write<T>(work: (tx: StoreTx) => Promise<T>): Promise<T>
  /** A copy of a document as it is stored, empty if it was never written; within a transaction by its reader. */
  read(name: string, reader?: Reader): Promise<Content>
  /**
   * Changes a document; `undefined` when `act` changed nothing.
   * @throws Problem doc/too-large; doc/newer-schema, before anything is changed.
   */
  edit(tx: StoreTx, name: string, act: (doc: Content) => void): Promise<OpId | undefined>
  /** Merges updates of other devices, and says which of them could not be applied. */
  merge(
    tx: StoreTx,
    doc: { id: DocId; name: string },
    updates: readonly Uint8Array[],
  ): Promise<number[]>
  /** Queues content that is in a document already, to be sent as this device's own. */
  publish(tx: StoreTx, doc: { id: DocId; name: string }, update: Uint8Array): Promise<void>
  /** Gives all documents the ids of the current vault and queues their whole content. */
  rehome(tx: StoreTx): Promise<void>
  /** Derives every document's tables again. */
  derive(tx: StoreTx): Promise<void>
}

/** Kept below the sealed limit of 256 KiB, for padding, header and the document's name (W32). */
export const updateBytes = 220_000
const stateBytes = 8 * 1_048_576

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly clock: Clock
  readonly deriver: Deriver
}

/** Of another vault: chains, snapshots and heads mean nothing here. */
const forgetPlaces = ['pending_edits', 'pending_envelopes', 'doc_heads', 'own_heads', 'quarantine']
  .concat(['snapshot_checks', 'doc_bases', 'doc_covers', 'given_up', 'peer_heads', 'said_heads'])
  .concat(['sent_ops'])
  .map((table) => `DELETE FROM ${table}`)
  .join('; ')

const sizeOf = (doc: Y.Doc): number => Y.encodeStateAsUpdate(doc).length

function applies(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update)
    return true
  } catch {
    return false
  }
}

const stored = (reader: Reader) =>
  reader.query<{ doc_id: DocId; name: string }>('SELECT doc_id, name FROM documents ORDER BY name')

export function createDocuments({ store, crypto, vault, clock, deriver }: Deps): Documents {
  const opened = new Map<string, Y.Doc>()
  let isSettled = true

  function empty(): Y.Doc {
    const doc = new Y.Doc({ gc: true })
    doc.clientID = new DataView(crypto.random(4).buffer).getUint32(0)
    return doc
  }

  async function copy(reader: Reader, name: string): Promise<Y.Doc> {
    const [row] = await reader.query<{ state: Uint8Array }>(
      'SELECT state FROM documents WHERE name = $1',
      [name],
    )
    const doc = empty()
    if (row) Y.applyUpdate(doc, row.state)
    return doc
  }

  /** Documents are kept open only by transactions, which follow one another; two would diverge. */
  async function load(tx: StoreTx, name: string): Promise<Y.Doc> {
    const doc = await copy(tx, name)
    opened.set(name, doc)
    return doc
  }

  const open = async (tx: StoreTx, name: string): Promise<Y.Doc> =>
    opened.get(name) ?? load(tx, name)

  function derive(tx: StoreTx, name: string, doc: Y.Doc): Promise<void> {
    isSettled = false
    return deriver.derive(tx, name, doc)
  }

  async function settled<T>(tx: StoreTx, work: (tx: StoreTx) => Promise<T>): Promise<T> {
    const result = await work(tx)
    if (!isSettled) await deriver.settle(tx)
    isSettled = true
    return result
  }

  async function save(tx: StoreTx, id: DocId, name: string, doc: Y.Doc): Promise<void> {
    const state = Y.encodeStateAsUpdate(doc)
    if (state.length > stateBytes) throw new Problem('doc/too-large')
    await tx.query(
      `INSERT INTO documents VALUES ($1, $2, $3)
       ON CONFLICT (doc_id) DO UPDATE SET state = excluded.state`,
      [id, name, state],
    )
    await derive(tx, name, doc)
  }

  async function queue(tx: StoreTx, id: DocId, update: Uint8Array): Promise<OpId> {
    const opId = stampUuid<OpId>(crypto.random(16), 4)
    await tx.query(
      `INSERT INTO pending_edits (op_id, doc_id, at, content, edits)
       VALUES ($1, $2, $3, $4, $5::text::jsonb)`,
      [opId, id, clock.now(), update, JSON.stringify([opId])],
    )
    return opId
  }

  /** Everything in a document as updates that can be sent; a large one is written anew for that. */
  async function wholeContent(tx: StoreTx, id: DocId, name: string): Promise<Uint8Array[]> {
    const doc = await open(tx, name)
    const state = Y.encodeStateAsUpdate(doc)
    if (state.length <= updateBytes) return [state]
    const anew = empty()
    const updates = copyInPieces(doc, anew)
    opened.set(name, anew)
    await save(tx, id, name, anew)
    return updates
  }

  return {
    read: (name, reader = store) => copy(reader, name),

    write: (work) =>
      store.write(
        (tx) => settled(tx, work),
        async () => {
          opened.clear()
          isSettled = true
          deriver.undo()
          await vault.reload(store).catch(() => {}) // A closed store has nothing to go back to.
        },
      ),

    async edit(tx, name, act) {
      const id = vault.docId(name)
      if (await isNewer(tx, id)) throw new Problem('doc/newer-schema')
      const doc = await open(tx, name)
      const updates: Uint8Array[] = []
      const collect = (update: Uint8Array): void => void updates.push(update)
      doc.on('update', collect)
      try {
        doc.transact(() => act(doc))
      } finally {
        doc.off('update', collect)
      }
      const [update] = updates
      if (!update) return undefined
      if (update.length > updateBytes) throw new Problem('doc/too-large')
      await save(tx, id, name, doc)
      return queue(tx, id, update)
    },

    async merge(tx, { id, name }, updates) {
      let doc = await open(tx, name)
      const refused: number[] = []
      const total = updates.reduce((sum, update) => sum + update.length, sizeOf(doc))
      const fits = total <= stateBytes ? () => true : () => sizeOf(doc) <= stateBytes
      for (const [index, update] of updates.entries()) {
        if (applies(doc, update) && fits()) continue
        // Half an update may be in the document: start again from what is stored, without it.
        refused.push(index)
        doc = await load(tx, name)
        for (const [earlier, good] of updates.slice(0, index).entries())
          if (!refused.includes(earlier)) Y.applyUpdate(doc, good)
      }
      await save(tx, id, name, doc)
      return refused
    },

    async publish(tx, { id, name }, update) {
      const updates = update.length <= updateBytes ? [update] : await wholeContent(tx, id, name)
      for (const piece of updates) await queue(tx, id, piece)
    },

    async rehome(tx) {
      const documents = await stored(tx)
      await tx.script(forgetPlaces)
      for (const { name } of documents) {
        const id = vault.docId(name)
        await tx.query('UPDATE documents SET doc_id = $1 WHERE name = $2', [id, name])
        for (const update of await wholeContent(tx, id, name)) await queue(tx, id, update)
      }
    },

    async derive(tx) {
      for (const { name } of await stored(tx)) await derive(tx, name, await open(tx, name))
    },
  }
}
