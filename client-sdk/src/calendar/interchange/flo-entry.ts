/** What the entries of Flo's lists have in common. */
import type { Gathering } from './gathering.ts'
import { isObject, member, type JsonObject } from './json-value.ts'

/** Whether a member holds anything. */
export const isSaying = (value: unknown): boolean =>
  !(value === null || value === false || value === 0 || value === '' || value === '{}') &&
  !(isObject(value) && Object.keys(value).length === 0)

/** A member that is an object, or one that is written as text; empty when there is none. */
export function objectMember(entry: unknown, name: string): JsonObject {
  const value = member(entry, name)
  if (isObject(value)) return value
  try {
    const read: unknown = typeof value === 'string' ? JSON.parse(value) : undefined
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}

/** Whether an entry is marked as deleted; then it is counted, and not to be read. */
export function isDeleted(gathering: Gathering, entry: unknown): boolean {
  const isMarked = member(entry, 'deleted') === true
  if (isMarked) gathering.remark('deleted-left-out')
  return isMarked
}
