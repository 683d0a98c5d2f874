/**
 * Makes messages of the rows that a copy sends, byte by byte: the same as `rowMessageSql` lets Postgres make, at a
 * fraction of what that costs. The rows come in the binary format of COPY with every column as text.
 *
 * | bytes | of |
 * |---|---|
 * | 11 ‖ u32 flags ‖ u32‖extension | the header, before the first row |
 * | u16 count ‖ count×(i32 length, −1 for null ‖ UTF-8) | a row |
 * | i16 −1 | the end |
 */
import type { Body } from './bodies.ts'
import { keyPrefix } from './shape-sql.ts'
import type { Question } from './question.ts'

export interface RowWriter {
  /** Takes a message of the copy. */
  take(message: Uint8Array): void
  /** The chunks, of which there is at least one; `undefined` when they are larger than they may be in all. */
  end(): readonly Body[] | undefined
}

const quote = 0x22
const comma = 0x2c
const backslash = 0x5c
const slash = 0x2f
/** `u`. */
const fourDigits = 0x75
const headerBytes = 15
/** The first of `PGCOPY`; a row begins with the upper half of a number of columns, which is far less. */
const headerMark = 0x50
const endMark = 0xff

/** What follows a backslash, for bytes that JSON writes so; `u` with four digits for the other ones below a space. */
const escapes = new Uint8Array(256)
escapes.fill(fourDigits, 0, 0x20)
for (const [byte, letter] of Object.entries({ 8: 'b', 9: 't', 10: 'n', 12: 'f', 13: 'r' }))
  escapes[Number(byte)] = letter.charCodeAt(0)
escapes[quote] = quote
escapes[backslash] = backslash

/** The longest that a byte becomes, `\\u00xx`. */
const longestEscape = 6
/** Rows of more bytes are looked through first: room for the worst case would be too much. */
const longRow = 100_000
/** What is reserved for messages at first; a chunk of at most so many bytes is reserved whole after that. */
const firstBytes = 65_536
const mostReserved = 20_000_000
/** From this length on a native copy is faster than a loop. */
const longPart = 64

/** Bytes that are written so far, with room for more. */
interface Output {
  bytes: Buffer<ArrayBuffer>
  length: number
}

// What follows runs for every byte of every row: plain loops over the bytes, which the engine makes fast.

function addPart(part: Uint8Array, output: Output): void {
  const { bytes, length } = output
  for (let index = 0; index < part.length; index++) bytes[length + index] = part[index]!
  output.length = length + part.length
}

/** Adds what a byte is that may not stand as it is; returns where the next one goes. */
function addEscape(byte: number, bytes: Buffer, at: number): number {
  const letter = escapes[byte]!
  bytes[at] = backslash
  bytes[at + 1] = letter
  if (letter !== fourDigits) return at + 2
  return at + 2 + bytes.write(byte.toString(16).padStart(4, '0'), at + 2, 'latin1')
}

/** Adds a text as JSON has it between quotes. */
function addText(from: Uint8Array, start: number, end: number, output: Output): void {
  const { bytes } = output
  let at = output.length
  for (let index = start; index < end; index++) {
    const byte = from[index]!
    if (escapes[byte] === 0) bytes[at++] = byte
    else at = addEscape(byte, bytes, at)
  }
  output.length = at
}

/** The same of a long text, of which the part before the first escape is copied whole. */
function addLongText(from: Uint8Array, start: number, end: number, output: Output): void {
  let plain = start
  while (plain < end && escapes[from[plain]!] === 0) plain += 1
  output.bytes.set(from.subarray(start, plain), output.length)
  output.length += plain - start
  addText(from, plain, end, output)
}

/** The same of a part of a key, in which a slash is doubled. */
function addKey(from: Uint8Array, start: number, end: number, output: Output): void {
  const { bytes } = output
  let at = output.length
  for (let index = start; index < end; index++) {
    const byte = from[index]!
    if (escapes[byte] === 0) bytes[at++] = byte
    else at = addEscape(byte, bytes, at)
    if (byte === slash) bytes[at++] = slash
  }
  output.length = at
}

const int32At = (row: Uint8Array, at: number): number =>
  (row[at]! << 24) | (row[at + 1]! << 16) | (row[at + 2]! << 8) | row[at + 3]!

/** The most bytes that a row's columns may become. */
function mostBytesOf(row: Uint8Array): number {
  if (row.length < longRow) return longestEscape * row.length
  let most = row.length
  for (const byte of row) if (byte === slash || escapes[byte] !== 0) most += longestEscape - 1
  return most
}

