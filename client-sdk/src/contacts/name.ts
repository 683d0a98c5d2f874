/** Names of people that are typed here: one line of text, short enough for every message that carries one. */
import { limits, utf8 } from '@selene/shapes'
import { plainLine } from '../core/plain-text.ts'

/** A name that was typed here. @throws TypeError when it has more than 120 bytes. */
export function ownedName(typed: string): string {
  const name = plainLine(typed)
  if (utf8(name).length > limits.nameBytes)
    throw new TypeError(`a name has at most ${limits.nameBytes} bytes`)
  return name
}
