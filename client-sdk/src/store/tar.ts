/**
 * Tar archives (POSIX.1-2017 pax, "ustar Interchange Format") as far as directories of a database need them: files and
 * directories by name. Numbers are octal.
 */
import { concat, utf8 } from '@selene/shapes'
import type { DatabaseEntry } from './files.ts'

const blockBytes = 512
const text = new TextDecoder()

function field(header: Uint8Array, at: number, length: number): string {
  const bytes = header.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return text.decode(end === -1 ? bytes : bytes.subarray(0, end))
}

const trimmed = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')

function nameOf(header: Uint8Array): string {
  const name = field(header, 0, 100)
  const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : ''
  return trimmed(prefix === '' ? name : `${prefix}/${name}`)
}

/** Entries in the order of the archive. @throws TypeError for what is no such archive. */
export function* readTar(archive: Uint8Array): Generator<DatabaseEntry> {
  for (let at = 0; at + blockBytes <= archive.length;) {
    const header = archive.subarray(at, at + blockBytes)
    // An archive ends with blocks of zeros.
    if (header[0] === 0) return
    const size = Number.parseInt(field(header, 124, 12).trim() || '0', 8)
    const start = at + blockBytes
    if (!Number.isInteger(size) || start + size > archive.length)
      throw new TypeError('not a tar archive of a database')
    const path = nameOf(header)
    const type = field(header, 156, 1)
    if (type === '5') {
      if (path !== '') yield { path, kind: 'directory' }
    } else if (type === '0' || type === '')
      yield { path, kind: 'file', content: archive.subarray(start, start + size) }
    else throw new TypeError('the archive holds more than files and directories')
    at = start + Math.ceil(size / blockBytes) * blockBytes
  }
}

const checksumAt = 148
const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

function headerOf(entry: DatabaseEntry): Uint8Array {
  const isDirectory = entry.kind === 'directory'
  const name = utf8(isDirectory ? `${entry.path}/` : entry.path)
  if (name.length > 100) throw new TypeError('the name is too long for the archive')
  const header = new Uint8Array(blockBytes)
  const put = (at: number, value: string): void => header.set(utf8(value), at)
  header.set(name)
  put(100, isDirectory ? '0000700\0' : '0000600\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${octal(isDirectory ? 0 : entry.content.length, 11)}\0`)
  put(136, `${octal(0, 11)}\0`)
  // The checksum counts itself as spaces.
  put(checksumAt, '        ')
  put(156, isDirectory ? '5' : '0')
  put(257, 'ustar\u000000')
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(checksumAt, `${octal(sum, 6)}\0 `)
  return header
}

/** The archive of these entries; the same entries make the same bytes. */
export function writeTar(entries: readonly DatabaseEntry[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    if (entry.kind === 'directory') return [headerOf(entry)]
    const padding = (blockBytes - (entry.content.length % blockBytes)) % blockBytes
    return [headerOf(entry), entry.content, new Uint8Array(padding)]
  })
  return concat(...parts, new Uint8Array(2 * blockBytes))
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The bytes of an archive, unpacked where they are gzip (RFC 1952). */
export async function unpackArchive(archive: Blob): Promise<Uint8Array> {
  const start = new Uint8Array(await archive.slice(0, 2).arrayBuffer())
  const stream = isGzip(start)
    ? archive.stream().pipeThrough(new DecompressionStream('gzip'))
    : archive.stream()
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
