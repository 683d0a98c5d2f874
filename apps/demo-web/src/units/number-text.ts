/** Numbers as people write and read them. Pure. */

/** Digits after the point: a thermometer shows no more. */
export const shownDecimals = 2

const written = /^\d{1,4}(\.\d{0,2})?$/

/** What a text says, with comma or point; `undefined` when it is no such number. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  return written.test(trimmed) ? Number(trimmed) : undefined
}

/** A number for her to read and to change: with her separator, and none between thousands. */
export const numberText = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, {
    useGrouping: false,
    maximumFractionDigits: shownDecimals,
  }).format(value)
