/** What is done in a browser to see whether the places of the store keep what they promise; in a page or in a worker. */
import { browserPlatform, openSafe, until, type Safe } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import {
  deviceLaws,
  deviceTable,
  indexedDbDevice,
  openDatabase,
  openSyncAccess,
  syncAccessDevice,
  type BlockDevice,
} from '@selene/client-sdk/testing'

const inIndexedDb = async (name: string) => indexedDbDevice(await openDatabase(name, deviceTable))

const devices = {
  async opfs(name: string): Promise<BlockDevice> {
    return syncAccessDevice(await openSyncAccess(await navigator.storage.getDirectory(), name))
  },
  indexeddb: inIndexedDb,
} as const

const codeOf = (error: unknown): string => {
  const { code, fault } = error as { code?: string; fault?: string }
  return code ?? fault ?? String(error)
}

/** Which laws do not hold, and what there is instead. */
async function brokenLaws(kind: keyof typeof devices): Promise<string[]> {
  const broken: string[] = []
  for (const [i, { says, check }] of deviceLaws({ lasts: true }).entries()) {
    const open = () => devices[kind](`laws-${kind}-${i}`)
    await check({ lasts: true, open }).catch((error) => broken.push(`${says}: ${codeOf(error)}`))
  }
  return broken
}

/** A page is frozen, another takes over, and the first one wakes. */
async function wakeAfterTakeover(): Promise<{ refused: string; found: number[] }> {
  const name = 'frozen'
  const frozen = await inIndexedDb(name)
  frozen.write(0, Uint8Array.of(1, 1, 1))
  await frozen.settled!()
  const next = await inIndexedDb(name)
  next.write(1, Uint8Array.of(2))
  await next.settled!()
  frozen.write(2, Uint8Array.of(3))
  const refused = await frozen.settled!().then(() => 'nothing', codeOf)
  next.close()
  const found = new Uint8Array(3)
  ;(await inIndexedDb(name)).read(0, found)
  return { refused, found: Array.from(found) }
}

const blockBytes = 1_000_000
const blockOf = (number: number): Uint8Array => new Uint8Array(blockBytes).fill(number)

/** Writes until the disk is full; says what was refused then, and how many blocks were stored before. */
async function overfill(name: string): Promise<{ refusals: string[]; stored: number }> {
  const device = await inIndexedDb(name)
  const refusals: string[] = []
  let stored = 0
  for (let block = 0; refusals.length === 0; block++) {
    device.write(block * blockBytes, blockOf(block))
    await device.settled!().then(
      () => (stored = block + 1),
      (error) => refusals.push(codeOf(error)),
    )
  }
  await device.settled!().catch((error) => refusals.push(codeOf(error)))
  device.close()
  return { refusals, stored }
}

/** Whether a device has just those blocks. */
async function hasBlocks(name: string, count: number): Promise<boolean> {
  const device = await inIndexedDb(name)
  const found = new Uint8Array(blockBytes)
  let isSo = device.size() === count * blockBytes
  for (let block = 0; block < count; block++) {
    device.read(block * blockBytes, found)
    isSo &&= found.every((byte) => byte === block % 256)
  }
  device.close()
  return isSo
}

let safe: Safe | undefined

const image = async (): Promise<Blob> => (await fetch('/image.bin')).blob()

/** Opens a diary, making it at first; says in what kind of place it is, or what is the matter. */
async function openDiary(storeName: string): Promise<string> {
  try {
    safe = await openSafe({ platform: browserPlatform({ storeName, image }) })
    const { kind, lock } = await until(safe.state, () => true)
    await (lock === 'new' ? safe.create({ platformOnly: true }) : safe.unlock({ platform: true }))
    return kind
  } catch (error) {
    return codeOf(error)
  }
}

/** Says what was not stored, or nothing. */
const closeDiary = (): Promise<string | undefined> => safe!.close().then(() => undefined, codeOf)

const dateOf = (index: number): CivilDate =>
  new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10) as CivilDate

/** 27 kB that do not compress. */
const longText = (): string =>
  String.fromCodePoint(
    ...Array.from(
      crypto.getRandomValues(new Uint16Array(9_000)),
      (drawn) => 0x4e00 + (drawn & 0x3fff),
    ),
  )

/** Writes so many days, one after the other; says how many there are then, and what ended it. */
async function writeDays(from: number, many: number): Promise<{ written: number; ended?: string }> {
  const { diary } = safe!.client()!
  for (let written = from; written < from + many; written++)
    try {
      await diary.edit(dateOf(written), { 'note.value': longText(), 'pain.note': longText() })
    } catch (error) {
      return { written, ended: codeOf(error) }
    }
  return { written: from + many }
}

/** How many days are kept. */
async function countDays(): Promise<number> {
  const [row] = await safe!
    .client()!
    .query<{ days: number }>('SELECT count(*)::integer AS days FROM calendar_entries')
  return row!.days
}

export const tasks = {
  brokenLaws,
  wakeAfterTakeover,
  overfill,
  hasBlocks,
  openDiary,
  closeDiary,
  writeDays,
  countDays,
} as const

export type Tasks = typeof tasks
