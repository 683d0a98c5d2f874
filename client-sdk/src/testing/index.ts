/** For tests: a platform whose store lives as long as the process, and parts to replace. */
import type { Platform } from '../client/platform.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { systemSockets } from '../core/sockets.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryKeychain } from '../store/memory-keychain.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'

export { openClient, openClientOn, type ClientParts } from '../client/client.ts'
export { upgrades } from '../client/schema.ts'
export type { Store, StoreTx } from '../store/store.ts'
export { openStore } from './open-store.ts'
export { postgresOptions } from '../store/postgres.ts'
export { readNote } from '../docs/note.ts'
export { wishHeads } from '../docs/heads.ts'
export { readRegisters } from '../docs/register.ts'
export { createInbox } from '../docs/inbox.ts'
export { openEnvelope, sealEnvelope } from '../crypto/envelope.ts'
export { systemSockets } from '../core/sockets.ts'
export { createTestAuthor, type WrittenEnvelope } from './test-author.ts'
export { makeReplacement } from '../vault/epoch-change.ts'
export { signEntry } from '../vault/entry.ts'
export { seededRandom } from './seeded-random.ts'
export { memoryFiles } from '../store/memory-files.ts'
export { memoryKeychain } from '../store/memory-keychain.ts'
export { memoryKitFile } from '../store/memory-kit-file.ts'
export { systemRandom } from '../core/random.ts'
export type { Random } from '../core/random.ts'
export { loadPrimitives } from '../crypto/sodium.ts'
export { loadBlockAead, type MakeBlockAead } from '../crypto/block-aead.ts'
export type { Primitives } from '../crypto/primitives.ts'
export type { BlockDevice } from '../store/sealed/block-device.ts'
export { memoryDevice } from '../store/sealed/memory-device.ts'
export { openSyncAccess } from '../store/opfs.ts'
export { openDatabase } from '../store/browser-database.ts'
export { deviceTable, indexedDbDevice } from '../store/indexeddb-device.ts'
export { deviceLaws } from '../store/sealed/device-laws.ts'
export { syncAccessDevice } from '../store/sealed/sync-access-device.ts'
export { simulatedDevice, type SimulatedDevice } from '../store/sealed/simulated-device.ts'
export { simulatePack } from '../store/sealed/pack-simulation.ts'
export { openPack, type OpenedPack, type PackOptions } from '../store/sealed/open-pack.ts'
export type { Pack } from '../store/sealed/pack.ts'
export { isRelation, sealedFs, type Durability } from '../store/sealed/sealed-fs.ts'

/** @param parts Replace what the test wants to own: network, clock, random, files. */
export const memoryPlatform = (parts: Partial<Platform> = {}): Platform => ({
  files: memoryFiles(),
  keychain: memoryKeychain(),
  kit: memoryKitFile(),
  network: (request) => fetch(request),
  sockets: systemSockets,
  clock: systemClock,
  random: systemRandom,
  ...parts,
})
