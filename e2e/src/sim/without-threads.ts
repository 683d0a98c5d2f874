/**
 * What Node computes in threads ends in any order. Here the little of it that a server uses, signatures of tokens and
 * the stretching of login secrets, is done at once, so that a simulation goes the same way each time.
 */
import nodeCrypto, { argon2Sync, KeyObject, sign, verify, type Argon2Parameters } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

const bytesOf = (data: BufferSource): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)

/** Ed25519 for keys that are extractable. */
const ownSubtle = {
  sign: async (_: unknown, key: CryptoKey, data: BufferSource) =>
    Uint8Array.from(sign(null, bytesOf(data), KeyObject.from(key))).buffer,
  verify: async (_: unknown, key: CryptoKey, signature: BufferSource, data: BufferSource) =>
    verify(null, bytesOf(data), KeyObject.from(key), bytesOf(signature)),
}

type Derived = (error: null, derived: Buffer) => void

const ownCrypto = {
  argon2: (algorithm: 'argon2id', parameters: Argon2Parameters, done: Derived): void =>
    done(null, argon2Sync(algorithm, parameters)),
}

/** From now on; what it returns ends it. */
export function workWithoutThreads(): () => void {
  const { subtle } = crypto
  const { argon2 } = nodeCrypto
  Object.assign(subtle, ownSubtle)
  Object.assign(nodeCrypto, ownCrypto)
  syncBuiltinESMExports()
  return () => {
    for (const name of Object.keys(ownSubtle)) Reflect.deleteProperty(subtle, name)
    Object.assign(nodeCrypto, { argon2 })
    syncBuiltinESMExports()
  }
}
