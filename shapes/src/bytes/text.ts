/** Binary to text and back: base64url without padding (RFC 4648 §5) and hexadecimal. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** In place of a value, where a letter is not in the alphabet. */
const none = 256

/** The place of each letter in an alphabet by its code below 128. */
function placesOf(letters: string): Uint16Array {
  const places = new Uint16Array(128).fill(none)
  for (let place = 0; place < letters.length; place++) places[letters.charCodeAt(place)] = place
  return places
}

const sextets = placesOf(alphabet)

export function bytesToBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const letters = Math.min(bytes.length - i, 3) + 1
    for (let k = 0; k < letters; k++) text += alphabet[(group >> (18 - 6 * k)) & 63]
  }
  return text
}

/** Returns `undefined` for anything that {@link bytesToBase64url} would not have written. */
export function base64urlToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let pending = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const value = sextets[text.charCodeAt(i)] ?? none
    if (value === none) return undefined
    pending = ((pending << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (pending >> bits) & 0xff
    }
  }
  // Left-over bits must be zero, or two texts would name the same bytes.
  return pending & ((1 << bits) - 1) ? undefined : bytes
}

const octets = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

export function bytesToHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += octets[byte]
  return text
}

const digits = placesOf('0123456789abcdef')
for (const letter of 'abcdef') digits[letter.toUpperCase().charCodeAt(0)] = parseInt(letter, 16)

/** The byte that two hexadecimal digits stand for, or more than 255 where they are none. */
export function octetAt(text: string, at: number): number {
  const high = digits[text.charCodeAt(at)] ?? none
  return (high << 4) | (digits[text.charCodeAt(at + 1)] ?? none)
}

/** Returns `undefined` unless the text is an even number of hexadecimal digits. */
export function hexToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const octet = octetAt(text, 2 * i)
    if (octet > 255) return undefined
    bytes[i] = octet
  }
  return bytes
}
