/**
 * How values cross the database port, the same for every implementation: one table of parsers by
 * type OID, and the session settings that fix how Postgres prints a value.
 */
import type { SqlValue } from './db.ts'

const oid = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  jsonb: 3802,
} as const

type Parse = (text: string) => unknown

const asText: Parse = (text) => text

/** Reads `\x…`; the copy is a plain Uint8Array that owns its memory, not a slice of Node's pool. */
const parseBytea = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'))

/** Writes `\x…`; what is text already is taken to be that. */
export const printBytea = (value: Uint8Array | string): string =>
  typeof value === 'string'
    ? value
    : `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`

/** Parsers by type OID; a type that is not here stays the text Postgres prints. */
export const parsers: Readonly<Record<number, Parse>> = {
  [oid.bool]: (text) => text === 't',
  [oid.bytea]: parseBytea,
  [oid.int8]: BigInt,
  [oid.int2]: Number,
  [oid.int4]: Number,
  [oid.oid]: Number,
  [oid.json]: (text) => JSON.parse(text) as unknown,
  [oid.jsonb]: (text) => JSON.parse(text) as unknown,
  [oid.float4]: Number,
  [oid.float8]: Number,
  [oid.timestamptz]: (text) => new Date(text),
  [oid.date]: asText,
  [oid.timestamp]: asText,
}

/** The OID of `bytea`. */
export const byteaType = oid.bytea

/** The parser of a type; text when there is none. */
export const parserOf = (type: number): Parse => parsers[type] ?? asText

/** A parameter as both drivers take it: instants as ISO 8601 in UTC, whatever the process's zone. */
export const toParameter = (value: SqlValue): Exclude<SqlValue, Date> =>
  value instanceof Date ? value.toISOString() : value

/** Session settings under which `column::text` prints the same text on every connection. */
export const sessionSettings: Readonly<Record<string, string>> = {
  bytea_output: 'hex',
  datestyle: 'ISO,DMY',
  extra_float_digits: '1',
  intervalstyle: 'iso_8601',
  timezone: 'UTC',
}
