/** The calendar's public names. Pure: civil dates and data in, data out; nothing reads a clock. */
export {
  addDays,
  civilDate,
  compare,
  dayOfMonth,
  daysBetween,
  isCivilDate,
  monthOf,
  type CivilDate,
} from './civil-date.ts'
export {
  dripFieldNames,
  fieldNames,
  fields,
  isFieldName,
  sqlColumn,
  sqlType,
  type DayChange,
  type DayValues,
  type Field,
  type FieldName,
  type FieldValue,
} from './field.ts'
export { checkDayChange, faultOf, type DayCheck } from './day-check.ts'
export type { LoggedDay } from './logged-day.ts'
export { covers, episodeKinds, overlaps, type Episode, type EpisodeKind } from './episode.ts'
export {
  countedLengths,
  cyclesFromDays,
  isBleeding,
  type Cycle,
  type CycleHistory,
  type CycleRules,
  type NotCounted,
} from './cycle.ts'
export { statistics, type Statistics } from './statistics.ts'
export { tagsOf, withTags } from './tag.ts'
export {
  fertilityOn,
  symptothermal,
  type FertilityPhase,
  type FertilityStatus,
  type SymptothermalEvaluation,
  type SymptothermalInput,
} from './fertility/symptothermal.ts'
export { evaluateCycles, type EvaluationOptions } from './fertility/evaluate-cycles.ts'
export {
  ovulation,
  type OvulationEstimate,
  type OvulationSign,
  type SignOfOvulation,
} from './fertility/ovulation.ts'
export { observedOvulations, type ObservedOvulation } from './fertility/observed-ovulations.ts'
export { firstFertileDay } from './fertility/fertile-days.ts'
export { lutealLength, meanOvulationDay, type LutealObservation } from './fertility/luteal.ts'
export {
  calendarMethods,
  calendarWindow,
  type CalendarMethods,
  type CalendarWindow,
  type FertileDays,
} from './fertility/calendar-methods.ts'
export type {
  BeforeReason,
  DoubleCheck,
  FertilityReason,
  Observation,
  Reading,
  SecondarySign,
  SignFinding,
  TemperatureFinding,
} from './fertility/reason.ts'
export type { BeforeOvulation, PastCycle } from './fertility/before-ovulation.ts'
export {
  reminders,
  type Reminder,
  type ReminderInput,
  type ReminderReason,
} from './reminders/reminders.ts'
export { checkReminderSettings, type ReminderCheck } from './reminders/reminder-check.ts'
export {
  isExactReminder,
  pillPacks,
  reminderKinds,
  repeatUnits,
  type PillPack,
  type QuietHours,
  type ReminderKind,
  type ReminderRule,
  type ReminderSettings,
  type RepeatUnit,
} from './reminders/rule.ts'
export type { DueReason, UpcomingPeriod } from './reminders/due.ts'
export { isClockTime, type ClockTime } from './clock-time.ts'
export { openZone, type WallTime, type Zone } from './reminders/zone.ts'
export { predict } from './predict/predict.ts'
export { likelyMissed } from './predict/forecast.ts'
export type {
  CycleForecast,
  DayForecast,
  Forecast,
  Overdue,
  PredictionInput,
  SkippedLog,
  StartForecast,
} from './predict/forecast.ts'
export { priorsFor, type Person } from './predict/personal-priors.ts'
export { forecastLength, type LengthForecast } from './predict/length-model.ts'
export { referencePriors, type LengthPriors } from './predict/priors.ts'
export { predictionTableBytes } from './predict/grid.ts'
export { insights } from './insights/insights.ts'
export {
  insightKinds,
  type AgeGroup,
  type Insight,
  type InsightEvidence,
  type InsightInput,
  type InsightKind,
  type InsightReasons,
  type LeftOut,
  type MissedLog,
  type PatternEffect,
  type SeenOvulation,
  type TemperatureShift,
  type TrendMeasure,
  type WholeCycle,
} from './insights/insight.ts'
export {
  symptomPhases,
  type PhaseCount,
  type SymptomPhases,
  type SymptomRow,
} from './insights/symptom-phases.ts'
export { cyclePhases, type CyclePhase } from './insights/phase.ts'
export { symptomKey, type Symptom, type SymptomField } from './insights/symptom.ts'
