/**
 * What she changed, shown at once and until what is stored says the same. A change counts as stored when
 * its write has resolved; the values are read again a moment later, and only then is there nothing left
 * to show ahead of them. Pure.
 */

/** What is stored, by name; absent is what has no value. */
export type Values = Readonly<Record<string, unknown>>

/** New values by name; `null` takes one away. */
export type Change = Readonly<Record<string, unknown>>

/** By name. */
export type Ahead = Readonly<
  Record<string, { readonly value: unknown; readonly isStored: boolean }>
>

const filtered = (ahead: Ahead, keep: (name: string) => boolean): Ahead => {
  const kept = Object.entries(ahead).filter(([name]) => keep(name))
  return kept.length === Object.keys(ahead).length ? ahead : Object.fromEntries(kept)
}

/** Whether two values are the same data: what has crossed from the worker is never the same object. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [a as Values, b as Values]
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  )
}

/** A newer change of a value is not what this change left there. */
const isOf = (change: Change, ahead: Ahead, name: string): boolean =>
  Object.hasOwn(change, name) && isSame(change[name], ahead[name]?.value)

/** With what she changed just now. */
export const withChange = (ahead: Ahead, change: Change): Ahead => ({
  ...ahead,
  ...Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, { value, isStored: false }]),
  ),
})

/** This change is durable; what is shown may not have it yet. */
export const withStored = (ahead: Ahead, change: Change): Ahead =>
  Object.fromEntries(
    Object.entries(ahead).map(([name, entry]) => [
      name,
      isOf(change, ahead, name) ? { ...entry, isStored: true } : entry,
    ]),
  )

/** Without what this change left: it could not be stored, or the values have had time to follow. */
export const withoutChange = (ahead: Ahead, change: Change): Ahead =>
  filtered(ahead, (name) => !isOf(change, ahead, name))

/** Without what is stored and in the values; the same object when nothing goes. */
export const withoutSettled = (ahead: Ahead, values: Values): Ahead =>
  filtered(ahead, (name) => {
    const { value, isStored } = ahead[name]!
    return !isStored || !isSame(values[name] ?? null, value)
  })

/** The values as they will be once all is stored. */
export const shownValues = <V extends Values>(values: V, ahead: Ahead): V =>
  Object.fromEntries(
    Object.entries({
      ...values,
      ...Object.fromEntries(Object.entries(ahead).map(([name, { value }]) => [name, value])),
    }).filter(([, value]) => value !== null),
  ) as V
