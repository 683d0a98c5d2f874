/**
 * Why a device's session is over, as signed entries of the log: its own removal, to a device that proves
 * its key; the end of the vault, to anybody, since no device of it is known any more (W17, W40).
 */
import {
  bytesToBase64url,
  endingRequest,
  limits,
  parseEntry,
  Problem,
  sessionSigningBytes,
  type DeviceId,
  type EndingRequest,
  type WireCrypto,
} from '@selene/shapes'
import { Hono } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import { readJson } from '../core/request-body.ts'
import type { Db } from '../db/db.ts'
import type { Challenges } from './challenge.ts'

export function createEndingRoutes(deps: {
  db: Db
  crypto: WireCrypto
  challenges: Challenges
}): Hono {
  const { db, crypto } = deps

  async function isProven({ vault, device, challenge, signature }: EndingRequest) {
    const bytes = checkedBytes(challenge)
    if (!deps.challenges.accepts(bytes)) return false
    const [row] = await db.query<{ sign_key: Uint8Array }>(
      'SELECT sign_key FROM devices WHERE vault_id = $1 AND device_id = $2 AND removed_at IS NOT NULL',
      [vault, device],
    )
    const proof = { challenge: bytes, device: device as DeviceId }
    const message = sessionSigningBytes(proof, crypto)
    return row !== undefined && crypto.verify(checkedBytes(signature), message, row.sign_key)
  }

  async function untilRemoval({ vault, device }: EndingRequest): Promise<Uint8Array[]> {
    const rows = await db.query<{ entry: Uint8Array }>(
      'SELECT entry FROM vault_log WHERE vault_id = $1 ORDER BY seq',
      [vault],
    )
    const entries = rows.map(({ entry }) => entry)
    const last = entries.findIndex((bytes) => {
      const entry = parseEntry(bytes)
      return (
        entry.ok &&
        entry.value.payload.type === 'member-removed' &&
        entry.value.payload.removed.includes(device as DeviceId)
      )
    })
    return entries.slice(0, last + 1)
  }

  const routes = new Hono()
  routes.post('/v1/auth/ending', async (c) => {
    const request = await readJson(c.req.raw, endingRequest, limits.requestBytes)
    const erased = await db.query<{ entry: Uint8Array }>(
      'SELECT entry FROM erased_vaults WHERE vault_id = $1',
      [request.vault],
    )
    if (erased.length === 0 && !(await isProven(request))) throw new Problem('auth/refused')
    const entries =
      erased.length > 0 ? erased.map(({ entry }) => entry) : await untilRemoval(request)
    return c.json({ entries: entries.map(bytesToBase64url) })
  })
  return routes
}
