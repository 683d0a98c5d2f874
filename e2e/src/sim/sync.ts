/**
 * Sync under faults, deaths and lies: one person's devices and somebody else's on one real server. First
 * they live through what networks and processes do, and agree in the end, compared in every way there is;
 * then the server tells one of them one lie, which is noticed or does nothing; then they agree again.
 */
import { findDifferences, settle } from '../world/convergence.ts'
import type { Device } from '../world/world.ts'
import type { KillLottery } from './sync-kills.ts'
import { lies } from './sync-lies.ts'
import { findLost, tellStory, type Cast } from './sync-story.ts'
import type { SyncPeople, SyncWorld } from './sync-world.ts'

export interface SyncReport {
  readonly edits: number
  readonly deaths: number
  readonly faults: number
  readonly partitions: number
  readonly envelopes: number
  readonly snapshots: number
  readonly lie: string
  readonly differences: readonly string[]
}

const lieNames = Object.keys(lies) as (keyof typeof lies)[]
const edits = 18

async function agree(people: SyncPeople, devices: readonly Device[]): Promise<string[]> {
  await settle({ ...people, devices })
  return findDifferences({ ...people, devices })
}

async function countStored({ db }: SyncPeople, { parts }: Device) {
  const [row] = await db.query<{ envelopes: number; snapshots: number; bad: number }>(
    `SELECT (SELECT count(*) FROM doc_updates WHERE vault_id = $1)::integer AS envelopes,
       (SELECT count(*) FROM doc_snapshots WHERE vault_id = $1)::integer AS snapshots,
       (SELECT count(*) FROM doc_verdicts WHERE vault_id = $1 AND verdict = 'bad')::integer AS bad`,
    [parts.vault.view().vault],
  )
  return row!
}

async function startCast(people: SyncPeople): Promise<Cast> {
  const [phone, tablet, watch, stranger] = [
    await people.start('phone'),
    await people.start('tablet'),
    await people.start('watch'),
    await people.start('stranger'),
  ]
  return { phone, tablet, watch, stranger }
}

/** Everything of one seed: the story, the lie, and whether all agree. */
async function live(people: SyncPeople, kills: KillLottery, lie: keyof typeof lies) {
  const cast = await startCast(people)
  const { phone, tablet, watch, stranger } = cast
  const told = await tellStory(people, cast, { edits, kills })
  const hers = await Promise.all([phone, tablet, watch].map((device) => device.running()))
  const other = await stranger.running()
  const differences = [
    ...(await agree(people, hers)),
    ...(await agree(people, [other])),
    ...(await findLost(hers[0]!, told.tried)),
    ...(await findLost(other, told.tried)),
  ]
  const { differences: noticed, agreesAgain } = await lies[lie]({ ...cast, people })
  differences.push(...noticed.map((what) => `${lie}: ${what}`))
  const left = await Promise.all([phone, tablet].map((device) => device.running()))
  if (agreesAgain) differences.push(...(await agree(people, left)))
  const { bad, ...stored } = await countStored(people, left[0]!)
  if (bad > 0) differences.push(`${bad} snapshots were found bad`)
  const links = [phone, tablet, watch, stranger].map(({ link }) => link.counts)
  return {
    edits: told.edits,
    deaths: kills.struck.length,
    faults: links.reduce((sum, c) => sum + c.dropped + c.answersLost + c.duplicated + c.cut, 0),
    partitions: told.partitions,
    ...stored,
    lie,
    differences,
  }
}

const deadlineMs = 300_000

/** Runs one seed, whose number chooses the lie. @throws Error when something never comes. */
export async function simulateSync(
  world: SyncWorld,
  seed: string,
  kills: KillLottery,
): Promise<SyncReport> {
  const people = world.people(seed)
  const lie = lieNames[Number(seed) % lieNames.length]!
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`no end; ${kills.struck.join()}\n  ${people.waits()}`)),
    deadlineMs,
  )
  const lived = live(people, kills, lie).finally(() => {
    kills.disarm()
    return people.end()
  })
  try {
    return await Promise.race([lived, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
