/**
 * SOS under kills: every alert that was confirmed takes effect once, none is lost, everybody whom it
 * concerns is told, and nobody else. Processes die at awaits of the SOS code, on the client and on the
 * server; which ones is the seed's choice, and all seeds together reach each.
 */
import { until } from '@selene/client-sdk'
import { createPrng } from '../core/prng.ts'
import type { KillPlan } from '../kill/incarnation.ts'
import { describeStall } from './sos-stall.ts'
import type { SosWorld } from './sos-world.ts'
import { tellSosStory, type Told } from './sos-story.ts'

/** A place and moment to die at. */
export interface Target {
  readonly point: string
  readonly moment: 'during' | 'after'
}

export interface SosReport {
  readonly alerts: number
  /** Raises that were cut short by a death before they were confirmed. */
  readonly unconfirmed: number
  readonly struck: readonly Target[]
  readonly deaths: Readonly<Record<string, number>>
  readonly differences: readonly string[]
}

/** Strikes each target once, at its first visit. */
export function createPlan(targets: readonly Target[]): KillPlan & { readonly struck: Target[] } {
  const struck: Target[] = []
  return {
    struck,
    strikes(point, moment) {
      const target = targets.find((one) => one.point === point && one.moment === moment)
      if (!target || struck.includes(target)) return false
      struck.push(target)
      return true
    },
  }
}

async function compareRows({ db }: SosWorld, { confirmed }: Told): Promise<string[]> {
  const differences: string[] = []
  for (const { id, end } of confirmed) {
    const rows = await db.query<{ state: string }>(
      'SELECT state FROM emergency_alerts WHERE alert_id = $1',
      [id],
    )
    if (rows.length !== 1 || rows[0]!.state !== end)
      differences.push(
        `an alert that was ${end} is ${rows.map(({ state }) => state).join() || 'lost'}`,
      )
  }
  const ids = confirmed.map(({ id }) => id)
  const twice = await db.query<{ event: string }>(
    `SELECT event FROM inbox WHERE op_id IS NOT NULL AND alert_id = ANY ($1::uuid[])
      GROUP BY account_id, op_id, event HAVING count(*) > 1`,
    [`{${ids.join(',')}}`],
  )
  for (const { event } of twice) differences.push(`somebody was told twice: ${event}`)
  const [left] = await db.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM emergency_alerts
      WHERE closed_at IS NULL OR num_nonnulls(cell_row, responder_part, responder_key) > 0`,
  )
  if (left!.count > 0) differences.push(`${left!.count} alerts are open or keep their parts`)
  return differences
}

async function compareApps({ people }: SosWorld, { confirmed }: Told): Promise<string[]> {
  const differences: string[] = []
  const stranger = await people.stranger.insist((client) => until(client.sos.incoming, () => true))
  if (stranger.length > 0) differences.push('a stranger was told')
  for (const person of [people.friend, people.passerBy]) {
    const shown = await person.insist((client) => until(client.sos.incoming, () => true))
    for (const { id, end } of confirmed) {
      const alerts = shown.filter((alert) => alert.id === id)
      const wanted = end === 'cancelled' ? [0, 1] : [1]
      if (!wanted.includes(alerts.length))
        differences.push(`${person.name} has ${alerts.length} of an alert that was ${end}`)
      else if (alerts.some((alert) => alert.state !== end))
        differences.push(`${person.name} sees ${alerts[0]!.state} and not ${end}`)
    }
  }
  return differences
}

const deadlineMs = 180_000

/** Runs one seed in a world that may have seen others. @throws Error when it does not come to its end. */
export async function simulateSos(
  world: SosWorld,
  seed: string | number,
  plan: ReturnType<typeof createPlan>,
): Promise<SosReport> {
  const prng = createPrng(seed)
  const late = Promise.withResolvers<never>()
  late.promise.catch(() => {}) // The story may end while the stall is described.
  let step = ''
  async function giveUp(): Promise<void> {
    const stall = await describeStall(world).catch(String)
    late.reject(new Error(`no end of ${step}; struck: ${JSON.stringify(plan.struck)}\n  ${stall}`))
  }
  const timer = setTimeout(() => void giveUp(), deadlineMs)
  try {
    const told = await Promise.race([
      tellSosStory(world, prng, (next) => (step = next)),
      late.promise,
    ])
    const differences = [
      ...(await compareRows(world, told)),
      ...(await Promise.race([compareApps(world, told), late.promise])),
    ]
    const processes = [world.server, ...Object.values(world.people)]
    return {
      alerts: told.confirmed.length,
      unconfirmed: told.unconfirmed,
      struck: plan.struck,
      deaths: Object.fromEntries(processes.map(({ name, deaths }) => [name, deaths()])),
      differences,
    }
  } finally {
    clearTimeout(timer)
  }
}

const perSeed = 6

/** The targets of a seed among all points, so that seeds together name every point. */
export function targetsOf(seed: number, points: readonly string[]): readonly Target[] {
  const all = (['after', 'during'] as const).flatMap((moment) =>
    createPrng('targets')
      .shuffle(points.toSorted())
      .map((point) => ({ point, moment })),
  )
  const start = ((seed - 1) * perSeed) % all.length
  return Array.from(
    { length: Math.min(perSeed, all.length) },
    (_, i) => all[(start + i) % all.length]!,
  )
}
