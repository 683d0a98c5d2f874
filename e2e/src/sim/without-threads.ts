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

/** A token is looked at with each request: what was found right once is not worked out again. */
const mostFoundRight = 1_000
const foundRight = new Set<string>()

function isRight(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  const { x = '' } = key.export({ format: 'jwk' })
  const known = [x, ...[data, signature].map((part) => Buffer.from(part).toString('latin1'))].join()
  if (foundRight.has(known)) return true
  const found = verify(null, data, key, signature)
  if (foundRight.size >= mostFoundRight) foundRight.clear()
  if (found) foundRight.add(known)
  return found
}

/** Ed25519 for keys that are extractable. */
const ownSubtle = {
  sign: async (_: unknown, key: CryptoKey, data: BufferSource) =>
    Uint8Array.from(sign(null, bytesOf(data), KeyObject.from(key))).buffer,
  verify: async (_: unknown, key: CryptoKey, signature: BufferSource, data: BufferSource) =>
    isRight(KeyObject.from(key), bytesOf(data), bytesOf(signature)),
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
