/**
 * Ed25519 keys of access tokens, as a JWK set (RFC 8037): the first signs, all verify, so that keys
 * can be rotated. Without configured keys one is made and kept in the database, wrapped by the server
 * key.
 */
import { utf8 } from '@selene/shapes'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { sameSecret, type ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import { keepOnce } from './settings.ts'

/** A private signing key. */
export interface SigningKey extends JWK {
  readonly kid: string
}

const context = utf8('auth-keys')

/** @throws Error when the database was filled under another server key. */
export async function loadSigningKeys(
  deps: { db: Db; serverKey: ServerKey },
  configured: readonly SigningKey[] | undefined,
): Promise<readonly SigningKey[]> {
  const { db, serverKey } = deps
  const expected = serverKey.mac('check')
  const check = await keepOnce(db, 'server-key-check', async () => expected)
  if (!sameSecret(check, expected)) throw otherServerKey()
  if (configured) return configured
  const wrapped = await keepOnce(db, 'auth-keys', async () =>
    serverKey.wrap('auth-keys', context, utf8(JSON.stringify([await makeKey()]))),
  )
  const opened = serverKey.unwrap('auth-keys', context, wrapped)
  if (!opened) throw otherServerKey()
  return JSON.parse(new TextDecoder().decode(opened)) as SigningKey[]
}

const otherServerKey = (): Error =>
  new Error(
    'The database was filled under another SERVER_KEY. Start with that key; without it nobody can sign in.',
  )

async function makeKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const key = await exportJWK(privateKey)
  return { ...key, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint(key) }
}
