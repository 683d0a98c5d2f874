/** The infertile days at the beginning of a cycle, by the rules of Sensiplan. */
import { isFertile } from './peak.ts'
import type {
  BeforeReason,
  Observation,
  Reading,
  SecondarySign,
  TemperatureFinding,
} from './reason.ts'
import type { Signs } from './signs.ts'

/** What an earlier cycle tells about this one. */
export interface PastCycle {
  /** Day of that cycle, from 1, of the first higher measurement of a complete shift. */
  readonly firstHigherDay?: number
}

export interface BeforeOvulation {
  /** Infertile days from the first day of the cycle on. */
  readonly days: number
  /** The rule, and what ended the days sooner than it allows. */
  readonly reasons: readonly BeforeReason[]
}

/** Cycles that a person must have evaluated before the rule may give her more than five days. */
const cyclesForMore = 12

/** Days that the earlier cycles allow; they stand oldest first, the last one is the one before this. */
function allowedDays(previous: readonly PastCycle[]): { days: number; reason: BeforeReason } {
  if (previous.at(-1)?.firstHigherDay === undefined)
    return { days: 0, reason: { code: 'before/no-shift-last-cycle' } }
  const firstHigher = previous
    .flatMap(({ firstHigherDay }) => (firstHigherDay === undefined ? [] : [firstHigherDay]))
    .slice(-cyclesForMore)
  const earliest = Math.min(...firstHigher)
  const cycles = firstHigher.length
  const days = Math.max(0, earliest - 8)
  if (days === 5 || (days > 5 && cycles < cyclesForMore))
    return { days: 5, reason: { code: 'before/first-five-days', days: 5 } }
  return { days, reason: { code: 'before/minus-eight', days, earliest, cycles } }
}

function firstFertile({
  mucus,
  cervix,
}: Signs): { sign: SecondarySign; observation: Observation } | undefined {
  const ofMucus = mucus.find((day) => isFertile('mucus', day))
  const ofCervix = cervix.find((day) => isFertile('cervix', day))
  if (ofMucus && !(ofCervix && ofCervix.cycleDay < ofMucus.cycleDay))
    return { sign: 'mucus', observation: ofMucus }
  return ofCervix && { sign: 'cervix', observation: ofCervix }
}

const firstHigher = (temperature: TemperatureFinding): Reading | undefined =>
  temperature.code === 'temperature/shift' || temperature.code === 'temperature/rising'
    ? temperature.high[0]
    : undefined

/**
 * Five days, or the earliest first higher measurement of the last 12 cycles less 8: at once when that is
 * less, only after 12 evaluated cycles when it is more. They end before the first mucus of quality 2 or
 * fertile cervix, and before a rise in temperature, which only the longer form can reach.
 */
export function beforeOvulation(
  signs: Signs,
  temperature: TemperatureFinding,
  previous: readonly PastCycle[],
): BeforeOvulation {
  const { days: allowed, reason } = allowedDays(previous)
  const fertile = firstFertile(signs)
  const rise = firstHigher(temperature)
  const bySign = (fertile?.observation.cycleDay ?? Infinity) - 1
  const byRise = (rise?.cycleDay ?? Infinity) - 1
  const days = Math.min(allowed, bySign, byRise)
  const reasons: BeforeReason[] = [reason]
  if (fertile && days < allowed && bySign === days)
    reasons.push({ code: 'before/fertile-sign', ...fertile })
  else if (rise && days < allowed) reasons.push({ code: 'before/temperature-rise', reading: rise })
  return { days, reasons }
}
