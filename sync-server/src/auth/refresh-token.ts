/**
 * Refresh tokens: `session 16 ‖ generation u32 ‖ HMAC 32` = 52 bytes (W69). The server recomputes a
 * token from its key, so the database holds nothing that a thief of it could present.
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToUuid,
  concat,
  uuidToBytes,
  type SessionId,
} from '@selene/shapes'
import { sameSecret, type ServerKey } from '../core/server-key.ts'

export interface RefreshTokens {
  make(session: SessionId, generation: number): string
  /** What the token names; `undefined` unless this server made it. */
  read(token: string): { session: SessionId; generation: number } | undefined
}

const namedBytes = 20

export function createRefreshTokens(serverKey: ServerKey): RefreshTokens {
  const withTag = (named: Uint8Array): Uint8Array => concat(named, serverKey.mac('refresh', named))
  return {
    make(session, generation) {
      const number = new DataView(new ArrayBuffer(4))
      number.setUint32(0, generation)
      return bytesToBase64url(withTag(concat(uuidToBytes(session), new Uint8Array(number.buffer))))
    },
    read(token) {
      const bytes = base64urlToBytes(token)
      if (!bytes || bytes.length < namedBytes) return undefined
      const named = bytes.subarray(0, namedBytes)
      if (!sameSecret(bytes, withTag(named))) return undefined
      return {
        session: bytesToUuid<SessionId>(named.subarray(0, 16)),
        generation: new DataView(named.buffer, named.byteOffset).getUint32(16),
      }
    },
  }
}
