/**
 * The text of a file that comes as bytes or as text already: UTF-8, or UTF-16 with a byte order mark.
 * It is no larger than {@link importMaxBytes} and carries no byte order mark.
 */
import type { ImportFault } from './import-fault.ts'
import { failure, type ImportFailure, type ParsedDiary } from './parsed-diary.ts'

/** Largest file that is read, in bytes: 10 MiB, some hundred years of full days. */
export const importMaxBytes = 10 * 1_048_576

/** A file, as bytes or as text. */
export type ImportSource = string | Uint8Array

type SourceText =
  | { readonly ok: true; readonly text: string; readonly faults: readonly ImportFault[] }
  | ImportFailure

/** Marks at the beginning of a file: byte order marks, and archives that hold files (ZIP, gzip). */
const beginnings = [
  { bytes: [0xef, 0xbb, 0xbf], means: 'utf-8' },
  { bytes: [0xff, 0xfe], means: 'utf-16le' },
  { bytes: [0xfe, 0xff], means: 'utf-16be' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], means: 'packed' },
  { bytes: [0x1f, 0x8b], means: 'packed' },
] as const

const badBytes: ImportFault = { code: 'bad-bytes' }

function decode(bytes: Uint8Array): SourceText {
  const found = beginnings.find((mark) => mark.bytes.every((byte, i) => bytes[i] === byte))
  if (found?.means === 'packed') return failure('packed')
  const encoding = found?.means ?? 'utf-8'
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), faults: [] }
  } catch {
    return { ok: true, text: new TextDecoder(encoding).decode(bytes), faults: [badBytes] }
  }
}

const isTooLarge = (text: string): boolean =>
  text.length > importMaxBytes ||
  (text.length * 3 > importMaxBytes && new TextEncoder().encode(text).length > importMaxBytes)

/** Every second byte of plain text in UTF-16 is zero; read as UTF-8, so is every second character. */
function isMisread(text: string): boolean {
  const start = text.slice(0, 1000)
  return start.split('\0').length - 1 > start.length / 4
}

/** Returns the text of a file, or why there is none. */
export function readSource(source: ImportSource): SourceText {
  if (typeof source === 'string' ? isTooLarge(source) : source.length > importMaxBytes)
    return failure('too-large')
  const read: SourceText =
    typeof source === 'string' ? { ok: true, text: source, faults: [] } : decode(source)
  if (!read.ok) return read
  if (read.text.startsWith('PK\u0003\u0004')) return failure('packed')
  if (isMisread(read.text)) return failure('encoding')
  return { ...read, text: read.text.replace(/^\uFEFF/, '') }
}

/** Reads a file by its text; what was wrong with its bytes is the first of the faults. */
export function fromSource(source: ImportSource, read: (text: string) => ParsedDiary): ParsedDiary {
  const found = readSource(source)
  if (!found.ok) return found
  const parsed = read(found.text)
  return parsed.ok && found.faults.length > 0
    ? { ...parsed, faults: [...found.faults, ...parsed.faults] }
    : parsed
}
