/** Argon2id of Node's OpenSSL, on a thread of its own: while it runs, an alert can be raised. */
import { argon2 } from 'node:crypto'
import type { Argon2id } from '../crypto/argon2id.ts'

const kibibyte = 1024

export const nodeArgon2id: Argon2id = ({ secret, salt, cost }) =>
  new Promise((resolve, reject) => {
    const parameters = {
      message: secret,
      nonce: salt,
      parallelism: 1,
      tagLength: 32,
      memory: cost.memoryBytes / kibibyte,
      passes: cost.ops,
    }
    argon2('argon2id', parameters, (error, derived) => {
      if (error) return reject(error)
      resolve(new Uint8Array(derived))
      derived.fill(0)
    })
  })
