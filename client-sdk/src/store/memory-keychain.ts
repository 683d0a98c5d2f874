/** A keychain that lives as long as the process. */
import { systemRandom, type Random } from '../core/random.ts'
import type { Keychain } from './keychain.ts'

export function memoryKeychain(random: Random = systemRandom): Keychain {
  let secret: Uint8Array | undefined
  let note: Uint8Array | undefined
  return {
    async secret() {
      secret ??= random.bytes(32)
      return secret.slice()
    },
    readNote: async () => note,
    async writeNote(next) {
      note = next.slice()
    },
    async erase() {
      secret?.fill(0)
      secret = undefined
      note = undefined
    },
  }
}
