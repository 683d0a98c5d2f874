/**
 * What she changed, shown at once and until the stored day says the same. A change counts as stored when
 * its edit has resolved; the day is read again a moment later, and only then is there nothing left to
 * show ahead of it. Pure.
 */
import type { Day } from '@selene/client-sdk'
import type { DayChange } from '@selene/client-sdk/calendar'

type Values = Day['values']

/** By field. */
export type Ahead = Readonly<
  Record<string, { readonly value: unknown; readonly isStored: boolean }>
>

const filtered = (ahead: Ahead, keep: (field: string) => boolean): Ahead => {
  const kept = Object.entries(ahead).filter(([field]) => keep(field))
  return kept.length === Object.keys(ahead).length ? ahead : Object.fromEntries(kept)
}

/** A newer change of a field is not what this change left there. */
const isOf = (change: DayChange, ahead: Ahead, field: string): boolean =>
  Object.hasOwn(change, field) && (change as Record<string, unknown>)[field] === ahead[field]?.value

/** With what she changed just now. */
export const withChange = (ahead: Ahead, change: DayChange): Ahead => ({
  ...ahead,
  ...Object.fromEntries(
    Object.entries(change).map(([field, value]) => [field, { value, isStored: false }]),
  ),
})

/** This change is durable; the day that is shown may not have it yet. */
export const withStored = (ahead: Ahead, change: DayChange): Ahead =>
  Object.fromEntries(
    Object.entries(ahead).map(([field, entry]) => [
      field,
      isOf(change, ahead, field) ? { ...entry, isStored: true } : entry,
    ]),
  )

/** Without what this change left: it could not be stored, or the day has had time to follow. */
export const withoutChange = (ahead: Ahead, change: DayChange): Ahead =>
  filtered(ahead, (field) => !isOf(change, ahead, field))

/** Without what is stored and in the day; the same object when nothing goes. */
export const withoutSettled = (ahead: Ahead, values: Values): Ahead =>
  filtered(ahead, (field) => {
    const { value, isStored } = ahead[field]!
    return !isStored || ((values as Record<string, unknown>)[field] ?? null) !== value
  })

/** The values as they will be once all is stored. */
export const shownValues = (values: Values, ahead: Ahead): Values =>
  Object.fromEntries(
    Object.entries({
      ...values,
      ...Object.fromEntries(Object.entries(ahead).map(([field, { value }]) => [field, value])),
    }).filter(([, value]) => value !== null),
  )
