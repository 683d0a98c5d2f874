/**
 * The temperature shift by the rules of Sensiplan (Arbeitsgruppe NFP, Natürlich und sicher): a first
 * higher measurement above the six before it, and two or three more that confirm it. Where a reading is
 * missing it says so and does not guess.
 */
import { addDays } from '../civil-date.ts'
import type { Reading, TemperatureFinding } from './reason.ts'

/** Readings below the first higher one that make the cover line. */
const baseSize = 6
/** Days before the first higher measurement within which the base must lie. */
const baseDays = 9
/** What the deciding reading must have above the cover line, hundredths of °C. */
const clearRise = 20

type Verdict =
  | { readonly is: 'shift'; readonly rule: 0 | 1 | 2; readonly size: 3 | 4 }
  | { readonly is: 'short' | 'none' }

/**
 * Judges up to four readings of days in a row, the first of them above the line. Rule 0: the third
 * stands out by 0.20 °C. Rule 1: it does not, but a fourth is above the line. Rule 2: one of the second
 * and third is not above the line, and the fourth stands out. `short` asks for the next day's reading.
 */
function judge(high: readonly Reading[], coverLine: number): Verdict {
  const [, second, third, fourth] = high
  if (!second || !third) return { is: 'short' }
  const low = [second, third].filter(({ hundredths }) => hundredths <= coverLine).length
  if (low === 2) return { is: 'none' }
  if (low === 0 && third.hundredths >= coverLine + clearRise)
    return { is: 'shift', rule: 0, size: 3 }
  if (!fourth) return { is: 'short' }
  if (low === 0)
    return fourth.hundredths > coverLine ? { is: 'shift', rule: 1, size: 4 } : { is: 'none' }
  return fourth.hundredths >= coverLine + clearRise
    ? { is: 'shift', rule: 2, size: 4 }
    : { is: 'none' }
}

/** The readings from one on, day after day, four at most. */
function inARow(readings: readonly Reading[], from: number): readonly Reading[] {
  const first = readings[from]!.cycleDay
  let size = 1
  while (size < 4 && readings[from + size]?.cycleDay === first + size) size += 1
  return readings.slice(from, from + size)
}

/** A finding about a rise. */
type RiseFinding = Extract<TemperatureFinding, { readonly coverLine: number }>

/** What the rise that begins with a reading comes to; `undefined` when there is none. */
function riseAt(
  readings: readonly Reading[],
  at: number,
  cycleDays: number,
): RiseFinding | undefined {
  const first = readings[at]!
  let coverLine = 0
  for (let i = at - baseSize; i < at; i += 1)
    coverLine = Math.max(coverLine, readings[i]!.hundredths)
  if (first.hundredths <= coverLine) return undefined
  const high = inARow(readings, at)
  const verdict = judge(high, coverLine)
  if (verdict.is === 'none') return undefined
  const base = readings.slice(at - baseSize, at)
  const rise = { coverLine, base, high }
  if (first.cycleDay - base[0]!.cycleDay > baseDays)
    return { code: 'temperature/base-too-spread', ...rise }
  if (verdict.is === 'shift')
    return {
      code: 'temperature/shift',
      rule: verdict.rule,
      ...rise,
      high: high.slice(0, verdict.size),
    }
  // The last day counts as not over: its reading may still come.
  return first.cycleDay + high.length >= cycleDays
    ? { code: 'temperature/rising', ...rise }
    : { code: 'temperature/day-missing', ...rise, missing: addDays(first.date, high.length) }
}

/**
 * Finds the first valid shift. A rise that cannot be judged for want of readings hides all that follows
 * until a reading falls back to its cover line: a plateau that rises further is no later shift.
 */
export function temperatureShift(
  readings: readonly Reading[],
  cycleDays: number,
): TemperatureFinding {
  if (readings.length <= baseSize) return { code: 'temperature/too-few-readings', readings }
  let undecided: RiseFinding | undefined
  let hiddenAbove = Infinity
  for (let at = baseSize; at < readings.length; at += 1) {
    if (readings[at]!.hundredths > hiddenAbove) continue
    hiddenAbove = Infinity
    const found = riseAt(readings, at, cycleDays)
    if (!found) continue
    if (found.code === 'temperature/shift' || found.code === 'temperature/rising') return found
    undecided = found
    hiddenAbove = found.coverLine
  }
  return undecided ?? { code: 'temperature/no-shift' }
}
