/** Text of other people, and text that is typed here, before it is stored or shown. */

/** What no store takes: Postgres refuses U+0000, UTF-8 has no lone surrogates. */
const unstorable = /\0/g

/** Ends of lines, of any script. */
const breaks = /[\n\r\v\f\u0085\u2028\u2029]+/g

/** Control characters, and those that cannot be seen or turn the direction of the text around them. */
const unprintable = /[\p{Cc}\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/** The text without what cannot be stored or sent. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll(unstorable, '')

/** What of a foreign text is shown: one line of what can be seen. */
export const plainLine = (text: string): string =>
  text.toWellFormed().replaceAll(breaks, ' ').replaceAll(unprintable, '').trim()
