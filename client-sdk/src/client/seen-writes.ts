/** Tells writes that they came back: this device's chain in the shape has reached their envelope. */
import type { DocId, OpId } from '@selene/shapes'
import type { SealedOp } from '../sync/outbox.ts'
import type { Writes } from '../sync/write.ts'

export interface SeenWrites {
  /** The server has stored an operation. */
  stored(op: SealedOp): void
  /** How far this device's own chains have come back, by document. */
  reached(heads: ReadonlyMap<DocId, number>): void
}

export function createSeenWrites(writes: Writes): SeenWrites {
  let heads: ReadonlyMap<DocId, number> = new Map()
  let waiting: { docId: DocId; docSeq: number; edits: readonly OpId[] }[] = []

  function settle(): void {
    const isBack = (w: { docId: DocId; docSeq: number }) => (heads.get(w.docId) ?? 0) >= w.docSeq
    for (const { edits } of waiting.filter(isBack)) writes.seen(edits)
    waiting = waiting.filter((entry) => !isBack(entry))
  }

  return {
    stored({ envelope, edits }) {
      if (!envelope) return writes.seen(edits)
      waiting.push({ docId: envelope.docId, docSeq: envelope.docSeq, edits })
      settle()
    },
    reached(now) {
      heads = now
      settle()
    },
  }
}
