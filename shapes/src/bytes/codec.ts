/**
 * Binary layouts as data. A codec writes and reads one value and names its own grammar; a layout is
 * a {@link struct} of codecs, so encoder, decoder, TypeScript type and the pinned wire schema have
 * one source. Integers are big-endian; decoding refuses wrong lengths and trailing bytes (W2).
 */
import { bytesToUuid, uuidToBytes } from '../id.ts'
import { concat } from './concat.ts'

export interface Codec<T> {
  /** Grammar of the value; part of the wire schema whose hash is pinned to `WIRE_VERSION`. */
  readonly grammar: string
  write(value: T): Uint8Array
  read(source: Source): T
}

/** A cursor over bytes; `take` throws when fewer than `length` are left. */
export interface Source {
  take(length: number): Uint8Array<ArrayBuffer>
  readonly left: number
}

export type Valued<C> = C extends Codec<infer T> ? T : never
export type Decoded<T> = { ok: true; value: T } | { ok: false; code: 'wire/malformed' }

/** Thrown inside codecs only; {@link decode} turns it into a value. */
const malformed = (what: string): Error => new RangeError(`Malformed bytes: ${what}`)

export function createSource(bytes: Uint8Array): Source {
  let at = 0
  return {
    take(length) {
      if (at + length > bytes.length) throw malformed('ends early')
      at += length
      return bytes.slice(at - length, at)
    },
    get left() {
      return bytes.length - at
    },
  }
}

export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  return codec.write(value)
}

/** Decodes exactly `bytes`: too short, too long and out of range are the same expected outcome. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): Decoded<T> {
  const source = createSource(bytes)
  try {
    const value = codec.read(source)
    return source.left === 0 ? { ok: true, value } : { ok: false, code: 'wire/malformed' }
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      return { ok: false, code: 'wire/malformed' }
    throw error
  }
}

function unsigned(size: 1 | 2 | 4 | 8): Codec<number> {
  const limit = Math.min(2 ** (8 * size) - 1, Number.MAX_SAFE_INTEGER)
  return {
    grammar: `u${8 * size}`,
    write(value) {
      if (!Number.isSafeInteger(value) || value < 0 || value > limit)
        throw new TypeError(`${value} is not a u${8 * size}`)
      const bytes = new Uint8Array(size)
      for (let i = size - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256))
        bytes[i] = rest % 256
      return bytes
    },
    read(source) {
      const value = source.take(size).reduce((sum, byte) => sum * 256 + byte, 0)
      if (value > limit) throw malformed('integer too large')
      return value
    },
  }
}

export const u8 = unsigned(1)
export const u16 = unsigned(2)
export const u32 = unsigned(4)
/** Sequence numbers and milliseconds; values above 2^53 − 1 are refused. */
export const u64 = unsigned(8)

/** Two's complement, 32 bits. */
export const i32: Codec<number> = {
  grammar: 'i32',
  write(value) {
    if ((value | 0) !== value) throw new TypeError(`${value} is not an i32`)
    return u32.write(value >>> 0)
  },
  read: (source) => u32.read(source) | 0,
}

/** Exactly `length` bytes. */
export function fixed(length: number): Codec<Uint8Array> {
  return {
    grammar: `bytes[${length}]`,
    write(value) {
      if (value.length !== length) throw new TypeError(`expected ${length} bytes`)
      return value
    },
    read: (source) => source.take(length),
  }
}

/** A 16-byte identifier, in TypeScript its UUID text form. */
export function id<Id extends string>(): Codec<Id> {
  return {
    grammar: 'id[16]',
    write: (value) => uuidToBytes(value),
    read: (source) => bytesToUuid<Id>(source.take(16)),
  }
}

/** One value and no other: versions, suites. */
export function literal<const N extends number>(codec: Codec<number>, value: N): Codec<N> {
  return {
    grammar: `${codec.grammar}=${value}`,
    write: () => codec.write(value),
    read(source) {
      if (codec.read(source) !== value) throw malformed('unknown version')
      return value
    },
  }
}

/** A name from a closed table, written as its number. */
export function choice<const Names extends Readonly<Record<string, number>>>(
  names: Names,
): Codec<Extract<keyof Names, string>> {
  type Name = Extract<keyof Names, string>
  const byNumber = new Map(Object.entries(names).map(([name, number]) => [number, name as Name]))
  return {
    grammar: `u8{${Object.entries(names)
      .map(([name, number]) => `${number}:${name}`)
      .join(',')}}`,
    write: (name) => u8.write(names[name]!),
    read(source) {
      const name = byNumber.get(u8.read(source))
      if (name === undefined) throw malformed('unknown kind')
      return name
    },
  }
}

/** Bytes behind their length. */
export function prefixed(length: Codec<number>, limit: number): Codec<Uint8Array> {
  return {
    grammar: `${length.grammar}‖bytes[≤${limit}]`,
    write(value) {
      if (value.length > limit) throw new TypeError(`more than ${limit} bytes`)
      return concat(length.write(value.length), value)
    },
    read(source) {
      const size = length.read(source)
      if (size > limit) throw malformed('too long')
      return source.take(size)
    },
  }
}

/** UTF-8 text behind its length; invalid UTF-8 is malformed. */
export function text(length: Codec<number>, limit: number): Codec<string> {
  const bytes = prefixed(length, limit)
  return {
    grammar: `utf8(${bytes.grammar})`,
    write: (value) => bytes.write(new TextEncoder().encode(value)),
    read: (source) =>
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.read(source)),
  }
}

/** Items behind their count. */
export function list<T>(count: Codec<number>, item: Codec<T>): Codec<readonly T[]> {
  return {
    grammar: `${count.grammar}×(${item.grammar})`,
    write: (values) => concat(count.write(values.length), ...values.map((v) => item.write(v))),
    read: (source) => Array.from({ length: count.read(source) }, () => item.read(source)),
  }
}

/** Absent or present, behind a byte 0 or 1. */
export function optional<T>(item: Codec<T>): Codec<T | undefined> {
  return {
    grammar: `[${item.grammar}]`,
    write: (value) => (value === undefined ? u8.write(0) : concat(u8.write(1), item.write(value))),
    read(source) {
      const present = u8.read(source)
      if (present > 1) throw malformed('neither absent nor present')
      return present ? item.read(source) : undefined
    },
  }
}

/** Whatever is left. Only as the last field of a layout. */
export const rest: Codec<Uint8Array> = {
  grammar: 'bytes*',
  write: (value) => value,
  read: (source) => source.take(source.left),
}

type Fields = Readonly<Record<string, Codec<never>>>
type Struct<F> = { -readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never }

/** Named fields in the order of the literal. */
export function struct<F extends { readonly [K in keyof F]: Codec<never> | Codec<unknown> }>(
  fields: F,
): Codec<Struct<F>> {
  const entries = Object.entries(fields as Fields) as [string, Codec<unknown>][]
  return {
    grammar: entries.map(([name, codec]) => `${name}:${codec.grammar}`).join('‖'),
    write(value) {
      const record = value as Record<string, unknown>
      return concat(...entries.map(([name, codec]) => codec.write(record[name])))
    },
    read: (source) =>
      Object.fromEntries(entries.map(([name, codec]) => [name, codec.read(source)])) as Struct<F>,
  }
}
