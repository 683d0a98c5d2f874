/** What opening the store takes of the platform, loaded once. */
import { sodiumArgon2id } from '../crypto/argon2id.ts'
import { loadBlockAead } from '../crypto/block-aead.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import type { StrongboxDeps } from '../store/safe/strongbox.ts'
import type { Durability } from '../store/sealed/sealed-fs.ts'
import type { Platform } from './platform.ts'
import { upgrades } from './schema.ts'

export async function storeTools(
  { keychain, random, clock, argon2id, chachaPoly }: Platform,
  durability: Durability,
): Promise<Omit<StrongboxDeps, 'files' | 'resized'>> {
  const [crypto, aead] = await Promise.all([loadPrimitives(random), loadBlockAead(chachaPoly)])
  return {
    crypto,
    aead,
    keychain,
    random,
    clock,
    argon2id: argon2id ?? sodiumArgon2id(crypto),
    upgrades,
    durability,
  }
}
