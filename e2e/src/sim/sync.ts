/**
 * Sync under faults, deaths and lies: one person's devices and somebody else's on one real server. First
 * they live through what networks and processes do, and agree in the end, compared in every way there is;
 * then the server tells one of them one lie, which is noticed or does nothing; then they agree again.
 */
import { until } from '@selene/client-sdk'
import { findDifferences, settle } from '../world/convergence.ts'
import type { Device } from '../world/world.ts'
import { eventually, patience } from './lie-checks.ts'
import type { KillLottery } from './sync-kills.ts'
import { lies } from './sync-lies.ts'
import { findLost, tellStory, type Cast } from './sync-story.ts'
import type { SyncPeople, SyncWorld } from './sync-world.ts'

export interface SyncReport {
  readonly edits: number
  readonly deaths: number
  readonly faults: number
  readonly partitions: number
  /** That the server has, and that it had and has deleted as snapshots cover them. */
  readonly envelopes: number
  readonly pruned: number
  readonly snapshots: number
  readonly lie: string
  /** How long it took them. */
  readonly seconds: number
  readonly trace: string
  readonly differences: readonly string[]
}

const lieNames = Object.keys(lies) as (keyof typeof lies)[]
const edits = 24

async function agree(people: SyncPeople, devices: readonly Device[]): Promise<string[]> {
  await settle({ ...people, devices }, patience)
  const { vault } = devices[0]!.parts.vault.view()
  await eventually('everybody knows the whole log', async () => {
    const [log] = await people.db.query<{ last: number }>(
      'SELECT max(seq)::integer AS last FROM vault_log WHERE vault_id = $1',
      [vault],
    )
    return devices.every(({ parts }) => parts.vault.view().hashes.length > log!.last)
  })
  return findDifferences({ ...people, devices })
}

/** Whoever warns before anybody has lied raises a false alarm. */
async function findAlarms(devices: readonly Device[]): Promise<string[]> {
  const states = devices.map(async ({ name, client }) => {
    const { warnings } = await until(client.sync.state, () => true)
    return warnings.map((warning) => `${name}: warns of ${warning}, and nobody has lied`)
  })
  return (await Promise.all(states)).flat()
}

async function countStored({ db }: SyncPeople, { parts }: Device) {
  const [row] = await db.query<Record<'envelopes' | 'pruned' | 'snapshots' | 'bad', number>>(
    `SELECT (SELECT count(*) FROM doc_updates WHERE vault_id = $1)::integer AS envelopes,
       (SELECT sum(last - stored) FROM (
         SELECT max(doc_seq) AS last, count(*) AS stored FROM doc_updates WHERE vault_id = $1
         GROUP BY doc_id, device_id) AS chains)::integer AS pruned,
       (SELECT count(*) FROM doc_snapshots WHERE vault_id = $1)::integer AS snapshots,
       (SELECT count(*) FROM doc_verdicts WHERE vault_id = $1 AND verdict = 'bad')::integer AS bad`,
    [parts.vault.view().vault],
  )
  return row!
}

async function startCast(people: SyncPeople): Promise<Cast> {
  const { start, prng } = people
  const [phone, tablet, watch, stranger] = [
    await start('phone'),
    await start('tablet'),
    await start('watch'),
    await start('stranger'),
  ]
  const laptop = prng.chance(0.5) ? await start('laptop') : undefined
  return { phone, tablet, watch, stranger, laptop }
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
    ...(await findAlarms([...hers, other])),
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
    seconds: Math.round(people.time.elapsed() / 1000),
    trace: people.trace(),
    differences,
  }
}

/** Of the simulated time. */
const deadlineMs = 7_200_000

/** Runs one seed, whose number chooses the lie. @throws Error when something never comes. */
export async function simulateSync(
  world: SyncWorld,
  seed: string,
  kills: KillLottery,
): Promise<SyncReport> {
  const people = await world.people(seed)
  const { time } = people
  const lie = lieNames[Number(seed) % lieNames.length]!
  let fault: unknown
  async function lived(): Promise<SyncReport> {
    try {
      return await live(people, kills, lie)
    } catch (error) {
      fault = error
      throw error
    } finally {
      kills.disarm()
      await people.end()
    }
  }
  try {
    return await time.live(lived, deadlineMs)
  } catch (error) {
    // What stopped them, rather than that they did not come to an end.
    throw new Error(`${String(fault ?? error)}; ${kills.struck.join()}\n  ${people.waits()}`, {
      cause: error,
    })
  } finally {
    time.end()
  }
}
