/**
 * What an insight is: a thing seen in the diary, with the numbers and dates behind it. An app turns it
 * into sentences by `kind`, `reason` and `evidence`. None is a diagnosis; `notify` is said of few.
 */
import type { CivilDate } from '../civil-date.ts'
import type { Cycle, NotCounted } from '../cycle.ts'
import type { Episode, EpisodeKind } from '../episode.ts'
import type { LoggedDay } from '../logged-day.ts'
import type { CyclePhase } from './phase.ts'
import type { Symptom } from './symptom.ts'

/** Every kind of insight, in the order in which they are given. */
export const insightKinds = [
  'cycle-frequency',
  'period-duration',
  'cycle-regularity',
  'flow-heaviness',
  'intermenstrual-bleeding',
  'possible-missed-log',
  'symptom-pattern',
  'temperature-shift',
  'trend',
  'logging',
] as const
export type InsightKind = (typeof insightKinds)[number]

/** Why a cycle says nothing here: as the history has it, or because a period in it was likely not logged. */
export interface LeftOut {
  readonly start: CivilDate
  readonly why: NotCounted | 'possible-missed-log'
}

/** A cycle that is over; length in days. */
export interface WholeCycle {
  readonly start: CivilDate
  readonly length: number
}

/** What every classification by FIGO says beside its own numbers. */
interface Classified {
  readonly leftOut: readonly LeftOut[]
  /** The time that she declared and that changes what is said. */
  readonly episode?: EpisodeKind
}

/** Group of ages with a published limit of regularity; `other` has none and gets the wider one. */
export type AgeGroup = '18-25' | '26-41' | '42-45' | 'other'

/** How much more often a symptom comes in a phase: see {@link InsightEvidence}. */
export type PatternEffect = 'more-often' | 'far-more-often' | 'mostly'

/** What trends are looked for in; units days, days, kg and hours. */
export type TrendMeasure = 'cycle-length' | 'bleeding-days' | 'weight' | 'sleep'

/** The numbers and dates that each kind saw. */
export interface InsightEvidence {
  'cycle-frequency': Classified & {
    readonly cycles: readonly WholeCycle[]
    /** Median length, days; absent with fewer than two cycles. */
    readonly median?: number
    /** Periods that began within the six months, counted or not. */
    readonly periods: number
    readonly lastBleeding?: CivilDate
    /** Days since the last bleeding, or since the end of a time in which none was to be expected. */
    readonly daysWithout?: number
  }
  'period-duration': Classified & {
    readonly periods: readonly { readonly start: CivilDate; readonly days: number }[]
  }
  'cycle-regularity': Classified & {
    readonly cycles: readonly WholeCycle[]
    readonly shortest?: number
    readonly longest?: number
    readonly ageGroup: AgeGroup
    /** Largest difference between shortest and longest that is regular at this age, days. */
    readonly limit: number
  }
  'flow-heaviness': Classified & {
    /** Periods that count. */
    readonly periods: number
    /** Those in which bleeding kept her from daily life, and on which days. */
    readonly heavy: readonly { readonly start: CivilDate; readonly days: readonly CivilDate[] }[]
  }
  'intermenstrual-bleeding': Classified & {
    /** Cycles that were looked at, the running one included. */
    readonly cycles: number
    readonly seen: readonly { readonly start: CivilDate; readonly days: readonly CivilDate[] }[]
  }
  'possible-missed-log': WholeCycle & { readonly probability: number }
  'symptom-pattern': {
    readonly symptom: Symptom
    readonly phase: CyclePhase
    readonly effect: PatternEffect
    /** Days with the symptom and days with any log: in the phase, and in the rest of the cycles. */
    readonly inside: { readonly days: number; readonly logged: number }
    readonly outside: { readonly days: number; readonly logged: number }
    /** Share of logged days inside by share outside; absent when it never came outside. */
    readonly ratio?: number
    /** Cycles in which it came in this phase, and all that were looked at. */
    readonly cycles: number
    readonly ofCycles: number
    /** Of these, cycles whose ovulation was observed and not reckoned from their end. */
    readonly observedOvulations: number
    /** Chance of this much by luck, before and after allowing for the number of things looked at. */
    readonly p: number
    readonly corrected: number
  }
  'temperature-shift': {
    readonly cycles: readonly TemperatureShift[]
    /** Means over the cycles, °C and days. */
    readonly low: number
    readonly high: number
    readonly shift: number
    readonly lutealLength: number
  }
  trend: {
    readonly measure: TrendMeasure
    readonly points: readonly { readonly from: CivilDate; readonly value: number }[]
    /** Theil–Sen slope, per cycle for what belongs to cycles, else per 30 days. */
    readonly slope: number
    /** The slope over the whole time. */
    readonly change: number
  }
  logging: {
    readonly what: 'anything' | 'temperature' | 'mucus'
    readonly days: number
    readonly ofDays: number
  }
}

