/** Tells writes that they came back: this device's chain in the shape has reached their envelope. */
import type { DocId, OpId } from '@selene/shapes'
import type { SealedOp } from '../sync/sealed-queue.ts'
import type { Writes } from '../sync/write.ts'

export interface SeenWrites {
  /** The server has stored an operation. */
  stored(op: SealedOp): void
  /** How far this device's own chains have come back, by document. */
  reached(heads: ReadonlyMap<DocId, number>): void
}

interface Waiting {
  readonly docId: DocId
  readonly docSeq: number
  readonly edits: readonly OpId[]
}

export function createSeenWrites(writes: Writes): SeenWrites {
  let heads: ReadonlyMap<DocId, number> = new Map()
  let waiting: Waiting[] = []

  const isBack = ({ docId, docSeq }: Waiting): boolean => (heads.get(docId) ?? 0) >= docSeq

  function settle(): void {
    for (const { edits } of waiting.filter(isBack)) writes.seen(edits)
    waiting = waiting.filter((entry) => !isBack(entry))
  }

  return {
    stored({ envelope, edits }) {
      if (!envelope || edits.length === 0) return writes.seen(edits)
      waiting.push({ docId: envelope.docId, docSeq: envelope.docSeq, edits })
      settle()
    },
    reached(now) {
      heads = now
      settle()
    },
  }
}
