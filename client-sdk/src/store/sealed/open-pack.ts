/** Opens a pack, makes one on an empty device, and says why when it cannot (STORE.md, "Opening"). */
import { sameBytes } from '@selene/shapes'
import {
  assemblePack,
  createTools,
  superblockKeyOf,
  type PackDeps,
  type PackOptions,
} from './assemble-pack.ts'
import { createFileMap } from './file-map.ts'
import { makePack } from './make-pack.ts'
import { defaultJournalBytes, findSuperblocks, type IntactSuperblock } from './pack-header.ts'
import type { Pack, PackTools } from './pack.ts'
import { replay, type Replayed } from './replay.ts'
import { slotsOfMap } from './stored-map.ts'
import { formatVersion, unsealSuperblock, type SuperblockState } from './superblock.ts'

export type { PackDeps, PackOptions } from './assemble-pack.ts'

/** `missing`: there is none, and reading makes none. */
export type PackRefusal = 'missing' | 'wrong-key' | 'damaged' | 'newer-format' | 'rolled-back'

export type OpenedPack =
  | { readonly ok: true; readonly pack: Pack }
  | {
      readonly ok: false
      readonly code: PackRefusal
      /** Whether it can be opened for reading (B16). */
      readonly isReadable: boolean
    }

const refused = (code: PackRefusal, isReadable = false): OpenedPack => ({
  ok: false,
  code,
  isReadable,
})

/** An intact superblock and what it holds. */
interface Candidate {
  readonly superblock: IntactSuperblock
  readonly state: SuperblockState
}

/** The superblocks of one pack that open, newest first; or why none does. Whoever has no key can make one with a right hash. */
function unsealAll(
  { crypto }: PackDeps,
  dataKey: Uint8Array,
  intact: readonly IntactSuperblock[],
): readonly [Candidate, ...Candidate[]] | 'wrong-key' | 'damaged' {
  const candidates: Candidate[] = []
  let isKeyWrong = true
  const key = superblockKeyOf(crypto, dataKey)
  for (const superblock of intact) {
    const opened = unsealSuperblock(crypto, key, superblock.bytes)
    if (opened.ok) candidates.push({ superblock, state: opened.state })
    else if (opened.code === 'damaged') isKeyWrong = false
  }
  crypto.wipe(key)
  const [newest, ...older] = candidates
  if (!newest) return isKeyWrong ? 'wrong-key' : 'damaged'
  const { storeId } = newest.superblock.header
  return [
    newest,
    ...older.filter(({ superblock }) => sameBytes(superblock.header.storeId, storeId)),
  ]
}

interface Chosen {
  readonly candidate: Candidate
  readonly replayed: Replayed
  readonly isWhole: boolean
}

/** The newest superblock from which everything is there, else the newest (B14). */
function choose(deps: PackDeps, tools: PackTools, candidates: readonly Candidate[]): Chosen {
  const { device, crypto } = deps
  const { io, frames } = tools
  const newest = candidates[0]!.state.sequence
  let first: Chosen | undefined
  for (const candidate of candidates) {
    const { journalBytes } = candidate.superblock.header
    const replayed = replay({ device, crypto, io, frames, journalBytes }, candidate.state)
    const isWhole = !replayed.isDamaged && replayed.map.damaged === 0 && replayed.sequence >= newest
    if (isWhole) return { candidate, replayed, isWhole }
    first ??= { candidate, replayed, isWhole }
  }
  return first!
}

/** Slots of the other superblock's map, which stay until the next checkpoint (B6). */
function retiredSlots(
  { io }: PackTools,
  candidates: readonly Candidate[],
  { candidate, replayed }: Chosen,
): number[] {
  const own = new Set(replayed.map.stored.slots())
  return candidates
    .filter((one) => one !== candidate)
    .flatMap(({ state }) => slotsOfMap(io, state))
    .filter((slot) => !own.has(slot))
}

/**
 * Nothing is built on what only a cache holds (B12); what was interrupted or damaged is made good (B14, B17), and an older
 * format becomes this one (B22).
 */
function makeGood(
  { device }: PackDeps,
  pack: Pack,
  [newest, older]: readonly Candidate[],
  { candidate }: Chosen,
): void {
  device.flush()
  const isSettled =
    older !== undefined &&
    candidate === newest &&
    newest.superblock.header.format === formatVersion &&
    sameBytes(newest.superblock.header.keyArea, older.superblock.header.keyArea)
  if (!isSettled) pack.checkpoint()
}

function openWith(
  deps: PackDeps,
  options: PackOptions,
  tools: PackTools,
  candidates: readonly [Candidate, ...Candidate[]],
): OpenedPack {
  const chosen = choose(deps, tools, candidates)
  const { candidate, replayed, isWhole } = chosen
  const { sequence, point, map } = replayed
  if (!options.isReadOnly && !isWhole) return refused('damaged', true)
  if (!options.isReadOnly && sequence < (options.lastKnownSequence ?? 0))
    return refused('rolled-back', true)
  const pack = assemblePack(deps, options, tools, {
    map: createFileMap(map),
    stored: map.stored,
    patches: map.patches,
    sequence,
    point,
    // Epochs only grow, also when the newest superblock is not the one that counts.
    header: { ...candidate.superblock.header, epoch: candidates[0].superblock.header.epoch },
    place: candidate.superblock.place,
    retired: retiredSlots(tools, candidates, chosen),
  })
  if (!options.isReadOnly) makeGood(deps, pack, candidates, chosen)
  return { ok: true, pack }
}

/**
 * Opens the pack on a device, or makes one on an empty device. When it is refused, or throws, the device stays the
 * caller's to close.
 * @throws fault io, full
 */
export function openPack(deps: PackDeps, options: PackOptions): OpenedPack {
  const journalBytes = options.journalBytes ?? defaultJournalBytes
  const found = findSuperblocks(deps.crypto, deps.device, journalBytes)
  if (found.kind === 'none')
    return options.isReadOnly ? refused('missing') : { ok: true, pack: makePack(deps, options) }
  if (found.kind !== 'pack') return refused(found.kind)
  const candidates = unsealAll(deps, options.dataKey, found.newestFirst)
  if (typeof candidates === 'string') return refused(candidates)
  const tools = createTools(deps, options.dataKey, candidates[0].superblock.header)
  let opened: OpenedPack | undefined
  try {
    opened = openWith(deps, options, tools, candidates)
    return opened
  } finally {
    if (!opened?.ok) tools.close()
  }
}
