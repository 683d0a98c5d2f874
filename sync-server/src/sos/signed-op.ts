/**
 * The door of `POST /v1/sos`: an operation counts if its signature is that of a device of its vault,
 * also of one that was removed not long ago (W48). No token, no sequence, no session is asked for.
 */
import {
  parseSosOp,
  Problem,
  sosOpHash,
  sosSigningBytes,
  type SosOp,
  type WireCrypto,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayMilliseconds } from '../core/day.ts'
import type { Db } from '../db/db.ts'

/** For how long a removed device may still call for help. */
const removedDays = 30

/** An operation whose signature holds. */
export interface TrustedOp {
  readonly op: SosOp
  /** Identity of its bytes. */
  readonly hash: Uint8Array
  /** Whether its device is no longer a member. */
  readonly removed: boolean
  /** Hash under which the operation is known already; absent when it is new. */
  readonly known: Uint8Array | undefined
}

interface DeviceRow {
  readonly sos_key: Uint8Array
  readonly removed_at: Date | null
  readonly body_hash: Uint8Array | null
}

const deviceSql = `SELECT d.sos_key, d.removed_at, o.body_hash
  FROM devices d LEFT JOIN sos_ops o
    ON o.vault_id = d.vault_id AND o.device_id = d.device_id AND o.op_id = $3
  WHERE d.vault_id = $1 AND d.device_id = $2`

/** @throws {@link Problem} wire/malformed, vault/not-member, crypto/bad-signature, vault/member-removed. */
export type TrustOp = (bytes: Uint8Array) => Promise<TrustedOp>

export function createTrustOp(deps: { db: Db; crypto: WireCrypto; clock: Clock }): TrustOp {
  const { db, crypto, clock } = deps
  return async (bytes) => {
    const parsed = parseSosOp(bytes)
    if (!parsed.ok) throw new Problem(parsed.code)
    const { op, unsigned, signature } = parsed.value
    const [device] = await db.query<DeviceRow>(deviceSql, [op.vault, op.device, op.op])
    if (!device) throw new Problem('vault/not-member')
    const hash = sosOpHash(unsigned, crypto)
    if (!crypto.verify(signature, sosSigningBytes(hash), device.sos_key))
      throw new Problem('crypto/bad-signature')
    const removedAt = device.removed_at?.getTime()
    if (removedAt !== undefined && removedAt < clock.now() - removedDays * dayMilliseconds)
      throw new Problem('vault/member-removed')
    return { op, hash, removed: removedAt !== undefined, known: device.body_hash ?? undefined }
  }
}
