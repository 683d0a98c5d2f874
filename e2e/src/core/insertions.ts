/**
 * What sealed envelopes add to documents, piece by piece. Yjs numbers everything that a client inserts, once and for
 * all, and takes a second copy in silence: that an edit was sealed twice shows in these numbers and nowhere else. The
 * envelopes themselves always differ, by their nonce.
 */
import { openEnvelope, type ClientParts } from '@selene/client-sdk/testing'
import { decode, documentUpdate, parseEnvelope } from '@selene/shapes'
import * as Y from 'yjs'

/** Pieces in a row that one client inserted into a document. */
export interface Insertion {
  /** The document's name. */
  readonly document: string
  readonly client: number
  /** Number of the first piece. */
  readonly clock: number
  readonly length: number
}

/** @throws Error for an envelope that the keys of `parts` do not open */
export function insertionsOf(
  { crypto, vault }: Pick<ClientParts, 'crypto' | 'vault'>,
  envelopes: readonly Uint8Array[],
): Insertion[] {
  return envelopes.flatMap((envelope) => {
    const parsed = parseEnvelope(envelope)
    if (!parsed.ok) throw new Error(parsed.code)
    const { kind, epoch } = parsed.value.header
    if (kind !== 'update') return []
    const opened = openEnvelope(crypto, vault.epochKey(epoch)!, parsed.value)
    if (!opened.ok) throw new Error(opened.code)
    const content = decode(documentUpdate, opened.content)
    if (!content.ok) throw new Error(content.code)
    const { name: document, update } = content.value
    return Y.decodeUpdate(update)
      .structs.filter((struct) => !(struct instanceof Y.Skip))
      .map(({ id: { client, clock }, length }) => ({ document, client, clock, length }))
  })
}

/** Insertions that begin within an earlier one: the same piece came twice. */
export function repeatedOf(insertions: readonly Insertion[]): Insertion[] {
  const ends = new Map<string, number>()
  return insertions
    .toSorted((a, b) => a.clock - b.clock)
    .filter(({ document, client, clock, length }) => {
      const chain = `${client} ${document}`
      const end = ends.get(chain) ?? 0
      ends.set(chain, Math.max(end, clock + length))
      return clock < end
    })
}
