/** Makes a pack on an empty device. Before its first superblock is whole there is none, wherever it is stopped (B11). */
import { assemblePack, createTools, type PackDeps, type PackOptions } from './assemble-pack.ts'
import { createFileMap } from './file-map.ts'
import { slotAt, superblockAt } from './layout.ts'
import type { Pack } from './pack.ts'
import { defaultJournalBytes, makingMagic } from './pack-header.ts'
import { emptyStoredMap } from './stored-map.ts'
import {
  formatVersion,
  rootRefsBytes,
  sealSuperblock,
  type Header,
  type SuperblockState,
} from './superblock.ts'

/** What the platform gives at once (Web Cryptography API, `getRandomValues`). */
const pieceBytes = 65_536

/** Random bytes, as everything that is not in use. */
function fill({ device, random }: PackDeps, from: number, to: number): void {
  for (let at = from; at < to; at += pieceBytes)
    device.write(at, random.bytes(Math.min(pieceBytes, to - at)))
}

/** @throws fault io, full */
export function makePack(deps: PackDeps, options: PackOptions): Pack {
  const { device, crypto, random } = deps
  const journalBytes = options.journalBytes ?? defaultJournalBytes
  const keyArea = options.keyArea?.slice() ?? new Uint8Array(0)
  const storeId = random.bytes(16)
  const header: Header = { format: formatVersion, epoch: 1, storeId, journalBytes, keyArea }
  const chain = random.bytes(16)
  const roots = new Uint8Array(rootRefsBytes)
  const state: SuperblockState = {
    sequence: 0,
    chain,
    half: 0,
    nodeBlocks: 0,
    pageBlocks: 0,
    roots,
  }

  device.truncate(0)
  device.write(0, makingMagic)
  device.flush()
  fill(deps, makingMagic.length, slotAt(journalBytes, 1))
  device.flush()
  const tools = createTools(deps, options.dataKey, header)
  try {
    device.write(superblockAt(0), sealSuperblock(crypto, tools.superblockKey, header, state))
    device.flush()
    const pack = assemblePack(deps, options, tools, {
      map: createFileMap(),
      stored: emptyStoredMap(),
      patches: new Map(),
      sequence: 0,
      point: { half: 0, index: 0, chain },
      header,
      place: 0,
      retired: [],
    })
    // The other superblock.
    pack.checkpoint()
    return pack
  } catch (error) {
    tools.close()
    throw error
  }
}
