/** Walks everything that an opening or a reader could need, changes nothing, and says what is damaged (B19). */
import type { Primitives } from '../../crypto/primitives.ts'
import type { BlockDevice } from './block-device.ts'
import type { FileMap } from './file-map.ts'
import type { FileNode } from './file-node.ts'
import type { Frames } from './frames.ts'
import { readHalf, readRecords, type Journal } from './journal.ts'
import { blockBytes, blocksOf, superblockAt, superblockBytes } from './layout.ts'
import type { SlotIo } from './slot-io.ts'
import type { StoredMap } from './stored-map.ts'
import { inspectSuperblock, unsealSuperblock, type SuperblockState } from './superblock.ts'

export type Region = 'superblock-a' | 'superblock-b' | 'journal' | 'map'

export interface DamagedFile {
  readonly path: string
  readonly blocks: readonly number[]
}

export interface CheckReport {
  /** Blocks of files that were read. */
  readonly blocks: number
  readonly regions: readonly Region[]
  readonly files: readonly DamagedFile[]
}

export interface CheckProgress {
  readonly done: number
  readonly total: number
}

export interface CheckDeps {
  readonly device: BlockDevice
  readonly crypto: Primitives
  readonly superblockKey: Uint8Array
  readonly frames: Frames
  readonly io: SlotIo
  readonly map: FileMap
  readonly stored: StoredMap
  readonly journal: Journal
  readonly journalBytes: number
}

/** From the top, without a slash before; of a file without a name its inode. */
function pathOf(node: FileNode): string {
  const names: string[] = []
  for (let at = node; at.inode !== 0; at = at.parent) {
    if (!at.parent) return `#${node.inode}`
    names.unshift(at.name)
  }
  return names.join('/')
}

function checkSuperblocks({ device, crypto, superblockKey }: CheckDeps) {
  const regions: Region[] = []
  let newest: { epoch: number; state: SuperblockState } | undefined
  for (const [place, region] of (['superblock-a', 'superblock-b'] as const).entries()) {
    const bytes = new Uint8Array(superblockBytes)
    device.read(superblockAt(place), bytes)
    const found = inspectSuperblock(crypto, bytes)
    const opened = found.kind === 'intact' && unsealSuperblock(crypto, superblockKey, bytes)
    if (!opened || !opened.ok) {
      regions.push(region)
      continue
    }
    const { epoch } = found.header
    if (!newest || epoch > newest.epoch) newest = { epoch, state: opened.state }
  }
  return { regions, newest }
}

/** Whether every record since the newest superblock is still there. */
function isJournalWhole(deps: CheckDeps, state: SuperblockState): boolean {
  const { half, index } = deps.journal.point
  // The journal goes on from an older superblock; the next checkpoint ends that.
  if (half !== state.half) return false
  const start = { half, index: 0, chain: state.chain }
  const last = readRecords(deps.frames, readHalf(deps, half), start).at(-1)
  return (last?.end.index ?? 0) >= index
}

function damagedBlocks({ map, io }: CheckDeps, node: FileNode): { read: number; blocks: number[] } {
  const bytes = new Uint8Array(blockBytes)
  const blocks: number[] = []
  let read = 0
  for (let block = 0; block < blocksOf(node.size); block++) {
    const page = map.page(node, block)!
    const ref = map.table.ref(page)
    if (ref) read += 1
    const isWhole = ref ? io.read(ref, { a: node.inode, b: block }, bytes) : !map.table.isLost(page)
    if (!isWhole) blocks.push(block)
  }
  return { read, blocks }
}

/** One file at a time. @throws fault io */
export function* checkPack(deps: CheckDeps): Generator<CheckProgress, CheckReport> {
  const { regions, newest } = checkSuperblocks(deps)
  if (newest && !isJournalWhole(deps, newest.state)) regions.push('journal')
  if (deps.stored.damagedBlocks(deps.io) > 0) regions.push('map')
  const nodes = [...deps.map.nodes()].filter((node) => !node.children)
  const files: DamagedFile[] = []
  let blocks = 0
  for (const [done, node] of nodes.entries()) {
    yield { done, total: nodes.length }
    const found = damagedBlocks(deps, node)
    blocks += found.read
    if (found.blocks.length > 0) files.push({ path: pathOf(node), blocks: found.blocks })
  }
  return { blocks, regions, files }
}
