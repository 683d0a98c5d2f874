/**
 * Seals what waits for the outbox (W34): edits of documents, then snapshots, heads and voids. A document has at
 * most one envelope without an outcome, so that its chain never forks; what is written meanwhile is merged
 * into the next one.
 */
import {
  decode,
  documentHeads,
  documentSnapshot,
  documentUpdate,
  documentVoid,
  encode,
  encodeCovers,
  envelopeKinds,
  givenEnvelopes,
  headOf,
  limits,
  seenHeads,
  type DocId,
  type EnvelopeHeader,
  type EnvelopeOpKind,
  type OpId,
} from '@selene/shapes'
import * as Y from 'yjs'
import type { Clock } from '../core/clock.ts'
import { sealEnvelope } from '../crypto/envelope.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { StoreTx } from '../store/store.ts'
import type { Sealer } from '../sync/outbox.ts'
import type { SealedOp } from '../sync/sealed-queue.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Compaction } from './compaction.ts'
import { updateBytes } from './documents.ts'
import { headsDocument, headsSaid, newHeads } from './heads.ts'
import { putBack } from './put-back.ts'
import { loseSent } from './resealing.ts'
import { schema } from './schema.ts'

interface Edit {
  readonly id: number
  readonly op_id: OpId
  readonly doc_id: DocId
  readonly at: number
  readonly content: Uint8Array
  readonly edits: readonly OpId[]
}

interface Wish {
  readonly id: number
  readonly op_id: OpId
  readonly kind: Exclude<EnvelopeOpKind, 'doc.update'>
  readonly doc_id: DocId
  readonly content: Uint8Array | null
}

/** An envelope to be sealed: where it stands, and what is in it. */
interface Draft {
  readonly opId: OpId
  readonly kind: EnvelopeOpKind
  readonly docId: DocId
  readonly at: number
  readonly edits: readonly OpId[]
  /** What is kept beside the sealed bytes, to be sealed anew. */
  readonly kept: Uint8Array
  readonly content: Uint8Array
  readonly place: Pick<EnvelopeHeader, 'docSeq' | 'docPrev' | 'ext'>
}

const nothing = new Uint8Array(0)
const noHash = new Uint8Array(32)
/** Content whose envelope is larger is never sent: the padding adds at most an eighth. */
const largestContent = Math.floor((limits.snapshotBytes - 70_000) * 0.88)

/** The oldest waiting edits of one document, as many as fit into one envelope. */
async function takeEdits(tx: StoreTx): Promise<Edit[]> {
  const edits = await tx.query<Edit>(
    `SELECT * FROM pending_edits WHERE doc_id = (
       SELECT doc_id FROM pending_edits WHERE doc_id NOT IN (
         SELECT doc_id FROM outbox WHERE doc_id IS NOT NULL) ORDER BY id LIMIT 1)
     ORDER BY id LIMIT 1000`,
  )
  let bytes = 0
  const fitting = edits.filter(
    (edit, i) => (bytes += edit.content.length) <= updateBytes || i === 0,
  )
  const last = fitting.at(-1)
  if (last)
    await tx.query('DELETE FROM pending_edits WHERE doc_id = $1 AND id <= $2', [
      last.doc_id,
      last.id,
    ])
  return fitting
}

/** The oldest other envelope that waits, of a document that nothing is on the way of. */
async function takeWish(tx: StoreTx): Promise<Wish | undefined> {
  const [wish] = await tx.query<Wish>(
    `DELETE FROM pending_envelopes WHERE id = (
       SELECT min(id) FROM pending_envelopes WHERE doc_id NOT IN (
         SELECT doc_id FROM outbox WHERE doc_id IS NOT NULL)) RETURNING *`,
  )
  return wish
}

/** The next place of this device's own chain in a document. */
async function nextPlace(tx: StoreTx, docId: DocId): Promise<Draft['place']> {
  const [own] = await tx.query<{ doc_seq: number; hash: Uint8Array }>(
    'SELECT doc_seq, hash FROM own_heads WHERE doc_id = $1',
    [docId],
  )
  return { docSeq: (own?.doc_seq ?? 0) + 1, docPrev: own?.hash ?? noHash, ext: nothing }
}

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly clock: Pick<Clock, 'now'>
  readonly compaction: Compaction
}

const beginning = (name: string, at: number) => ({
  schemaMajor: schema.major,
  schemaMinor: schema.minor,
  // A clock that stands before 1970 must not keep anything from being sealed.
  at: Math.max(0, at),
  name,
})

