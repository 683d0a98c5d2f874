/** A reminder while it is being entered: what each kind asks for, what it lacks, the rule it makes. Pure. */
import {
  isCivilDate,
  type CivilDate,
  type PillPack,
  type ReminderKind,
  type ReminderRule,
  type RepeatUnit,
} from '@selene/client-sdk/calendar'

/** What the inputs hold; texts are as they were typed, and empty while nothing is chosen. */
export interface RuleDraft {
  readonly kind: ReminderKind
  readonly time: string
  readonly daysBefore: string
  readonly pack: PillPack
  readonly from: string
  readonly everyMonths: string
  readonly repeat: 'once' | RepeatUnit
  readonly every: string
  readonly label: string
}

/** Kinds that are counted from a day of her choice. */
const datedKinds = ['pill', 'ring', 'patch', 'check-up', 'own'] as const
export type DatedKind = (typeof datedKinds)[number]

export const isDated = (kind: ReminderKind): kind is DatedKind =>
  datedKinds.some((one) => one === kind)

/** What numbers can be, bounds included. */
export const wholeLimits = {
  daysBefore: [0, 14],
  everyMonths: [1, 120],
  every: [1, 999],
} as const
export const maxLabelLength = 200

const usualTime = '09:00'
const wakingTime = '06:30'

export const newRule = (today: CivilDate): RuleDraft => ({
  kind: 'period-due',
  time: usualTime,
  daysBefore: '2',
  pack: '21-7',
  from: today,
  everyMonths: '12',
  repeat: 'once',
  every: '1',
  label: '',
})

/** Another kind, at the hour that is usual for it unless she has chosen one. */
export function withKind(draft: RuleDraft, kind: ReminderKind): RuleDraft {
  const isUntouched = draft.time === usualTime || draft.time === wakingTime
  const time = kind === 'temperature' ? wakingTime : usualTime
  return { ...draft, kind, ...(isUntouched && { time }) }
}

export function draftOf(rule: ReminderRule, today: CivilDate): RuleDraft {
  const common = { ...newRule(today), kind: rule.kind, time: rule.time }
  switch (rule.kind) {
    case 'period-due':
      return { ...common, daysBefore: String(rule.daysBefore) }
    case 'pill':
      return { ...common, pack: rule.pack, from: rule.from }
    case 'ring':
    case 'patch':
      return { ...common, from: rule.from }
    case 'check-up':
      return { ...common, from: rule.from, everyMonths: String(rule.everyMonths) }
    case 'own': {
      const { from, repeat, label = '' } = rule
      const often = repeat ? { repeat: repeat.unit, every: String(repeat.every) } : {}
      return { ...common, from, label, ...often }
    }
    case 'period-late':
    case 'fertile-window':
    case 'temperature':
      return common
  }
}

export type RuleField = 'time' | 'from' | 'label' | keyof typeof wholeLimits

const isWhole = (typed: string, [min, max]: readonly [number, number]): boolean =>
  /^\d{1,4}$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max

/** Fields that a kind asks for and that cannot stay as they are. */
export function faultsOf(draft: RuleDraft): readonly RuleField[] {
  const { kind } = draft
  const whole = (field: keyof typeof wholeLimits): boolean =>
    !isWhole(draft[field], wholeLimits[field])
  const faults: Record<RuleField, boolean> = {
    time: draft.time === '',
    from: isDated(kind) && !isCivilDate(draft.from),
    daysBefore: kind === 'period-due' && whole('daysBefore'),
    everyMonths: kind === 'check-up' && whole('everyMonths'),
    every: kind === 'own' && draft.repeat !== 'once' && whole('every'),
    label: kind === 'own' && draft.label.trim().length > maxLabelLength,
  }
  return (Object.keys(faults) as RuleField[]).filter((field) => faults[field])
}

/** The rule that a draft without faults makes. */
export function ruleOf(
  draft: RuleDraft,
  { id, on }: { readonly id: string; readonly on: boolean },
): ReminderRule {
  const { kind, time, pack, repeat } = draft
  const from = draft.from as CivilDate
  const common = { id, on, time }
  switch (kind) {
    case 'period-due':
      return { ...common, kind, daysBefore: Number(draft.daysBefore) }
    case 'pill':
      return { ...common, kind, pack, from }
    case 'ring':
    case 'patch':
      return { ...common, kind, from }
    case 'check-up':
      return { ...common, kind, from, everyMonths: Number(draft.everyMonths) }
    case 'own': {
      const label = draft.label.trim()
      return {
        ...common,
        kind,
        from,
        ...(repeat !== 'once' && { repeat: { every: Number(draft.every), unit: repeat } }),
        ...(label !== '' && { label }),
      }
    }
    case 'period-late':
    case 'fertile-window':
    case 'temperature':
      return { ...common, kind }
  }
}
