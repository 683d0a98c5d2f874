/** Names of people: one line of text, short enough for every message that carries one. */
import { limits, utf8 } from '@selene/shapes'

/** Control characters, and those that turn the direction of the text around them. */
const unprintable = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu

/** What of a foreign text is shown as a name. */
export const plainName = (text: string): string =>
  text.toWellFormed().replaceAll(unprintable, '').trim()

/** A name that was typed here. @throws TypeError when it has more than 120 bytes. */
export function ownedName(typed: string): string {
  const name = plainName(typed)
  if (utf8(name).length > limits.nameBytes)
    throw new TypeError(`a name has at most ${limits.nameBytes} bytes`)
  return name
}
