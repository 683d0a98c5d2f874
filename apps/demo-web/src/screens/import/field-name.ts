/** Every field of a day by name, in groups; the closed table leaves none without one. Pure. */
import { fields, type FieldName } from '@selene/client-sdk/calendar'
import type { FlagField } from '../../strings/keys.ts'
import type { Strings } from '../../strings/en.ts'

export type FieldGroup = keyof Strings['importing']['groups']

/** Where each field belongs, in the order in which they are listed. */
const groupOf: Readonly<Record<FieldName, FieldGroup>> = {
  'bleeding.value': 'bleeding',
  'bleeding.interferes': 'bleeding',
  'bleeding.pad': 'products',
  'bleeding.tampon': 'products',
  'bleeding.underwear': 'products',
  'bleeding.cup': 'products',
  'bleeding.softTampon': 'products',
  'bleeding.disk': 'products',
  'bleeding.none': 'products',
  'bleeding.other': 'products',
  'temperature.value': 'temperature',
  'temperature.time': 'temperature',
  'mucus.feeling': 'mucus',
  'mucus.texture': 'mucus',
  'mucus.value': 'mucus',
  'cervix.opening': 'cervix',
  'cervix.firmness': 'cervix',
  'cervix.position': 'cervix',
  'ovulationTest.result': 'tests',
  'pregnancyTest.result': 'tests',
  'pain.strength': 'pain',
  'pain.cramps': 'pain',
  'pain.ovulationPain': 'pain',
  'pain.headache': 'pain',
  'pain.backache': 'pain',
  'pain.nausea': 'pain',
  'pain.tenderBreasts': 'pain',
  'pain.migraine': 'pain',
  'pain.other': 'pain',
  'mood.happy': 'mood',
  'mood.sad': 'mood',
  'mood.stressed': 'mood',
  'mood.balanced': 'mood',
  'mood.fine': 'mood',
  'mood.anxious': 'mood',
  'mood.energetic': 'mood',
  'mood.fatigue': 'mood',
  'mood.angry': 'mood',
  'mood.other': 'mood',
  'symptom.tags': 'body',
  'medication.taken': 'body',
  'sleep.hours': 'body',
  'sleep.quality': 'body',
  'weight.value': 'body',
  'desire.value': 'intimacy',
  'sex.solo': 'intimacy',
  'sex.partner': 'intimacy',
  'sex.condom': 'intimacy',
  'sex.pill': 'intimacy',
  'sex.iud': 'intimacy',
  'sex.patch': 'intimacy',
  'sex.ring': 'intimacy',
  'sex.implant': 'intimacy',
  'sex.diaphragm': 'intimacy',
  'sex.none': 'intimacy',
  'sex.other': 'intimacy',
  'note.value': 'notes',
  'bleeding.note': 'notes',
  'pain.note': 'notes',
  'mood.note': 'notes',
  'temperature.note': 'notes',
  'sex.note': 'notes',
  'cycle.start': 'cycle',
  'cycle.exclude': 'cycle',
  'temperature.exclude': 'cycle',
  'bleeding.exclude': 'cycle',
  'mucus.exclude': 'cycle',
  'cervix.exclude': 'cycle',
}

/** Groups whose fields are not understood without their name. */
const named: ReadonlySet<FieldGroup> = new Set(['products', 'mucus', 'cervix', 'pain', 'mood'])

const isOfCycle = (field: FieldName): boolean =>
  field === 'cycle.start' || field === 'cycle.exclude'

/** The name of a field under the name of its group. */
function shortName(field: FieldName, text: Strings): string {
  const { choices, measures, words, texts, flags, day, importing } = text
  if (field === 'temperature.time') return day.time
  if (field === 'mucus.value') return importing.mucusQuality
  if (field === 'cycle.start') return day.cycleStarts.begins
  if (field in choices) return choices[field as keyof typeof choices].label
  if (field in measures) return measures[field as keyof typeof measures].label
  if (field in words) return words[field as keyof typeof words].label
  if (field in texts) return texts[field as keyof typeof texts]
  const flag = flags[field as FlagField]
  return groupOf[field] === 'cycle' && !isOfCycle(field) ? importing.leftOutField(flag) : flag
}

/** The name of a field alone. */
export function fieldName(field: FieldName, text: Strings): string {
  const group = groupOf[field]
  const name = shortName(field, text)
  return named.has(group) ? text.importing.inGroup(text.importing.groups[group], name) : name
}

/** A value of a field in words: its answer, or that it is so. */
export function valueName(field: FieldName, value: unknown, text: Strings): string {
  const { choices } = text
  if (!(field in choices) || typeof value !== 'number') return fieldName(field, text)
  const { label, options } = choices[field as keyof typeof choices]
  const { min } = fields[field as keyof typeof choices]
  return text.importing.inGroup(label, options[value - min] ?? String(value))
}

/** Fields by group, in order, as far as they are wanted. */
export function groupedFields(
  isWanted: (field: FieldName) => boolean,
): { group: FieldGroup; fields: FieldName[] }[] {
  const names = (Object.keys(groupOf) as FieldName[]).filter(isWanted)
  return [...Map.groupBy(names, (field) => groupOf[field])].map(([group, fields]) => ({
    group,
    fields,
  }))
}
