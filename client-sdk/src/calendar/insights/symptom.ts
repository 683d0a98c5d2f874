/** What counts as a symptom: pains, moods, and words of her own. */
import { fieldNames, fields, type DayValues, type FieldName } from '../field.ts'

type GroupField = Extract<FieldName, `pain.${string}` | `mood.${string}`>

/** A field that says whether a symptom was there on a day. */
export type SymptomField = Exclude<GroupField, 'pain.note' | 'pain.strength' | 'mood.note'>

/** A symptom: a field of the table, or one of her own words. */
export type Symptom =
  | { readonly field: SymptomField }
  | { readonly field: 'symptom.tags'; readonly word: string }

const isSymptomField = (name: FieldName): name is SymptomField =>
  /^(?:pain|mood)\./.test(name) && fields[name].kind === 'flag'

const named: ReadonlyMap<string, Symptom> = new Map(
  fieldNames.filter(isSymptomField).map((field) => [field, { field }]),
)

/** The symptoms of a day, each once. */
export function symptomsOf(values: DayValues): Symptom[] {
  const found: Symptom[] = []
  // What a day holds is little of what it could hold.
  for (const [name, value] of Object.entries(values)) {
    const symptom = value === true && named.get(name)
    if (symptom) found.push(symptom)
  }
  for (const word of values['symptom.tags'] ?? []) found.push({ field: 'symptom.tags', word })
  return found
}

/** One text for each symptom, by which they are told apart and ordered. */
export const symptomKey = (symptom: Symptom): string =>
  symptom.field === 'symptom.tags' ? `${symptom.field} ${symptom.word}` : symptom.field
