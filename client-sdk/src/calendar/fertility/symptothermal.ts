/**
 * The sympto-thermal evaluation of one cycle by the rules of Sensiplan. It says which days the rules
 * call infertile and why, in civil dates; what they do not show to be infertile is fertile. It is a
 * description of the log, not a contraceptive, and every result says so.
 */
import { addDays, daysBetween, type CivilDate } from '../civil-date.ts'
import type { LoggedDay } from '../logged-day.ts'
import { beforeOvulation, type BeforeOvulation, type PastCycle } from './before-ovulation.ts'
import { findPeak, isFertile } from './peak.ts'
import type {
  DoubleCheck,
  FertilityReason,
  SecondarySign,
  SignFinding,
  TemperatureFinding,
} from './reason.ts'
import { signsOf, type Signs } from './signs.ts'
import { temperatureShift } from './temperature-shift.ts'

export interface SymptothermalInput {
  /** First day of the cycle. */
  readonly start: CivilDate
  /** Last day of the cycle; of one that runs, the last day to be judged. */
  readonly end: CivilDate
  /** In any order, a date once; days outside the cycle are ignored. */
  readonly days: readonly LoggedDay[]
  /** The cycles before, oldest first, without gaps; evaluations serve as they are. */
  readonly previous: readonly PastCycle[]
  /**
   * The sign for the double check. Unless given it is the mucus, or the cervix in a cycle whose mucus
   * was not fertile, or not observed, until the cervix had completed the check.
   */
  readonly secondarySign?: SecondarySign
}

/** `unknown` is a day of a cycle in which nothing was observed: by no means an infertile one. */
export type FertilityStatus = 'infertile-before' | 'fertile' | 'infertile-after' | 'unknown'

/** Days of one status, both ends counted. */
export interface FertilityPhase {
  readonly notContraception: true
  readonly status: FertilityStatus
  readonly from: CivilDate
  readonly to: CivilDate
  readonly reasons: readonly FertilityReason[]
}

export interface SymptothermalEvaluation extends PastCycle {
  readonly notContraception: true
  readonly start: CivilDate
  readonly end: CivilDate
  readonly temperature: TemperatureFinding
  readonly mucus: SignFinding
  readonly cervix: SignFinding
  /** The sign that the double check rests on. */
  readonly secondarySign: SecondarySign
  readonly before: BeforeOvulation
  /** When the days after ovulation are infertile; that day itself still counts as fertile. */
  readonly after?: DoubleCheck
  /** Every day of the cycle, in order. */
  readonly phases: readonly FertilityPhase[]
}

/** Evaluates a cycle; throws TypeError when it ends before it starts. */
export function symptothermal(input: SymptothermalInput): SymptothermalEvaluation {
  const { start, end, days, previous } = input
  const cycleDays = daysBetween(start, end) + 1
  if (cycleDays < 1) throw new TypeError('the cycle ends before it starts')
  const signs = signsOf(days, start, end)
  const temperature = temperatureShift(signs.temperature, cycleDays)
  const shift = temperature.code === 'temperature/shift' ? temperature : undefined
  const shiftDay = shift?.high.at(-1)!.cycleDay
  const mucus = findPeak(signs.mucus, { sign: 'mucus', cycleDays, shiftDay })
  const cervix = findPeak(signs.cervix, { sign: 'cervix', cycleDays, shiftDay })
  const byCervix = doubleCheck(temperature, cervix)
  const secondarySign = input.secondarySign ?? usualSign(signs, cervix, byCervix)
  const before = beforeOvulation(signs, temperature, previous)
  const after = secondarySign === 'mucus' ? doubleCheck(temperature, mucus) : byCervix
  const found = {
    start,
    end,
    temperature,
    mucus,
    cervix,
    secondarySign,
    before,
    ...(after && { after }),
  }
  return {
    notContraception: true,
    ...found,
    ...(shift && { firstHigherDay: shift.high[0]!.cycleDay }),
    phases: phasesOf(found, isEmpty(signs)),
  }
}

/** The phase in which a date lies; `undefined` outside the evaluated days. */
export const fertilityOn = (
  { phases }: SymptothermalEvaluation,
  date: CivilDate,
): FertilityPhase | undefined => phases.find(({ from, to }) => from <= date && date <= to)

/** Mucus that turned fertile only after the cervix had completed the check takes nothing back. */
function usualSign(
  { mucus }: Signs,
  cervix: SignFinding,
  byCervix: DoubleCheck | undefined,
): SecondarySign {
  const isSeen = mucus.some(
    (day) => isFertile('mucus', day) && (!byCervix || day.date <= byCervix.date),
  )
  return isSeen || cervix.code === 'sign/no-peak' ? 'mucus' : 'cervix'
}

const isEmpty = ({ temperature, mucus, cervix }: Signs): boolean =>
  temperature.length + mucus.length + cervix.length === 0

function doubleCheck(temperature: TemperatureFinding, sign: SignFinding): DoubleCheck | undefined {
  if (temperature.code !== 'temperature/shift' || sign.code !== 'sign/peak') return undefined
  const { date: byTemperature } = temperature.high.at(-1)!
  const { date: bySign } = sign.lower.at(-1)!
  const laterSign =
    byTemperature === bySign ? 'both' : byTemperature > bySign ? 'temperature' : sign.sign
  const date = byTemperature > bySign ? byTemperature : bySign
  return { code: 'after/double-check', date, time: '18:00', laterSign }
}

type Found = Omit<SymptothermalEvaluation, 'notContraception' | 'phases'>

/** Parts the days of the cycle; days after its last one are nobody's, so a phase ends there. */
function phasesOf(found: Found, nothingObserved: boolean): FertilityPhase[] {
  const { start, end, temperature, before, after } = found
  const sign = found[found.secondarySign]
  const cycleDays = daysBetween(start, end) + 1
  const lastBefore = Math.min(before.days, cycleDays)
  const lastFertile = after ? daysBetween(start, after.date) + 1 : cycleDays
  const phase = (
    status: FertilityStatus,
    [first, last]: readonly [number, number],
    reasons: readonly FertilityReason[],
  ): FertilityPhase[] => {
    if (first > last) return []
    const [from, to] = [addDays(start, first - 1), addDays(start, last - 1)]
    return [{ notContraception: true, status, from, to, reasons }]
  }
  const between: readonly [number, number] = [lastBefore + 1, lastFertile]
  return [
    ...phase('infertile-before', [1, lastBefore], before.reasons),
    ...(nothingObserved
      ? phase('unknown', between, [...before.reasons, { code: 'nothing-observed' }])
      : phase('fertile', between, [...before.reasons, temperature, sign])),
    ...(after
      ? phase('infertile-after', [lastFertile + 1, cycleDays], [after, temperature, sign])
      : []),
  ]
}
