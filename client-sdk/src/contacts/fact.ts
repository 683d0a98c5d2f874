/** Facts of the document `contacts`: JSON in a register, bytes as base64url. */
import { base64urlToBytes, bytesToBase64url } from '@selene/shapes'
import * as v from 'valibot'
import type { RegisterValue } from '../docs/register.ts'

/** Bytes of any length but none, as text. */
export const someBytes = () =>
  v.pipe(
    v.string(),
    v.transform((text): Uint8Array => base64urlToBytes(text) ?? new Uint8Array(0)),
    v.check((value) => value.length > 0),
  )

export const fixedBytes = (length: number) =>
  v.pipe(
    someBytes(),
    v.check((value) => value.length === length),
  )

/** Foreign input: what does not follow its layout counts as absent. */
export function parseFact<S extends v.GenericSchema>(
  schema: S,
  value: RegisterValue | undefined,
): v.InferOutput<S> | undefined {
  if (typeof value !== 'string') return undefined
  try {
    const parsed = v.safeParse(schema, JSON.parse(value))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

export const factText = (value: object): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? bytesToBase64url(part) : part,
  )
