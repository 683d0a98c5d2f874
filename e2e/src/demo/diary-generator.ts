/**
 * A made-up diary as drip CSV: plausible over two years, the same for a seed, and untidy in the ways
 * real ones are: days left out, excluded temperatures, notes with commas, quotes and line breaks.
 */
import { addDays, type CivilDate, type DayValues } from '@selene/client-sdk/calendar'
import { writeDripCsv } from '@selene/client-sdk/interchange'
import { createPrng, type Prng } from '../core/prng.ts'

export interface DiaryOptions {
  readonly seed: string | number
  readonly months?: number
  readonly from: CivilDate
}

export interface GeneratedDiary {
  readonly csv: string
  /** How many days have a row. */
  readonly days: number
  /** One phrase per month that stands in a note and nowhere else, to look for where it must not be. */
  readonly planted: readonly string[]
}

interface Cycle {
  readonly length: number
  /** Day of the cycle, from 1. */
  readonly ovulation: number
  readonly bleedingDays: number
  /** Waking temperature before ovulation, °C. */
  readonly low: number
}

/** A day as the generator sees it; `day` counts from 1 in its cycle. */
interface Moment {
  readonly cycle: Cycle
  readonly day: number
}

type Values = { -readonly [F in keyof DayValues]: DayValues[F] }

const daysPerMonth = 365.2425 / 12

/** Makes a diary; by default of 24 months, of which about one day in ten is missing. */
export function generateDiary({ seed, months = 24, from }: DiaryOptions): GeneratedDiary {
  const prng = createPrng(seed).fork('diary')
  const moments = planMoments(prng.fork('cycles'), Math.round(months * daysPerMonth))
  const planted = Array.from({ length: months }, (_, month) => plantedPhrase(prng, month))
  const plantedOn = new Map(
    planted.map((phrase, month) => [Math.floor((month + 0.5) * daysPerMonth), phrase]),
  )
  const isAway = planAbsences(prng.fork('absences'), moments.length)
  const rows = moments.flatMap((moment, index) => {
    const phrase = plantedOn.get(index)
    if (!phrase && isAway(index)) return []
    const values = describeDay(prng.fork(`day ${index}`), moment)
    if (phrase) values['note.value'] = plantedNote(phrase)
    return Object.keys(values).length > 0 ? [{ date: addDays(from, index), values }] : []
  })
  return { csv: writeDripCsv(rows), days: rows.length, planted }
}

function planMoments(prng: Prng, days: number): Moment[] {
  const moments: Moment[] = []
  while (moments.length < days) {
    const length = Math.min(38, Math.max(21, Math.round(prng.normal(28, 3))))
    const cycle = {
      length,
      ovulation: length - prng.int(12, 15),
      bleedingDays: prng.int(4, 6),
      low: prng.normal(36.4, 0.05),
    }
    for (let day = 1; day <= length; day++) moments.push({ cycle, day })
  }
  return moments.slice(0, days)
}

/** Single days, and once in eight months a week without a diary. */
function planAbsences(prng: Prng, days: number): (index: number) => boolean {
  const away = new Set<number>()
  for (let index = 0; index < days; index++) if (prng.chance(0.07)) away.add(index)
  for (let start = 120; start < days; start += 240) {
    const first = start + prng.int(0, 60)
    for (let index = first; index < first + 7; index++) away.add(index)
  }
  return (index) => away.has(index)
}

const describeDay = (prng: Prng, moment: Moment): Values => ({
  ...temperatureOf(prng.fork('temperature'), moment),
  ...bleedingOf(prng.fork('bleeding'), moment),
  ...mucusOf(prng.fork('mucus'), moment),
  ...feelingsOf(prng.fork('feelings'), moment),
  ...noteOf(prng.fork('note')),
})

