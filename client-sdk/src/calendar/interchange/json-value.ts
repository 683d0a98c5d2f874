/**
 * JSON of other programs, read with care: bounded in depth and number of parts, and looked at through
 * own members only, so that a name like `__proto__` is a name like any other.
 */
import { failure, type ImportFailure } from './parsed-diary.ts'

/** Deeper than any format that is read; deeper text is of another kind. */
const maxDepth = 32
/** Objects and lists in one file; a file of the largest size with shorter entries is no diary. */
const maxParts = 1_500_000

export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object, and not a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of an object by its name; `undefined` when there is none, or no object. */
export const member = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** A member that is a list; empty when there is none. */
export function listMember(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name)
  return Array.isArray(found) ? found : []
}

/** A member that is a number, or a text that is one. */
export function numberMember(value: unknown, name: string): number | undefined {
  const found = member(value, name)
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** Whether a text begins like an object or a list. */
export const looksLikeJson = (text: string): boolean => /^\s*[{[]/.test(text)

/** Depth and number of objects and lists, without reading them; one pass over the text. */
function measure(text: string): { depth: number; parts: number } {
  let depth = 0
  let parts = 0
  let deepest = 0
  let isInText = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isInText) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) isInText = false
    } else if (code === 0x22) isInText = true
    else if (code === 0x5b || code === 0x7b) {
      parts += 1
      depth += 1
      deepest = Math.max(deepest, depth)
    } else if (code === 0x5d || code === 0x7d) depth -= 1
  }
  return { depth: deepest, parts }
}

/** The value of a text, or why it has none: `broken-json` when it is cut off or not JSON. */
export function readJson(text: string): { ok: true; value: unknown } | ImportFailure {
  const { depth, parts } = measure(text)
  if (depth > maxDepth) return failure('unknown-format')
  if (parts > maxParts) return failure('too-large')
  try {
    const value: unknown = JSON.parse(text)
    return { ok: true, value }
  } catch {
    return failure('broken-json')
  }
}
