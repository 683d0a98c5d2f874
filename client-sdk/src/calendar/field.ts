/**
 * The fields of a day, as a closed table; limits, SQL columns and checks all come from here. The flat
 * dotted names of the first part are the column names of drip's CSV, in the order in which an export
 * writes them; the second part is what drip has no column for.
 */

/** What a field may hold. Bounds are inclusive; outside `usual` a value is possible, yet odd. */
export type Field =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'decimal'
      readonly min: number
      readonly max: number
      readonly usual: readonly [number, number]
      readonly unit: string
    }
  | { readonly kind: 'flag' }
  /** Local wall-clock time `HH:MM`, 00:00 to 23:59. */
  | { readonly kind: 'time' }
  /** Text of 1 to `maxLength` UTF-16 code units; no text is said by leaving the field out. */
  | { readonly kind: 'text'; readonly maxLength: number }
  /** Her own words, each once and in order; at most `maxCount` of `maxLength` UTF-16 code units. */
  | { readonly kind: 'tags'; readonly maxCount: number; readonly maxLength: number }

const integer = <const Min extends number, const Max extends number>(min: Min, max: Max) =>
  ({ kind: 'integer', min, max }) as const
const flag = { kind: 'flag' } as const
const time = { kind: 'time' } as const
/** Six such texts of the longest code points fit into one sealed update (W32). */
const text = { kind: 'text', maxLength: 10_000 } as const

const tags = { kind: 'tags', maxCount: 30, maxLength: 60 } as const

const dripFields = {
  /** Waking temperature. */
  'temperature.value': { kind: 'decimal', min: 30, max: 45, usual: [35, 38.5], unit: '°C' },
  'temperature.exclude': flag,
  'temperature.time': time,
  'temperature.note': text,
  /** 0 spotting, 1 light, 2 medium, 3 heavy. */
  'bleeding.value': integer(0, 3),
  'bleeding.exclude': flag,
  'bleeding.pad': flag,
  'bleeding.tampon': flag,
  'bleeding.underwear': flag,
  'bleeding.cup': flag,
  'bleeding.softTampon': flag,
  'bleeding.disk': flag,
  'bleeding.none': flag,
  'bleeding.other': flag,
  'bleeding.note': text,
  /** 0 dry, 1 nothing, 2 wet, 3 slippery. */
  'mucus.feeling': integer(0, 3),
  /** 0 none, 1 creamy, 2 like egg white. */
  'mucus.texture': integer(0, 2),
  /** Quality that follows from feeling and texture: 0 t, 1 Ø, 2 f, 3 S, 4 S+. */
  'mucus.value': integer(0, 4),
  'mucus.exclude': flag,
  /** 0 closed, 1 medium, 2 open. */
  'cervix.opening': integer(0, 2),
  /** 0 hard, 1 soft. */
  'cervix.firmness': integer(0, 1),
  /** 0 low, 1 medium, 2 high. */
  'cervix.position': integer(0, 2),
  'cervix.exclude': flag,
  'note.value': text,
  /** 0 low, 1 medium, 2 high. */
  'desire.value': integer(0, 2),
  'sex.solo': flag,
  'sex.partner': flag,
  'sex.condom': flag,
  'sex.pill': flag,
  'sex.iud': flag,
  'sex.patch': flag,
  'sex.ring': flag,
  'sex.implant': flag,
  'sex.diaphragm': flag,
  'sex.none': flag,
  'sex.other': flag,
  'sex.note': text,
  'pain.cramps': flag,
  'pain.ovulationPain': flag,
  'pain.headache': flag,
  'pain.backache': flag,
  'pain.nausea': flag,
  'pain.tenderBreasts': flag,
  'pain.migraine': flag,
  'pain.other': flag,
  'pain.note': text,
  'mood.happy': flag,
  'mood.sad': flag,
  'mood.stressed': flag,
  'mood.balanced': flag,
  'mood.fine': flag,
  'mood.anxious': flag,
  'mood.energetic': flag,
  'mood.fatigue': flag,
  'mood.angry': flag,
  'mood.other': flag,
  'mood.note': text,
} as const satisfies Readonly<Record<string, Field>>

const ownFields = {
  /** Bleeding that keeps her from daily life, which is what makes it heavy (FIGO 2018). */
  'bleeding.interferes': flag,
  /** Hormone in urine: 0 low, 1 high, 2 peak, the day of the LH surge. */
  'ovulationTest.result': integer(0, 2),
  /** 0 negative, 1 positive. */
  'pregnancyTest.result': integer(0, 1),
  /** 1 mild, 2 moderate, 3 severe. */
  'pain.strength': integer(1, 3),
  /** Symptoms in her own words. */
  'symptom.tags': tags,
  /** Medication that was taken, in her own words. */
  'medication.taken': tags,
  'sleep.hours': { kind: 'decimal', min: 0, max: 24, usual: [3, 14], unit: 'h' },
  /** 0 poor, 1 fair, 2 good. */
  'sleep.quality': integer(0, 2),
  'weight.value': { kind: 'decimal', min: 20, max: 400, usual: [35, 180], unit: 'kg' },
  /** Her word on whether a cycle begins on this day; it stands above what bleeding says. */
  'cycle.start': flag,
  /** The cycle in which this day lies is left out of statistics and predictions. */
  'cycle.exclude': flag,
} as const satisfies Readonly<Record<string, Field>>

/** Every field of a day: what it may hold, by name. */
export const fields = { ...dripFields, ...ownFields } as const

/** Name of a field of the day. */
export type FieldName = keyof typeof fields

interface ValueOfKind {
  readonly integer: number
  readonly decimal: number
  readonly flag: boolean
  readonly time: string
  readonly text: string
  readonly tags: readonly string[]
}

/** Type of a field's value. */
export type FieldValue<F extends FieldName = FieldName> = ValueOfKind[(typeof fields)[F]['kind']]

/** What a day holds; an absent field was not logged. */
export type DayValues = { readonly [F in FieldName]?: FieldValue<F> }

/** A change of a day: `null` clears a field, an absent field stays as it is. */
export type DayChange = { readonly [F in FieldName]?: FieldValue<F> | null }

/** All field names, in the order of the table. */
export const fieldNames = Object.keys(fields) as readonly FieldName[]

/** The columns of drip's CSV, in their order. */
export const dripFieldNames = Object.keys(dripFields) as readonly (keyof typeof dripFields)[]

/** Whether a name is in the table. */
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name)

/** The column of a field in SQL: `bleeding.softTampon` is `bleeding_soft_tampon`. */
export const sqlColumn = (field: FieldName): string =>
  field.replace('.', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const sqlTypes = {
  integer: 'smallint',
  decimal: 'double precision',
  flag: 'boolean',
  time: 'text',
  text: 'text',
  tags: 'text[]',
} as const satisfies Readonly<Record<Field['kind'], string>>

/** Type of a field's SQL column; each is read back as the field's TypeScript type. */
export const sqlType = (field: FieldName): (typeof sqlTypes)[Field['kind']] =>
  sqlTypes[fields[field].kind]
