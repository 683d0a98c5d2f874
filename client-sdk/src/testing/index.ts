/** For tests: a platform whose store lives as long as the process, and parts to replace. */
import type { Platform } from '../client/platform.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { systemSockets } from '../core/sockets.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'

export { openClient, openClientOn, type ClientParts } from '../client/client.ts'
export { upgrades } from '../client/schema.ts'
export { openStore, type Store } from '../store/store.ts'
export { readNote } from '../docs/note.ts'
export { readRegisters } from '../docs/register.ts'
export { openEnvelope } from '../crypto/envelope.ts'
export { systemSockets } from '../core/sockets.ts'
export { seededRandom } from './seeded-random.ts'
export { memoryFiles } from '../store/memory-files.ts'
export { memoryKitFile } from '../store/memory-kit-file.ts'

/** @param parts Replace what the test wants to own: network, clock, random, files. */
export const memoryPlatform = (parts: Partial<Platform> = {}): Platform => ({
  files: memoryFiles(),
  kit: memoryKitFile(),
  network: (request) => fetch(request),
  sockets: systemSockets,
  clock: systemClock,
  random: systemRandom,
  ...parts,
})
