/**
 * Links that open the platform's own composer with a text to somebody without the app: `sms:` (RFC 5724) and `mailto:`
 * (RFC 6068). Nothing is sent by making one, and nothing is in it but what is given here. iOS takes what follows
 * `&body=`, Android what follows `?body=`: `?&body=` is read by both.
 */
import type { Position } from './position.ts'

/** Somebody who is reached by telephone or mail. */
export interface Reachable {
  readonly kind: 'phone' | 'email'
  /** What she calls them. */
  readonly name: string
  /** A number of digits, after a plus where it is international; or an e-mail address. */
  readonly address: string
}

export interface PlainMessage {
  readonly text: string
  /** Of a mail. */
  readonly subject: string
  /** Only where she has chosen to say where she is: whoever carries the message reads it. */
  readonly position?: Position
}

/** Decimal places of a degree: 5 are about a metre. */
const places = 5

/** A place as it stands in a message: numbers that any map takes, how exact they are, and a map that opens by a tap. */
function placeLines({ latitude, longitude, accuracyMetres }: Position): string[] {
  const [north, east] = [latitude, longitude].map((degrees) => degrees.toFixed(places))
  return [
    `${north}, ${east} (± ${Math.ceil(accuracyMetres)} m)`,
    `https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=17/${north}/${east}`,
  ]
}

/** Half a character cannot be encoded, and is no part of a message. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

/** The part before the @ may hold what else would end the address. */
const encodedMail = (address: string): string => address.split('@').map(encoded).join('@')

/** The link for one person: several in one `sms:` are not understood everywhere. */
export function messageLink(
  { kind, address }: Pick<Reachable, 'kind' | 'address'>,
  { text, subject, position }: PlainMessage,
): string {
  const lines = [...text.split(/\r\n|\r|\n/), ...(position ? placeLines(position) : [])]
  if (kind === 'phone') return `sms:${address}?&body=${encoded(lines.join('\n'))}`
  const body = encoded(lines.join('\r\n'))
  return `mailto:${encodedMail(address)}?subject=${encoded(subject)}&body=${body}`
}