function temperatureOf(prng: Prng, { cycle, day }: Moment): Values {
  if (!prng.chance(0.85)) return {}
  const isDisturbed = prng.chance(0.05)
  const rise = day > cycle.ovulation ? 0.35 : 0
  const measured = cycle.low + rise + prng.normal(0, 0.06) + (isDisturbed ? 0.4 : 0)
  return {
    'temperature.value': Math.round(measured * 20) / 20,
    'temperature.exclude': isDisturbed,
    'temperature.time': `0${prng.int(5, 8)}:${String(prng.int(0, 59)).padStart(2, '0')}`,
    ...(isDisturbed && { 'temperature.note': prng.pick(disturbances) }),
  }
}

const disturbances = [
  'slept late',
  'wine, "only" two glasses',
  'up at night\nwith the child',
  'a cold',
]

/** Heaviest on the second day, spotting on the last. */
function bleedingOf(prng: Prng, { cycle, day }: Moment): Values {
  if (day > cycle.bleedingDays) return {}
  const isLast = day === cycle.bleedingDays
  const value = isLast ? 0 : day === 2 ? 3 : day <= 3 ? 2 : 1
  const product = prng.pick(['bleeding.pad', 'bleeding.tampon', 'bleeding.cup'] as const)
  return { 'bleeding.value': value, 'bleeding.exclude': false, ...(!isLast && { [product]: true }) }
}

/** Feeling and texture from the driest to the most fertile; the quality is the greater of the two. */
const mucusSteps = [
  { feeling: 0, texture: 0, value: 0 },
  { feeling: 1, texture: 0, value: 1 },
  { feeling: 2, texture: 0, value: 2 },
  { feeling: 2, texture: 1, value: 3 },
  { feeling: 3, texture: 2, value: 4 },
] as const

function mucusOf(prng: Prng, { cycle, day }: Moment): Values {
  if (day <= cycle.bleedingDays || !prng.chance(0.7)) return {}
  const toOvulation = cycle.ovulation - day
  const step = toOvulation < 0 || toOvulation > 6 ? prng.int(0, 1) : 4 - Math.ceil(toOvulation / 2)
  const { feeling, texture, value } = mucusSteps[step]!
  return {
    'mucus.feeling': feeling,
    'mucus.texture': texture,
    'mucus.value': value,
    'mucus.exclude': false,
  }
}

function feelingsOf(prng: Prng, { cycle, day }: Moment): Values {
  const values: Values = {}
  if (day <= 2 && prng.chance(0.7)) values['pain.cramps'] = true
  if (day === cycle.ovulation && prng.chance(0.4)) values['pain.ovulationPain'] = true
  if (day > cycle.length - 5 && prng.chance(0.4)) values['pain.tenderBreasts'] = true
  if (prng.chance(0.06)) values['pain.headache'] = true
  const moods =
    day > cycle.length - 4
      ? (['mood.sad', 'mood.stressed', 'mood.fatigue', 'mood.angry'] as const)
      : (['mood.happy', 'mood.balanced', 'mood.fine', 'mood.energetic'] as const)
  if (prng.chance(0.3)) values[prng.pick(moods)] = true
  if (prng.chance(0.15)) values['desire.value'] = prng.int(0, 2)
  if (prng.chance(0.08)) values[prng.pick(['sex.solo', 'sex.partner'] as const)] = true
  return values
}

const notes = [
  'long walk, then early to bed',
  'doctor said "nothing unusual", come back in spring',
  'shopping:\n- oat milk\n- pads, "the thin ones"\n- tea',
  '- restless night',
  'crème brûlée, 二人で 🎂',
]
const noteOf = (prng: Prng): Values => (prng.chance(0.06) ? { 'note.value': prng.pick(notes) } : {})

const colours = ['violet', 'amber', 'cobalt', 'crimson', 'ochre', 'teal']
const things = ['harbour', 'lantern', 'meadow', 'orchard', 'sparrow', 'thimble']

/** Letters, digits and hyphens only, so that no escaping of CSV, JSON or SQL hides it; never twice. */
function plantedPhrase(prng: Prng, month: number): string {
  const source = prng.fork(`planted ${month}`)
  return `${source.pick(colours)}-${source.pick(things)}-${source.int(1000, 9999)}-${month}`
}

const plantedNote = (phrase: string): string => `Told nobody: ${phrase},\n"not even" my sister`