/** Levels of one cycle, °C; luteal length in days. */
export interface TemperatureShift {
  readonly start: CivilDate
  readonly low: number
  readonly high: number
  readonly lutealLength: number
}

/** Why each kind says what it says: classes of FIGO 2018, or what a person is to be told. */
export interface InsightReasons {
  'cycle-frequency':
    | 'normal'
    | 'frequent'
    | 'infrequent'
    | 'absent'
    /** No bleeding for 90 days, yet for long she logged nothing at all. */
    | 'absent-or-not-logged'
    | 'too-few-cycles'
    | 'episode'
  'period-duration': 'normal' | 'prolonged' | 'no-period' | 'episode'
  'cycle-regularity': 'regular' | 'irregular' | 'irregular-expected' | 'too-few-cycles' | 'episode'
  'flow-heaviness': 'normal' | 'heavy' | 'not-said' | 'no-period' | 'episode'
  'intermenstrual-bleeding': 'none' | 'present' | 'no-period' | 'episode'
  'possible-missed-log': 'unlikely-length'
  'symptom-pattern': 'more-in-phase'
  'temperature-shift': 'measured'
  trend: 'rising' | 'falling'
  logging: 'most-days' | 'some-days' | 'few-days'
}

interface InsightOf<K extends InsightKind> {
  readonly kind: K
  readonly reason: InsightReasons[K]
  /** First and last day that it speaks of. */
  readonly period: { readonly from: CivilDate; readonly to: CivilDate }
  /** `notice`: outside what is usual, or a question to her. */
  readonly severity: 'info' | 'notice'
  /** Whether it deserves a message of its own; else it waits to be looked at. */
  readonly notify: boolean
  readonly evidence: InsightEvidence[K]
}

/** One insight of a kind, or of any. */
export type Insight<K extends InsightKind = InsightKind> = { [Kind in K]: InsightOf<Kind> }[K]

/** How likely it is that a period within a cycle was not logged, 0 to 1. */
export interface MissedLog {
  readonly start: CivilDate
  readonly probability: number
}

/** An ovulation that temperature, mucus or a test showed. */
export interface SeenOvulation {
  readonly cycleStart: CivilDate
  readonly date: CivilDate
  /** Days from the day after it to the last of the cycle; reckoned when absent. */
  readonly lutealLength?: number
}

export interface InsightInput {
  /** The day on which one looks; what lies after it is not looked at. */
  readonly today: CivilDate
  /** In any order; a date occurs once. */
  readonly days: readonly LoggedDay[]
  /** As `cyclesFromDays` reads them. */
  readonly cycles: readonly Cycle[]
  /** As `predict` gives them: 0 where she says that none is missing. */
  readonly missedLogs?: readonly MissedLog[]
  readonly ovulations?: readonly SeenOvulation[]
  readonly episodes?: readonly Episode[]
  /** Age in whole years on that day. */
  readonly age?: number
}
