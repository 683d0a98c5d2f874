/**
 * Convergence: three devices, 200 edits, links that lose, repeat, delay and reorder, random partitions, and
 * documents that get snapshots all the while, from whichever device comes first.
 * In the end all devices hold the same, compared four ways, and every edit is somewhere.
 */
import { addDays, civilDate } from '@selene/client-sdk/calendar'
import type { Prng } from '../core/prng.ts'
import { findDifferences, settle } from '../world/convergence.ts'
import { noFaults, roughFaults } from '../world/link.ts'
import { createWorld, type Device } from '../world/world.ts'

export interface ConvergeReport {
  readonly edits: number
  readonly envelopes: number
  readonly snapshots: number
  readonly requests: number
  readonly faults: number
  readonly partitions: number
  readonly differences: readonly string[]
}

const firstDay = civilDate('2026-02-20')!
const days = 20
const compactAfter = { envelopes: 12, bytes: 1_000_000 }
/** Between edits, so that some travel while others are made. */
const longestPauseMs = 60

async function editSomething(device: Device, prng: Prng): Promise<void> {
  const date = addDays(firstDay, prng.int(0, days - 1))
  const { diary } = device.client
  switch (prng.int(0, 3)) {
    case 0:
      await diary.edit(date, { 'bleeding.value': prng.chance(0.2) ? null : prng.int(0, 3) })
      break
    case 1:
      await diary.edit(date, { 'temperature.value': 36 + prng.int(0, 100) / 100 })
      break
    case 2:
      await diary.edit(date, { 'pain.cramps': prng.chance(0.5), 'mood.happy': prng.chance(0.5) })
      break
    default:
      await diary.edit(date, { 'note.value': `${device.name} ${prng.int(0, 999)} 😀` })
  }
}

/** Runs one seed. @throws Error when the devices do not settle. */
export async function simulateConvergence(
  seed: string | number,
  options: { edits: number } = { edits: 200 },
): Promise<ConvergeReport> {
  const world = await createWorld(seed, { compactAfter })
  const { prng } = world
  let partitions = 0
  try {
    for (const name of ['phone', 'tablet', 'laptop']) await world.addDevice(name)
    for (const { link } of world.devices) link.setFaults(roughFaults)
    for (let edit = 0; edit < options.edits; edit++) {
      const device = prng.pick(world.devices)
      if (prng.chance(0.08)) {
        device.link.partition()
        partitions += 1
      }
      if (prng.chance(0.12)) prng.pick(world.devices).link.heal()
      await editSomething(device, prng)
      await new Promise((resolve) => setTimeout(resolve, prng.int(0, longestPauseMs)))
    }
    for (const { link } of world.devices) {
      link.setFaults(noFaults)
      link.heal()
    }
    await settle(world)
    const counts = world.devices.map(({ link }) => link.counts)
    const sum = (of: (c: (typeof counts)[number]) => number): number =>
      counts.reduce((total, c) => total + of(c), 0)
    const [stored] = await world.db.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM doc_updates',
    )
    const [compacted] = await world.db.query<{ snapshots: number; bad: number }>(
      `SELECT (SELECT count(*) FROM doc_snapshots)::integer AS snapshots,
         (SELECT count(*) FROM doc_verdicts WHERE verdict = 'bad')::integer AS bad`,
    )
    const wrong = compacted!.bad > 0 ? [`${compacted!.bad} snapshots were found bad`] : []
    return {
      edits: options.edits,
      envelopes: stored!.count,
      snapshots: compacted!.snapshots,
      requests: sum((c) => c.requests),
      faults: sum((c) => c.dropped + c.answersLost + c.duplicated + c.cut),
      partitions,
      differences: [...wrong, ...(await findDifferences(world))],
    }
  } finally {
    await world.close()
  }
}