export function createSealer({ crypto, vault, clock, compaction }: Deps): Sealer {
  async function nameOf(tx: StoreTx, id: DocId): Promise<string> {
    if (id === vault.docId(headsDocument)) return headsDocument
    const [document] = await tx.query<{ name: string }>(
      'SELECT name FROM documents WHERE doc_id = $1',
      [id],
    )
    return document!.name
  }

  async function draftEdits(tx: StoreTx): Promise<Draft | undefined> {
    const taken = await takeEdits(tx)
    const [first] = taken
    if (!first) return undefined
    const update = Y.mergeUpdates(taken.map((edit) => edit.content))
    const docId = first.doc_id
    const { at } = taken.at(-1)!
    const name = await nameOf(tx, docId)
    return {
      opId: first.op_id,
      kind: 'doc.update',
      docId,
      at,
      edits: taken.flatMap(({ edits }) => edits),
      kept: update,
      content: encode(documentUpdate, { ...beginning(name, at), update }),
      place: await nextPlace(tx, docId),
    }
  }

  async function draftSnapshot(tx: StoreTx, wish: Wish): Promise<Draft | undefined> {
    const draft = await compaction.draft(tx, wish.doc_id)
    if (!draft || draft.state.length > largestContent) return undefined
    const at = clock.now()
    const { name, number, parent, covers, ...said } = draft
    return {
      ...common(wish, at),
      content: encode(documentSnapshot, { ...beginning(name, at), ...said }),
      place: { docSeq: number, docPrev: parent, ext: encodeCovers(covers) },
    }
  }

  async function draftHeads(tx: StoreTx, wish: Wish): Promise<Draft | undefined> {
    const heads = await newHeads(tx, wish.doc_id)
    if (heads.length === 0) return undefined
    const at = clock.now()
    const content = encode(documentHeads, { ...beginning(headsDocument, at), heads })
    const kept = encode(seenHeads, heads)
    return { ...common(wish, at), kept, content, place: await nextPlace(tx, wish.doc_id) }
  }

  async function draftVoid(tx: StoreTx, wish: Wish): Promise<Draft> {
    const at = clock.now()
    const name = await nameOf(tx, wish.doc_id)
    const kept = wish.content!
    const read = decode(givenEnvelopes, kept)
    if (!read.ok) throw new TypeError('a queued void is not of its layout')
    return {
      ...common(wish, at),
      edits: [wish.op_id],
      kept,
      content: encode(documentVoid, { ...beginning(name, at), given: read.value }),
      place: await nextPlace(tx, wish.doc_id),
    }
  }

  const makers = {
    'doc.snapshot': draftSnapshot,
    'doc.heads': draftHeads,
    'doc.void': draftVoid,
  } as const

  /** What waits next; wishes that nothing is left of are passed over. */
  async function nextDraft(tx: StoreTx): Promise<Draft | undefined> {
    const edits = await draftEdits(tx)
    if (edits) return edits
    for (;;) {
      const wish = await takeWish(tx)
      if (!wish) return undefined
      const draft = await makers[wish.kind](tx, wish)
      if (draft) return draft
    }
  }

  return {
    async next(tx, deviceSeq) {
      const draft = await nextDraft(tx)
      if (!draft) return undefined
      const { opId, kind, docId, at, edits, kept, content, place } = draft
      const epoch = vault.epoch()
      const head = headOf(vault.view())
      const header = {
        version: 1,
        kind: envelopeKinds[kind],
        epoch: epoch.number,
        vault: vault.view().vault,
        doc: docId,
        device: vault.device,
        deviceSeq,
        logSeq: head.seq,
        logHash: head.hash.subarray(0, 16),
        ...place,
      } as const
      const keys = { epochKey: epoch.key, signKey: vault.keys.sign.secretKey }
      const { bytes, hash } = sealEnvelope(crypto, keys, { header, content })
      const envelope = { docId, docSeq: place.docSeq, hash, at, content: kept }
      return { opId, kind, body: bytes, edits, envelope } satisfies SealedOp
    },

    async applied(tx, { kind, envelope }) {
      if (!envelope || kind === 'doc.snapshot') return
      await tx.query(
        `INSERT INTO own_heads VALUES ($1, $2, $3)
         ON CONFLICT (doc_id) DO UPDATE SET doc_seq = excluded.doc_seq, hash = excluded.hash
         WHERE excluded.doc_seq > own_heads.doc_seq`,
        [envelope.docId, envelope.docSeq, envelope.hash],
      )
      if (kind === 'doc.heads') await headsSaid(tx, envelope.content)
    },

    restore: putBack,
    lost: (tx, op) => loseSent(tx, { crypto, vault }, op),
  }
}

const common = ({ op_id: opId, kind, doc_id: docId }: Wish, at: number) => ({
  opId,
  kind,
  docId,
  at,
  edits: [],
  kept: nothing,
})
