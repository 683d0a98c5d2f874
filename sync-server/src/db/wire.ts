/**
 * The little of Postgres' wire protocol that the embedded database is spoken to with directly: a query, and what comes
 * back of a `COPY … TO STDOUT` (PostgreSQL documentation, Message Formats).
 */

const code = { query: 0x51, copyData: 0x64, error: 0x45 }
/** A letter and the length of the rest, which counts itself. */
const headBytes = 5

/** A simple query as one message. */
export function queryMessage(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`)
  const head = Buffer.alloc(headBytes)
  head.writeUInt8(code.query)
  head.writeUInt32BE(text.length + 4, 1)
  return Buffer.concat([head, text])
}

/** What the driver would have made of an error: its fields by the letters that the protocol gives them. */
function errorOf(body: Buffer): Error {
  const fields = new Map<string, string>()
  for (const field of body.toString().split('\0'))
    if (field !== '') fields.set(field.charAt(0), field.slice(1))
  return Object.assign(new Error(fields.get('M')), {
    severity: fields.get('S'),
    code: fields.get('C'),
    constraint: fields.get('n'),
    position: fields.get('P'),
  })
}

export interface CopyReader {
  /** Takes bytes as they come, cut anywhere. */
  read(piece: Uint8Array): void
  /** The error that was sent, if one was. */
  error(): Error | undefined
}

/** Hands on each message of data; the bytes stand only during the call. */
export function createCopyReader(take: (message: Uint8Array) => void): CopyReader {
  let pieces: Buffer[] = []
  let size = 0
  /** Bytes that the next message is known to need. */
  let needed = headBytes
  let failure: Error | undefined

  function handle(kind: number | undefined, body: Buffer): void {
    if (kind === code.copyData) take(body)
    if (kind === code.error) failure ??= errorOf(body)
  }

  /** Handles the messages that are whole; returns what is left. */
  function handleWhole(bytes: Buffer): Buffer {
    let at = 0
    for (needed = headBytes; bytes.length - at >= headBytes;) {
      const length = 1 + bytes.readUInt32BE(at + 1)
      if (at + length > bytes.length) {
        needed = length
        break
      }
      handle(bytes[at], bytes.subarray(at + headBytes, at + length))
      at += length
    }
    return bytes.subarray(at)
  }

  return {
    read(piece) {
      const now = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      size += now.length
      // Copies: what the piece lies in is used again.
      if (size < needed) return void pieces.push(Buffer.from(now))
      const rest = handleWhole(pieces.length === 0 ? now : Buffer.concat([...pieces, now], size))
      size = rest.length
      pieces = size === 0 ? [] : [Buffer.from(rest)]
    },
    error: () => failure,
  }
}
