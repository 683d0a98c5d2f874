/**
 * What the server keeps of a login secret: `memory KiB u32 ‖ passes u32 ‖ salt 16 ‖ HMAC 32`, where
 * the HMAC is over Argon2id (RFC 9106) of the secret and its key is outside the database (W10). The
 * work runs on Node's thread pool, two at a time, since token checks share that pool.
 */
import { argon2, type Argon2Parameters } from 'node:crypto'
import { concat } from '@selene/shapes'
import type { Random } from '../core/random.ts'
import { createSemaphore } from '../core/semaphore.ts'
import { sameSecret, type ServerKey } from '../core/server-key.ts'

export interface LoginCost {
  readonly memoryKiB: number
  readonly passes: number
}
const defaultLoginCost: LoginCost = { memoryKiB: 65_536, passes: 3 }

export interface LoginVerifiers {
  /** @throws Problem server/overloaded when too many wait. */
  make(secret: Uint8Array): Promise<Uint8Array>
  /**
   * Whether the secret is the verifier's; without a verifier the same work is done in vain, so that
   * the time does not tell whether there is an account.
   * @throws Problem server/overloaded when too many wait.
   */
  matches(secret: Uint8Array, verifier: Uint8Array | undefined): Promise<boolean>
}

const headBytes = 24

export function createLoginVerifiers(
  deps: { serverKey: ServerKey; random: Random },
  cost: LoginCost = defaultLoginCost,
): LoginVerifiers {
  const semaphore = createSemaphore({ running: 2, waiting: 32 })

  async function verifier(secret: Uint8Array, head: Uint8Array): Promise<Uint8Array> {
    const view = new DataView(head.buffer, head.byteOffset)
    const derived = await semaphore.run(() =>
      derive({
        message: secret,
        nonce: head.subarray(8),
        parallelism: 1,
        tagLength: 32,
        memory: view.getUint32(0),
        passes: view.getUint32(4),
      }),
    )
    return concat(head, deps.serverKey.mac('verifier', derived))
  }

  function freshHead(): Uint8Array {
    const numbers = new DataView(new ArrayBuffer(8))
    numbers.setUint32(0, cost.memoryKiB)
    numbers.setUint32(4, cost.passes)
    return concat(new Uint8Array(numbers.buffer), deps.random.bytes(16))
  }

  return {
    make: (secret) => verifier(secret, freshHead()),
    async matches(secret, known) {
      const made = await verifier(secret, known?.subarray(0, headBytes) ?? freshHead())
      return known !== undefined && sameSecret(made, known)
    },
  }
}

const derive = (parameters: Argon2Parameters): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, derived) => {
      if (error) reject(error)
      else resolve(derived)
    })
  })
