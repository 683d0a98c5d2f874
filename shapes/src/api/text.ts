/** Strings of the HTTP API that stand for bytes and identifiers. */
import * as v from 'valibot'
import { base64urlToBytes } from '../bytes/text.ts'
import { isUuid } from '../id.ts'

/** Base64url without padding, of `min` to `max` bytes. */
export const base64url = (min: number, max: number = min) =>
  v.pipe(
    v.string(),
    v.maxLength(Math.ceil((max * 4) / 3), `at most ${max} bytes`),
    v.regex(/^[A-Za-z0-9_-]*$/, 'base64url without padding'),
    v.check(
      (value) => {
        const bytes = base64urlToBytes(value)
        return bytes !== undefined && bytes.length >= min && bytes.length <= max
      },
      min === max ? `base64url of exactly ${min} bytes` : `base64url of ${min} to ${max} bytes`,
    ),
  )

/** A canonical UUID. */
export const uuidText = () =>
  v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/, 'a UUID in lower case'), v.check(isUuid, 'a UUID'))

export const sequence = () => v.pipe(v.number(), v.safeInteger(), v.minValue(0))
