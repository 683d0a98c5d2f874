/** The worker that stretches secrets: about a second of work and up to 256 MiB each, which end with it. */
import type { StretchInput } from '@selene/client-sdk'
import { loadPrimitives } from '@selene/client-sdk/crypto'
import { expose } from 'comlink'

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }
const loading = loadPrimitives(random)

const stretcher = {
  /** Resolves once it can begin at once. */
  async ready(): Promise<void> {
    await loading
  },
  async stretch({ secret, salt, cost }: StretchInput): Promise<Uint8Array> {
    const { argon2id, wipe } = await loading
    const key = argon2id(secret, salt, cost.ops, cost.memoryBytes)
    wipe(secret)
    return key
  },
}
export type Stretcher = typeof stretcher

expose(stretcher)
