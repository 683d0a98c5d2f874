/**
 * What a recovery secret is given between its proof and the new device's entry: `vault 16 ‖ member 16 ‖
 * expiry u64 milliseconds ‖ HMAC 32`. The server keeps none of them.
 */
import {
  bytesToUuid,
  concat,
  limits,
  uuidToBytes,
  type MemberId,
  type VaultId,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { sameSecret, type ServerKey } from '../core/server-key.ts'

export interface Holder {
  readonly vault: VaultId
  readonly member: MemberId
}

export interface Grants {
  issue(holder: Holder): Uint8Array
  /** `undefined` when this server did not issue it, or it has expired. */
  read(grant: Uint8Array): Holder | undefined
}

const signedBytes = 40

export function createGrants({ clock, serverKey }: { clock: Clock; serverKey: ServerKey }): Grants {
  return {
    issue({ vault, member }) {
      const expiry = new Uint8Array(8)
      const ends = BigInt(clock.now() + limits.recoverySeconds * 1000)
      new DataView(expiry.buffer).setBigUint64(0, ends)
      const signed = concat(uuidToBytes(vault), uuidToBytes(member), expiry)
      return concat(signed, serverKey.mac('grant', signed))
    },
    read(grant) {
      const signed = grant.subarray(0, signedBytes)
      if (!sameSecret(grant.subarray(signedBytes), serverKey.mac('grant', signed))) return undefined
      const ends = new DataView(signed.buffer, signed.byteOffset).getBigUint64(32)
      if (ends <= BigInt(clock.now())) return undefined
      return {
        vault: bytesToUuid<VaultId>(signed.subarray(0, 16)),
        member: bytesToUuid<MemberId>(signed.subarray(16, 32)),
      }
    },
  }
}
