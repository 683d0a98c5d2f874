/**
 * Rebuilds a document from a snapshot and the envelopes after it, up to given places in their chains: what a
 * snapshot of these places must say (W25), and what one is made of.
 */
import { sameBytes, type Cover, type DeviceId, type DocId, type ProblemCode } from '@selene/shapes'
import type * as Y from 'yjs'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import { nextStep, type EnvelopeRow } from './envelope-step.ts'
import { snapshotStep, type SnapshotRow } from './snapshot-step.ts'
import { documentOf } from './state-hash.ts'

/** The newest snapshot that is right for this device; number 0 and nothing while there is none. */
export interface Base {
  readonly number: number
  readonly hash: Uint8Array
  readonly covers: ReadonlyMap<DeviceId, Cover>
}

export interface Rebuilt {
  readonly doc: Y.Doc
  /** Whether envelopes were left out that the log does not let count: another view may have let them. */
  readonly leftOut: boolean
}

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
}

const noHash = new Uint8Array(32)

export async function readBase(reader: Reader, doc: DocId): Promise<Base> {
  const [base] = await reader.query<{ number: number; hash: Uint8Array }>(
    'SELECT number, hash FROM doc_bases WHERE doc_id = $1',
    [doc],
  )
  const covers = await reader.query<{ device: DeviceId; seq: number; hash: Uint8Array }>(
    'SELECT device_id AS device, doc_seq AS seq, hash FROM doc_covers WHERE doc_id = $1',
    [doc],
  )
  return {
    number: base?.number ?? 0,
    hash: base?.hash ?? noHash,
    covers: new Map(covers.map(({ device, seq, hash }) => [device, { device, docSeq: seq, hash }])),
  }
}

/** The state that a base is sealed with, none for no base; `undefined` when its row is not here. */
async function baseState(deps: Deps, reader: Reader, doc: DocId, { number }: Base) {
  if (number === 0) return []
  const [row] = await reader.query<SnapshotRow>(
    `SELECT doc_id, number, envelope FROM shape_rows_doc_snapshots
     WHERE vault_id = $1 AND doc_id = $2 AND number = $3`,
    [deps.vault.view().vault, doc, number],
  )
  const step = row && snapshotStep(deps, row)
  return step?.step === 'good' ? [step.snapshot.content.state] : undefined
}

/** Envelopes of a document that were set aside, by device and number; what a person gave up has no code. */
async function readAside(reader: Reader, doc: DocId) {
  const rows = await reader.query<{ key: string; code: ProblemCode | null }>(
    `SELECT device_id || ' ' || doc_seq AS key, code FROM quarantine q WHERE doc_id = $1
       AND NOT EXISTS (SELECT 1 FROM given_up g WHERE g.doc_id = q.doc_id
         AND g.device_id = q.device_id AND g.doc_seq = q.doc_seq)
     UNION ALL SELECT device_id || ' ' || doc_seq, NULL FROM given_up WHERE doc_id = $1`,
    [doc],
  )
  return new Map(rows.map(({ key, code }) => [key, code]))
}

/**
 * Rebuilds what `base` and all envelopes up to `covers` say, from rows that are here alone.
 * @returns `undefined` when rows are missing, can't be opened here, or are not those that the covers name.
 */
export async function rebuild(
  deps: Deps,
  reader: Reader,
  { doc, base, covers }: { doc: DocId; base: Base; covers: readonly Cover[] },
): Promise<Rebuilt | undefined> {
  const updates = await baseState(deps, reader, doc, base)
  if (!updates) return undefined
  const named = new Set(covers.map(({ device }) => device))
  if ([...base.covers.keys()].some((device) => !named.has(device))) return undefined
  const aside = await readAside(reader, doc)
  let leftOut = false
  for (const cover of covers) {
    const from = base.covers.get(cover.device)
    const part = await rebuildChain(deps, reader, { doc, cover, from, aside })
    if (!part) return undefined
    updates.push(...part.updates)
    leftOut ||= part.leftOut
  }
  try {
    return { doc: documentOf(updates), leftOut }
  } catch {
    return undefined
  }
}

interface ChainPart {
  readonly doc: DocId
  readonly cover: Cover
  readonly from: Cover | undefined
  readonly aside: ReadonlyMap<string, ProblemCode | null>
}

/** Contents of one chain after `from` up to its cover. */
async function rebuildChain(deps: Deps, reader: Reader, { doc, cover, from, aside }: ChainPart) {
  const chain = { seq: from?.docSeq ?? 0, hash: from?.hash ?? noHash }
  const rows = await reader.query<EnvelopeRow>(
    `SELECT doc_id, device_id, doc_seq, envelope FROM shape_rows_doc_updates
     WHERE vault_id = $1 AND doc_id = $2 AND device_id = $3 AND doc_seq > $4 AND doc_seq <= $5
     ORDER BY doc_seq`,
    [deps.vault.view().vault, doc, cover.device, chain.seq, cover.docSeq],
  )
  const updates: Uint8Array[] = []
  let leftOut = false
  for (const row of rows) {
    const step = nextStep(deps, row, chain)
    if (step.step === 'wait') return undefined
    const known = aside.get(`${row.device_id} ${row.doc_seq}`)
    const isVoid = step.step === 'aside' && step.code === 'vault/void'
    // Covers pass over what does not count for anybody, or was given up; nothing else that is set aside.
    if ((step.step === 'aside' || known) && !isVoid && known !== null) return undefined
    leftOut ||= isVoid
    if (step.step === 'take' && known === undefined && step.content.kind === 'update')
      updates.push(step.content.update)
    chain.seq = row.doc_seq
    chain.hash = step.hash
  }
  const arrived = chain.seq === cover.docSeq && sameBytes(chain.hash, cover.hash)
  return arrived ? { updates, leftOut } : undefined
}
