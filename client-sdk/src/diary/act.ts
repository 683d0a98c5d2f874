/** One act of hers: a change of one document as this device, durable when it resolves, and then on its way. */
import { stampUuid, type OpId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { Content, Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import { unchanged, type Write, type Writes } from '../sync/write.ts'
import type { LocalVault } from '../vault/vault.ts'

/** What changing a document takes. */
export interface WritingDeps {
  readonly store: Store
  readonly documents: Documents
  readonly vault: LocalVault
  readonly clock: Clock
  readonly random: Random
  readonly writes: Writes
  /** Runs after a commit: there is something to send. */
  readonly written: () => void
}

/** Who writes, and when she acted, milliseconds since 1970. */
export interface Author {
  readonly writer: string
  readonly at: number
}

export const authorNow = ({ vault, clock }: Pick<WritingDeps, 'vault' | 'clock'>): Author => ({
  writer: vault.device,
  at: clock.now(),
})

/** What became of an edit: `undefined` = it changed nothing. */
export function trackEdit(deps: WritingDeps, opId: OpId | undefined): Write {
  const { random, writes, written } = deps
  if (!opId) return unchanged(stampUuid<OpId>(random.bytes(16), 4))
  const write = writes.track(opId)
  written()
  return write
}

/** Changes a document. @throws {@link Problem} doc/too-large, doc/newer-schema */
export async function actOn(
  deps: WritingDeps,
  name: string,
  change: (doc: Content, author: Author) => void,
): Promise<Write> {
  const { documents } = deps
  const author = authorNow(deps)
  const opId = await documents.write((tx) => documents.edit(tx, name, (doc) => change(doc, author)))
  return trackEdit(deps, opId)
}
