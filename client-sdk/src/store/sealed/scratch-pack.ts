/** Packs for tests, on any device, with a key that is no secret. */
import { systemRandom } from '../../core/random.ts'
import { loadBlockAead } from '../../crypto/block-aead.ts'
import { loadPrimitives } from '../../crypto/sodium.ts'
import type { BlockDevice } from './block-device.ts'
import { faultOf, type Fault } from './fault.ts'
import type { FileNode } from './file-node.ts'
import type { PackOptions } from './assemble-pack.ts'
import { openPack, type OpenedPack } from './open-pack.ts'
import type { Pack } from './pack.ts'

const tools = await Promise.all([loadPrimitives(systemRandom), loadBlockAead()])

export const scratchKey = new Uint8Array(32).fill(0x42)
export const scratchJournalBytes = 8 * 4096
export const scratchCrypto = tools[0]

/** Opens or makes a pack, or says why not. */
export function tryPack(device: BlockDevice, options: Partial<PackOptions> = {}): OpenedPack {
  const [crypto, aead] = tools
  return openPack(
    { device, crypto, aead, random: systemRandom, now: () => 1_700_000_000_000 },
    { dataKey: scratchKey, journalBytes: scratchJournalBytes, ...options },
  )
}

/** @throws Error when it is refused. */
export function scratchPack(device: BlockDevice, options: Partial<PackOptions> = {}): Pack {
  const opened = tryPack(device, options)
  if (!opened.ok) throw new Error(opened.code)
  return opened.pack
}

/** The file of that path. @throws Error without one. */
export function fileAt(pack: Pack, path: string): FileNode {
  let node = pack.root
  for (const name of path.split('/')) {
    const child = node.children?.get(name)
    if (!child) throw new Error(`there is no ${path}`)
    node = child
  }
  return node
}

export function writeAt(pack: Pack, node: FileNode, bytes: Uint8Array, position = 0): void {
  pack.write(node, { bytes, offset: 0, length: bytes.length }, position)
}

/** Makes a file in the top directory. */
export function newFile(pack: Pack, name: string, bytes: Uint8Array = new Uint8Array(0)): FileNode {
  const node = pack.create(pack.root, name, 0o100600)
  writeAt(pack, node, bytes)
  return node
}

export function readAll(pack: Pack, node: FileNode): Uint8Array {
  const bytes = new Uint8Array(node.size)
  const count = pack.read(node, { bytes, offset: 0, length: bytes.length }, 0)
  return bytes.subarray(0, count)
}

/** The fault that something throws; `undefined` when it throws none. */
export function faultIn(work: () => unknown): Fault | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    const fault = faultOf(error)
    if (!fault) throw error
    return fault
  }
}

/** Bytes that no two blocks share. */
export const pattern = (length: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 13) + seed * 31)
