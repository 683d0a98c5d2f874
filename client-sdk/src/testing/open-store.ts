/** A store in files of a test's own, opened by the platform alone. */
import { systemClock, type Clock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { sodiumArgon2id } from '../crypto/argon2id.ts'
import { loadBlockAead } from '../crypto/block-aead.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import type { StoreFiles } from '../store/files.ts'
import type { Keychain } from '../store/keychain.ts'
import { openPlatformStore } from '../store/safe/platform-store.ts'
import type { Durability } from '../store/sealed/sealed-fs.ts'
import type { SealedStore } from '../store/store.ts'
import type { Upgrade } from '../store/upgrade.ts'
import { memoryKeychain } from '../store/memory-keychain.ts'

interface Options {
  /** That of the files, when they are opened again; one of its own unless given. */
  readonly keychain?: Keychain
  readonly clock?: Clock
  readonly durability?: Durability
}

export async function openStore(
  files: StoreFiles,
  upgrades: readonly Upgrade[],
  { keychain = memoryKeychain(), clock = systemClock, durability = 'strict' }: Options = {},
): Promise<SealedStore> {
  const [crypto, aead] = await Promise.all([loadPrimitives(systemRandom), loadBlockAead()])
  const tools = { crypto, aead, argon2id: sodiumArgon2id(crypto), random: systemRandom }
  return openPlatformStore({ files, upgrades, keychain, clock, durability, ...tools })
}
