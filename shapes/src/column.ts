/**
 * Columns as data: SQL type, TypeScript type and the way from the shape stream's text to a value.
 * The stream carries every value as Postgres prints it (`column::text`), `bytea` as `\x…`.
 */
import { hexToBytes } from './bytes/text.ts'
import { isUuid } from './id.ts'
import { Problem } from './problem.ts'

export interface Column<T> {
  readonly sqlType: 'uuid' | 'integer' | 'bytea'
  /** @throws {@link Problem} server/unintelligible when the text is not of the type. */
  parse(text: string): T
}

const unintelligible = (type: string): Problem =>
  new Problem('server/unintelligible', { detail: `a value is not of type ${type}` })

/** A 16-byte identifier. */
export const uuid = <Id extends string>(): Column<Id> => ({
  sqlType: 'uuid',
  parse(text) {
    if (!isUuid(text)) throw unintelligible('uuid')
    return text as Id
  },
})

export const integer = (): Column<number> => ({
  sqlType: 'integer',
  parse(text) {
    const value = Number(text)
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) throw unintelligible('integer')
    return value
  },
})

export const bytea = (): Column<Uint8Array> => ({
  sqlType: 'bytea',
  parse(text) {
    const bytes = text.startsWith('\\x') ? hexToBytes(text.slice(2)) : undefined
    if (!bytes) throw unintelligible('bytea')
    return bytes
  },
})
