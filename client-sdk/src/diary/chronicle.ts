/**
 * What all days together say: cycles, and the ovulations that signs tell of. Worked out again in each
 * transaction that changes a day or a declared time, in memory; the table `cycle_data` follows in the same
 * transaction. Everything that is shown of cycles begins here.
 */
import {
  cyclesFromDays,
  observedOvulations,
  type CivilDate,
  type LoggedDay,
} from '../calendar/index.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { Deriver } from '../docs/documents.ts'
import type { Reader, Store } from '../store/store.ts'
import { readCycleData, writeCycleData, type CycleFacts, type KnownCycles } from './cycle-data.ts'
import { deriveEntries, loadEntries } from './entries.ts'
import { forecastOn } from './forecast-on.ts'
import { monthOfName } from './month.ts'
import { profileDocument, readProfile, type ProfileContent } from './profile.ts'
import { deriveProfile, loadProfile } from './profile-table.ts'

/** All that is logged, and what follows from it. */
export interface Course extends Pick<CycleFacts, 'history' | 'ovulations'> {
  /** In order; each date once. */
  readonly days: readonly LoggedDay[]
  readonly profile: ProfileContent
}

export interface Chronicle extends Deriver {
  /** From memory, once something has asked for it. */
  course(): Promise<Course>
  /** The cycles alone, which are known without reading all days. */
  cycles(): Promise<KnownCycles>
  profile(): Promise<ProfileContent>
  /** Emits after a commit that changed a day or the profile, and when one was undone. */
  readonly changed: Signal
}

interface Memory {
  /** By month, in no order. */
  readonly months: Map<string, readonly LoggedDay[]>
  profile: ProfileContent
  /** Undefined once a day or a declared time is another. */
  course: Course | undefined
}

async function load(reader: Reader): Promise<Memory> {
  const days = await loadEntries(reader)
  const months = new Map(Map.groupBy(days, ({ date }) => date.slice(0, 7)))
  return { months, profile: await loadProfile(reader), course: undefined }
}

export function createChronicle(store: Store): Chronicle {
  const changed = createSignal()
  let memory: Memory | undefined
  /** What `cycle_data` holds, once this process has written it. */
  let written: string | undefined
  /** Counts derivations: what was read before one is not what is stored after it. */
  let derivations = 0
  let skipped: { key: string; byStart: ReadonlyMap<CivilDate, number> } = {
    key: '',
    byStart: new Map(),
  }
  let isTold = true

  store.committed.subscribe(() => {
    if (isTold) return
    isTold = true
    changed.emit()
  })

  function courseOf(held: Memory): Course {
    held.course ??= work(held)
    return held.course
  }

  /** Depends on lengths and on her, which few changes touch; a forecast takes longer than all the rest. */
  function skippedOf(course: Course): ReadonlyMap<CivilDate, number> {
    const { profile, history } = course
    const { cycles } = history
    const last = cycles.at(-1)?.start
    const key = JSON.stringify([cycles, profile.profile, profile.episodes])
    if (skipped.key === key || !last) return skipped.byStart
    const forecast = forecastOn(last, course, profile)
    const logs = forecast.kind === 'forecast' ? forecast.skipped : []
    skipped = { key, byStart: new Map(logs.map(({ start, probability }) => [start, probability])) }
    return skipped.byStart
  }

  async function held(): Promise<Memory> {
    while (!memory) {
      const before = derivations
      const loaded = await load(store)
      if (before === derivations) memory ??= loaded
    }
    return memory
  }

  return {
    changed,

    async derive(tx, name, doc) {
      const month = monthOfName(name)
      if (month === undefined && name !== profileDocument) return
      derivations += 1
      isTold = false
      if (month === undefined) {
        const profile = readProfile(doc)
        await deriveProfile(tx, profile)
        if (memory) memory = { ...memory, profile, course: undefined }
      } else {
        const known = memory && (memory.months.get(month) ?? [])
        const days = await deriveEntries(tx, { month, doc, known })
        memory?.months.set(month, days)
        if (memory) memory.course = undefined
      }
    },

    async settle(tx) {
      memory ??= await load(tx)
      if (memory.course) return
      const course = courseOf(memory)
      const facts = { ...course, skipped: skippedOf(course) }
      written = await writeCycleData(tx, facts, written)
    },

    undo() {
      derivations += 1
      memory = undefined
      written = undefined
      isTold = true
      changed.emit()
    },

    course: async () => courseOf(await held()),
    cycles: async () => (memory ? courseOf(memory) : readCycleData(store)),
    profile: async () => memory?.profile ?? loadProfile(store),
  }
}

function work({ months, profile }: Memory): Course {
  const days = [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofMonth]) => ofMonth)
  const history = cyclesFromDays(days, { episodes: profile.episodes })
  return { days, profile, history, ovulations: observedOvulations(history.cycles, days) }
}
