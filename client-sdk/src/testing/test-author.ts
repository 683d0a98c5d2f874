/** Another device of a vault, which writes envelopes as a test wants them. */
import {
  documentUpdate,
  encode,
  headOf,
  type DocId,
  type EnvelopeHeader,
  type VaultView,
} from '@selene/shapes'
import * as Y from 'yjs'
import { sealEnvelope } from '../crypto/envelope.ts'
import { docIdOf } from '../crypto/epoch-key.ts'
import { deviceKeys, newDeviceSeeds, type DeviceKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'

export interface WrittenEnvelope {
  readonly header: EnvelopeHeader
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
}

interface Writing {
  readonly name?: string
  /** Replaces the Yjs update. */
  readonly update?: Uint8Array
  readonly schemaMajor?: number
  /** Replaces everything that is sealed. */
  readonly content?: Uint8Array
  readonly header?: Partial<EnvelopeHeader>
  readonly epochKey?: Uint8Array
}

export interface TestAuthor {
  readonly keys: DeviceKeys
  /** The author's own copy of a document. */
  doc(name: string): Y.Doc
  /** Seals the next envelope of the chain; what `act` did to the author's document, unless told otherwise. */
  write(act: (doc: Y.Doc) => void, writing?: Writing): WrittenEnvelope
}

export function createTestAuthor(
  crypto: Primitives,
  vault: { view: () => VaultView; epochKey: Uint8Array },
  keys = deviceKeys(crypto, newDeviceSeeds(crypto)),
): TestAuthor {
  const docs = new Map<string, Y.Doc>()
  const chains = new Map<DocId, { seq: number; hash: Uint8Array }>()
  let deviceSeq = 0
  function docOf(name: string): Y.Doc {
    const doc = docs.get(name) ?? new Y.Doc()
    docs.set(name, doc)
    return doc
  }

  return {
    keys,
    doc: docOf,
    write(act, { name = 'month/2026-03', update, schemaMajor = 1, ...rest } = {}) {
      const doc = docOf(name)
      const before = Y.encodeStateVector(doc)
      doc.transact(() => act(doc))
      const id = docIdOf(crypto, vault.epochKey, name)
      const chain = chains.get(id) ?? { seq: 0, hash: new Uint8Array(32) }
      const head = headOf(vault.view())
      const header: EnvelopeHeader = {
        version: 1,
        kind: 'update',
        epoch: 1,
        vault: vault.view().vault,
        doc: id,
        device: keys.id,
        deviceSeq: (deviceSeq += 1),
        docSeq: chain.seq + 1,
        docPrev: chain.hash,
        logSeq: head.seq,
        logHash: head.hash.subarray(0, 16),
        ext: new Uint8Array(0),
        ...rest.header,
      }
      const content =
        rest.content ??
        encode(documentUpdate, {
          schemaMajor,
          schemaMinor: 0,
          at: 1,
          name,
          update: update ?? Y.encodeStateAsUpdate(doc, before),
        })
      const sealed = sealEnvelope(
        crypto,
        { epochKey: rest.epochKey ?? vault.epochKey, signKey: keys.sign.secretKey },
        { header, content },
      )
      chains.set(id, { seq: header.docSeq, hash: sealed.hash })
      return { header, ...sealed }
    },
  }
}