/** The parts of a message that are the same in all of them. */
function partsOf({ relation, columns }: Question) {
  const headers = { operation: 'insert', relation: [relation.schema, relation.name] }
  const names = columns.map((name, index) => `${index === 0 ? '' : ','}${JSON.stringify(name)}:`)
  const parts = {
    before: Buffer.from(`{"key":${JSON.stringify(keyPrefix(relation)).slice(0, -1)}`),
    beforeKey: Buffer.from('/\\"'),
    afterKey: Buffer.from('\\"'),
    between: Buffer.from('","value":{'),
    texts: names.map((name) => Buffer.from(`${name}"`)),
    nulls: names.map((name) => Buffer.from(`${name}null`)),
    after: Buffer.from(`},"headers":${JSON.stringify(headers)}}`),
    keys: relation.key.map((name) => columns.indexOf(name)),
  }
  const all = [parts.before, parts.between, parts.after, ...parts.texts, ...parts.nulls]
  const bytes = all.reduce((sum, { length }) => sum + length, 0)
  return { ...parts, bytes: bytes + columns.length + 10 * parts.keys.length }
}

interface Limits {
  /** Of a chunk, which ends with the message that makes it so large. */
  readonly chunkBytes: number
  /** Of all. */
  readonly mostBytes: number
}

/** @param begun Is given the first chunk as soon as it is known that another follows. */
export function createRowWriter(
  question: Question,
  limits: Limits,
  begun: (first: Body) => void = () => {},
): RowWriter {
  const parts = partsOf(question)
  const count = question.columns.length
  const starts = Array.from({ length: count }, () => 0)
  const ends = Array.from({ length: count }, () => 0)
  const output: Output = { bytes: Buffer.allocUnsafeSlow(firstBytes), length: 0 }
  let messageBytes = 0
  let chunks: Body[] = []
  let bytes = 0
  let isFirst = true

  /** Finds the columns of a row; a null ends before it begins. */
  function find(row: Uint8Array, from: number): void {
    let at = from
    for (let column = 0; column < count; column++) {
      const length = int32At(row, at)
      starts[column] = at + 4
      ends[column] = at + 4 + length
      at += 4 + Math.max(0, length)
    }
  }

  function addColumn(row: Uint8Array, column: number): void {
    const start = starts[column]!
    const end = ends[column]!
    if (end < start) return addPart(parts.nulls[column]!, output)
    addPart(parts.texts[column]!, output)
    if (end - start < longPart) addText(row, start, end, output)
    else addLongText(row, start, end, output)
    output.bytes[output.length++] = quote
  }

  function addMessage(row: Uint8Array): void {
    addPart(parts.before, output)
    for (const column of parts.keys) {
      addPart(parts.beforeKey, output)
      addKey(row, starts[column]!, ends[column]!, output)
      addPart(parts.afterKey, output)
    }
    addPart(parts.between, output)
    for (let column = 0; column < count; column++) addColumn(row, column)
    addPart(parts.after, output)
  }

  /** Grows at once to what a chunk needs: memory that is let go of costs more than memory that is not used. */
  function reserve(more: number): void {
    const { bytes: small, length } = output
    if (length + more <= small.length) return
    const enough = limits.chunkBytes + firstBytes
    const isMuch = length + more > enough || limits.chunkBytes > mostReserved
    output.bytes = Buffer.allocUnsafeSlow(isMuch ? 2 * (length + more) : enough)
    output.bytes.set(small.subarray(0, length))
  }

  function cut(): void {
    const { bytes: all, length } = output
    bytes += length
    const isFull = length > all.length / 2
    const chunk = all.subarray(0, length)
    if (bytes > limits.mostBytes) chunks = []
    else chunks.push(isFull ? chunk : new Uint8Array(chunk))
    if (isFull) output.bytes = Buffer.allocUnsafeSlow(firstBytes)
    output.length = 0
    messageBytes = 0
  }

  return {
    take(row) {
      const isHeader = isFirst && row[0] === headerMark
      isFirst = false
      const at = isHeader ? headerBytes + 4 + int32At(row, headerBytes) : 0
      if (row.length < at + 2 || row[at] === endMark) return
      const [first] = chunks
      if (first && chunks.length === 1 && output.length === 0) begun(first)
      find(row, at + 2)
      // Keys stand in it twice.
      reserve(parts.bytes + 2 * mostBytesOf(row))
      if (output.length > 0) output.bytes[output.length++] = comma
      const before = output.length
      addMessage(row)
      messageBytes += output.length - before
      if (messageBytes >= limits.chunkBytes) cut()
    },
    end() {
      if (output.length > 0 || bytes === 0) cut()
      return bytes > limits.mostBytes ? undefined : chunks
    },
  }
}
