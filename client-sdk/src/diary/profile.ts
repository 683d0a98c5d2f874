/**
 * The document `profile`: what she says about herself once and for all days. Registers, one subject a fact:
 *
 * | subject | value |
 * |---|---|
 * | `setting\|<name>` | a setting of {@link Profile} |
 * | `episode\|<id>` | a declared time as JSON; null once it is taken back |
 * | `reminder\|<id>` | a reminder as JSON; null once it is taken away |
 * | `quiet-hours` | the hours without reminders as JSON |
 */
import * as v from 'valibot'
import { episodeKinds, isCivilDate, type CivilDate, type Episode } from '../calendar/index.ts'
import type { Content } from '../docs/documents.ts'
import {
  readRegisters,
  writeImport,
  writeRegister,
  type Register,
  type RegisterValue,
} from '../docs/register.ts'
import { defineChoices, type Choosing, type Chosen } from './choices.ts'

export const profileDocument = 'profile'

/** What can be set; absent is said by leaving it out. */
const settings = {
  temperatureUnit: v.picklist(['celsius', 'fahrenheit']),
  weightUnit: v.picklist(['kg', 'lb']),
  /** Only for the limits that depend on age. */
  birthYear: v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2100)),
  /** How she would call her cycles. */
  regularity: v.picklist(['regular', 'irregular']),
  /** Whether predictions say on which days a pregnancy is likely. */
  showsFertility: v.boolean(),
} as const
export const profileChoices = defineChoices(settings, 'profile')

/** Absent values have not been set. */
export type Profile = Chosen<typeof settings>
/** `null` takes a setting back, an absent one stays as it is. */
export type ProfileChange = Choosing<typeof settings>

export interface DeclaredEpisode extends Episode {
  readonly id: string
}

const civil = v.custom<CivilDate>(isCivilDate)
const episode = v.object({
  kind: v.picklist(episodeKinds),
  from: civil,
  to: v.optional(civil),
})

export const faultOfEpisode = ({ from, to }: Episode): string | undefined => {
  if (!isCivilDate(from) || (to !== undefined && !isCivilDate(to)))
    return 'from, to: civil dates YYYY-MM-DD are needed'
  return to !== undefined && to < from ? 'to: not before from' : undefined
}

type Registers = ReadonlyMap<string, readonly Register[]>

const valuesUnder = (registers: Registers, prefix: string): [id: string, value: RegisterValue][] =>
  [...registers].flatMap(([subject, [winner]]) =>
    winner && subject.startsWith(prefix) ? [[subject.slice(prefix.length), winner.value]] : [],
  )

/** Foreign input: what is no JSON of the layout counts as absent. */
function parsed<S extends v.GenericSchema>(
  schema: S,
  value: RegisterValue,
): v.InferOutput<S> | undefined {
  if (typeof value !== 'string') return undefined
  try {
    const result = v.safeParse(schema, JSON.parse(value))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

export interface ProfileContent {
  readonly profile: Profile
  /** In the order of their first days. */
  readonly episodes: readonly DeclaredEpisode[]
  /** Rules of reminders by id, and the hours without any, as they were written: to be checked. */
  readonly reminders: ReadonlyMap<string, object>
  readonly quietHours?: unknown
}

export const emptyProfile: ProfileContent = { profile: {}, episodes: [], reminders: new Map() }

export function readProfile(doc: Content): ProfileContent {
  const registers = readRegisters(doc)
  const episodes = valuesUnder(registers, 'episode|').flatMap(([id, value]): DeclaredEpisode[] => {
    const read = parsed(episode, value)
    if (!read) return []
    const { kind, from, to } = read
    const declared = { id, kind, from, ...(to !== undefined && { to }) }
    return faultOfEpisode(declared) ? [] : [declared]
  })
  const reminders = valuesUnder(registers, 'reminder|').flatMap(([id, value]) => {
    const read = parsed(v.looseObject({}), value)
    return read === undefined ? [] : [[id, read] as const]
  })
  const quietHours = parsed(v.unknown(), registers.get('quiet-hours')?.[0]?.value ?? null)
  return {
    profile: profileChoices.read(registers),
    episodes: episodes.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    reminders: new Map(reminders),
    ...(quietHours !== undefined && { quietHours }),
  }
}

export const isSameTime = (a: Episode, b: Episode): boolean =>
  a.kind === b.kind && a.from === b.from && a.to === b.to

/** Writes imported times under ids that follow from them: again or elsewhere changes nothing (W30). */
export function writeImportedEpisodes(doc: Content, episodes: readonly Episode[]): void {
  for (const { kind, from, to } of episodes)
    writeImport(
      doc,
      `episode|import-${kind}-${from}`,
      JSON.stringify({ kind, from, ...(to !== undefined && { to }) }),
    )
}

/** Writes facts as one device. */
export function createProfilePen(doc: Content, author: { writer: string; at: number }) {
  const registers = readRegisters(doc)
  const write = (subject: string, value: RegisterValue): void =>
    writeRegister(doc, registers.get(subject) ?? [], { ...author, subject, value })
  return {
    episode: (id: string, value: Episode | null): void =>
      write(`episode|${id}`, value && JSON.stringify(value)),
    reminder: (id: string, value: object | null): void =>
      write(`reminder|${id}`, value && JSON.stringify(value)),
    quietHours: (value: object | null): void =>
      write('quiet-hours', value && JSON.stringify(value)),
  }
}
