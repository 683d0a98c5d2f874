/**
 * What a person's devices live through before anybody lies: edits on all of them, links that lose, repeat,
 * delay and reorder, partitions, processes that die at seeded awaits, clocks that jump by years, a
 * device that joins in the middle and one that is removed, and snapshots all the while, while somebody else uses the server.
 */
import { until } from '@selene/client-sdk'
import { addDays, civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { readRegisters } from '@selene/client-sdk/testing'
import type { Prng } from '../core/prng.ts'
import { isKilled } from '../kill/incarnation.ts'
import { noFaults, roughFaults as faultsOfTests } from '../world/link.ts'
import type { Device } from '../world/world.ts'
import type { KillLottery } from './sync-kills.ts'
import type { SyncDevice } from './sync-device.ts'
import type { SyncPeople } from './sync-world.ts'
import { pause } from './virtual-time.ts'

export interface Cast {
  readonly phone: SyncDevice
  readonly tablet: SyncDevice
  /** Joins in the middle. */
  readonly watch: SyncDevice
  /** Of another account. */
  readonly stranger: SyncDevice
  /** Of some seeds: is removed while things go wrong, and with that a new epoch begins. */
  readonly laptop: SyncDevice | undefined
}

/** One device's register of a day's temperature. */
interface Place {
  readonly date: CivilDate
  readonly writer: string
}

/**
 * By place, what it may hold in the end: the last that was confirmed, and what was tried after it; `undefined` =
 * nothing.
 */
export type Tried = Map<string, Place & { readonly values: readonly (number | undefined)[] }>

export interface Told {
  readonly edits: number
  readonly partitions: number
  readonly tried: Tried
}

const firstDay = civilDate('2026-02-20')!
const days = 20
/** Between edits, so that some travel while others are made. */
const longestPauseMs = 400
/** Time costs nothing here. */
const roughFaults = { ...faultsOfTests, maxDelayMs: 300 }
/** What another device has found right is gone from the server a week later (W25). */
const longAbsenceMs = 8 * 86_400_000
/** For snapshots to be made and found right, and for the server's sweeps. */
const momentMs = 20_000
const longestJumpMs = 3 * 365 * 86_400_000

async function register({ name, insist }: SyncDevice, seed: string): Promise<void> {
  const identifier = `${name}-${seed}@example.org`
  await insist(async ({ client }) => {
    await client.account.register({ identifier, passphrase: 'seven lamps by the river' })
  })
}

/** Links a device to the account of another. */
async function joinDevice(joining: SyncDevice, by: SyncDevice): Promise<void> {
  const [{ client }, { client: member }] = [await joining.running(), await by.running()]
  const { code, done } = await client.vault.join()
  await Promise.all([member.vault.admit(code, { label: joining.name }), done])
}

/** Each temperature is written once only, so that it says which edit it is from. */
async function writeTemperature(
  device: SyncDevice,
  date: CivilDate,
  { edit, tried }: { readonly edit: number; readonly tried: Tried },
): Promise<void> {
  const value = 35 + edit / 100
  let writer: string | undefined
  try {
    await device.try(async ({ client, parts }) => {
      writer = parts.vault.device
      await client.diary.edit(date, { 'temperature.value': value })
    })
    tried.set(`${date} ${writer}`, { date, writer: writer!, values: [value] })
  } catch (error) {
    if (!isKilled(error)) throw error
    if (!writer) return
    const { values } = tried.get(`${date} ${writer}`) ?? { values: [undefined] }
    tried.set(`${date} ${writer}`, { date, writer, values: [...values, value] })
  }
}

async function writeOther(device: SyncDevice, date: CivilDate, prng: Prng): Promise<void> {
  const change = prng.pick([
    { 'bleeding.value': prng.chance(0.2) ? null : prng.int(0, 3) },
    { 'pain.cramps': prng.chance(0.5), 'mood.happy': prng.chance(0.5) },
    { 'note.value': `${device.name} ${prng.int(0, 999)} 😀` },
  ])
  await device
    .try(({ client }) => client.diary.edit(date, change))
    .catch((error: unknown) => {
      if (!isKilled(error)) throw error
    })
}

function disturb(devices: readonly SyncDevice[], prng: Prng): number {
  const [cut, healed, jumps] = [prng.pick(devices), prng.pick(devices), prng.pick(devices)]
  const isCut = prng.chance(0.08)
  if (isCut) cut.link.partition()
  if (prng.chance(0.15)) healed.link.heal()
  if (prng.chance(0.05)) jumps.skew(prng.int(-longestJumpMs, longestJumpMs))
  return isCut ? 1 : 0
}

/** A week later the server lacks what snapshots cover; one of them may have been away all the while. */
async function letAWeekPass({ prng, time }: SyncPeople, away: SyncDevice): Promise<void> {
  await pause(momentMs)
  if (prng.chance(0.5)) away.link.partition()
  time.skip(longAbsenceMs)
  await pause(momentMs)
  away.link.heal()
}

/** What it had not sent is lost to the others; what others had sealed under the old epoch is sealed anew. */
async function removeDevice(removed: SyncDevice, by: SyncDevice, tried: Tried): Promise<void> {
  const { id, unsent } = await removed.insist(async ({ client, parts }) => ({
    id: parts.vault.device,
    unsent: (await until(client.sync.state, () => true)).unsent,
  }))
  if (unsent > 0) for (const [place, { writer }] of tried) if (writer === id) tried.delete(place)
  by.link.heal()
  await by.insist(({ client }) => client.vault.removeMember(id))
}

/** Lives through it; afterwards links are good and nobody dies any more. */
export async function tellStory(
  people: SyncPeople,
  cast: Cast,
  { edits, kills }: { readonly edits: number; readonly kills: KillLottery },
): Promise<Told> {
  const { prng, seed } = people
  const { phone, tablet, watch, stranger, laptop } = cast
  await register(phone, seed)
  await register(stranger, seed)
  await joinDevice(tablet, phone)
  if (laptop) await joinDevice(laptop, phone)
  const tried: Tried = new Map()
  let partitions = 0
  let devices = [phone, tablet, stranger, ...(laptop ? [laptop] : [])]
  const rough = (): void => {
    for (const { link } of devices) link.setFaults(roughFaults)
  }
  const calm = (): void => {
    for (const { link } of devices) {
      link.setFaults(noFaults)
      link.heal()
    }
  }
  rough()
  kills.arm()
  for (let edit = 1; edit <= edits; edit++) {
    const device = prng.pick(devices)
    const date = addDays(firstDay, prng.int(0, days - 1))
    partitions += disturb(devices, prng)
    if (prng.chance(0.4)) await writeTemperature(device, date, { edit, tried })
    else await writeOther(device, date, prng)
    if (edit === Math.floor(edits / 2)) {
      kills.disarm()
      calm()
      if (prng.chance(0.7)) await letAWeekPass(people, tablet)
      await joinDevice(watch, phone)
      devices = [...devices, watch]
      rough()
      kills.arm()
    }
    if (laptop && edit === Math.floor((edits * 3) / 4)) {
      await removeDevice(laptop, phone, tried)
      devices = devices.filter((one) => one !== laptop)
    }
    await pause(prng.int(0, longestPauseMs))
  }
  kills.disarm()
  calm()
  await laptop?.end()
  return { edits, partitions, tried }
}

/** Temperatures that were confirmed and are nowhere. */
export async function findLost({ parts }: Device, tried: Tried): Promise<string[]> {
  const lost: string[] = []
  for (const { date, writer, values } of tried.values()) {
    if (!parts.vault.members().some(({ id }) => id === writer)) continue
    const registers = readRegisters(await parts.documents.read(`month/${date.slice(0, 7)}`))
    const all = registers.get(`${date.slice(8)}|temperature.value`) ?? []
    const kept = all.find((register) => register.writer === writer)?.value
    if (!values.some((value) => value === kept))
      lost.push(`${date} of ${writer} holds ${String(kept)}, not ${values.join(' or ')}`)
  }
  return lost
}
