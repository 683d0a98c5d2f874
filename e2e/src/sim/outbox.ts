/**
 * Exactly-once effect of the outbox: one device whose process is killed at awaits of the sync and
 * document code, behind a network that drops requests, loses answers and repeats them. In the end
 * another device of the same person holds every edit that was ever confirmed, once.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until, type Client } from '@selene/client-sdk'
import { addDays, civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { nodePlatform } from '@selene/client-sdk/node'
import { openClient } from '@selene/client-sdk/testing'
import { insertionsOf, repeatedOf } from '../core/insertions.ts'
import { storeImage } from '../core/store-image.ts'
import { listen } from '@selene/sync-server'
import { createPrng } from '../core/prng.ts'
import { createLink, noFaults } from '../world/link.ts'
import { createWorld } from '../world/world.ts'
import type { FromDevice, ToDevice } from './outbox-device.ts'

export interface OutboxReport {
  readonly edits: number
  readonly confirmed: number
  readonly kills: number
  /** Different awaits at which the process died. */
  readonly places: number
  /** How often it did not answer in time and was killed from outside. */
  readonly stalls: number
  readonly faults: number
  readonly envelopes: number
  readonly differences: readonly string[]
}

const firstDay = civilDate('2026-02-20')!
const days = 8
const faults = { dropped: 0.1, answerLost: 0.15, duplicated: 0.15, maxDelayMs: 5 }
/** Awaits of one life: opening, an edit and its sending are some hundred. */
const longestLife = 400

/** A life of the longest is over after some thirty. */
const mostEdits = 500

/** A device that does not answer for so long is ended, as a person would. */
const patienceMs = 20_000

interface Device {
  /** False when it died before it answered. */
  tell(message: ToDevice): Promise<boolean>
  end(): Promise<void>
}

async function startDevice(
  args: readonly string[],
  stalled: () => void,
): Promise<Device | undefined> {
  const program = new URL('outbox-device.ts', import.meta.url)
  const child: ChildProcess = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const gone = once(child, 'exit').then(() => undefined)
  async function answered(): Promise<boolean> {
    const late = setTimeout(() => {
      stalled()
      child.kill('SIGKILL')
    }, patienceMs)
    const message = once(child, 'message').then(([said]) => said as FromDevice)
    const said = await Promise.race([message, gone])
    clearTimeout(late)
    if (said?.type === 'failed') throw new Error(said.why)
    return said !== undefined
  }
  if (!(await answered())) return undefined
  return {
    async tell(message) {
      if (child.exitCode !== null || child.signalCode !== null) return false
      child.send(message, () => {}) // A dead process takes none; its end is the answer.
      return answered()
    },
    async end() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}

interface Edit {
  readonly note: string
  readonly temperature: number
}

/** What a day may hold in the end: what was confirmed last, or was tried after that and never answered. */
type Possible = Map<CivilDate, readonly (Edit | 'nothing')[]>

const isThere = (edit: Edit | 'nothing', values: Record<string, unknown>): boolean =>
  edit === 'nothing'
    ? Object.keys(values).length === 0
    : values['note.value'] === edit.note && values['temperature.value'] === edit.temperature

/** Being up to date is the server's word for a moment ago; what came last may take this long to arrive. */
const arrivalMs = 10_000

/** Says what the witness shows of a day in the end, if that is none of what it may hold. */
async function compareDay(
  witness: Client,
  day: CivilDate,
  allowed: readonly (Edit | 'nothing')[],
): Promise<string[]> {
  let shown = '{}'
  const holds = until(witness.diary.day(day), ({ values }) => {
    shown = JSON.stringify(values)
    return allowed.some((edit) => isThere(edit, values))
  }).then(() => true)
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), arrivalMs).unref())
  if (await Promise.race([holds, late])) return []
  return [`${day}: ${shown} is none of ${JSON.stringify(allowed)}`]
}

/** Runs one seed. @throws Error when the device does not settle. */
export async function simulateOutbox(
  seed: string | number,
  options: { kills: number } = { kills: 12 },
): Promise<OutboxReport> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-outbox-'))
  const deathFile = join(directory, 'deaths')
  const world = await createWorld(seed)
  const prng = createPrng(seed)
  const link = createLink(prng.fork('link'), world.server.fetch)
  const listener = await listen({
    port: 0,
    async fetch(request, env) {
      try {
        return await link.network(request)
      } catch {
        // To the device this is a connection that breaks off.
        const { outgoing } = env as { outgoing: { destroy(): void } }
        outgoing.destroy()
        return new Response(null)
      }
    },
  })
  const server = `http://127.0.0.1:${listener.port}`
  let kills = 0
  let stalls = 0
  const start = async (): Promise<Device> => {
    for (;;) {
      const life = kills < options.kills ? prng.int(1, longestLife) : 0
      const args = [join(directory, 'phone'), server, String(life), deathFile]
      const device = await startDevice(args, () => (stalls += 1))
      if (device) return device
      kills += 1
    }
  }

  try {
    let device = await start()
    /** Tells the device again and again until it answers; what it must do is the same again. */
    const insist = async (message: ToDevice): Promise<void> => {
      while (!(await device.tell(message))) {
        kills += 1
        device = await start()
      }
    }
    await insist({ type: 'register' })
    link.setFaults(faults)
    const possible: Possible = new Map()
    let edits = 0
    let confirmed = 0
    while (kills < options.kills || edits < 30) {
      if (edits > mostEdits) throw new Error(`${kills} deaths in ${edits} edits`)
      const date = addDays(firstDay, prng.int(0, days - 1))
      const value = { note: `edit ${++edits} 😀`, temperature: 36 + prng.int(0, 100) / 100 }
      if (await device.tell({ type: 'edit', date, ...value })) {
        confirmed += 1
        possible.set(date, [value])
      } else {
        possible.set(date, [...(possible.get(date) ?? (['nothing'] as const)), value])
        kills += 1
        device = await start()
      }
      await new Promise((resolve) => setTimeout(resolve, prng.int(0, 400)))
    }
    link.setFaults(noFaults)
    await insist({ type: 'settle' })

    const { client: witness, parts } = await openClient({
      platform: nodePlatform({ directory: join(directory, 'witness'), image: storeImage }),
      server,
    })
    const joining = await witness.vault.join()
    await Promise.all([device.tell({ type: 'admit', code: joining.code }), joining.done])
    await until(witness.sync.state, ({ phase }) => phase === 'live')
    const differences: string[] = []
    for (const [date, allowed] of possible)
      differences.push(...(await compareDay(witness, date, allowed)))
    const rows = await world.db.query<{ envelope: Uint8Array }>('SELECT envelope FROM doc_updates')
    const sealed = insertionsOf(
      parts,
      rows.map(({ envelope }) => envelope),
    )
    for (const { document, client, clock } of repeatedOf(sealed))
      differences.push(`${document}: piece ${clock} of ${client} was sealed twice`)
    if (rows.length > edits) differences.push(`${rows.length} envelopes of ${edits} edits`)
    await witness.close()
    await device.end()
    const deaths = (await readFile(deathFile, 'utf8')).trim().split('\n')
    const { dropped, answersLost, duplicated } = link.counts
    return {
      edits,
      confirmed,
      kills: deaths.length,
      places: new Set(deaths).size,
      stalls,
      faults: dropped + answersLost + duplicated,
      envelopes: rows.length,
      differences,
    }
  } finally {
    await listener.close()
    await world.close()
    await rm(directory, { recursive: true, force: true })
  }
}
