/** For tests: a platform whose store lives as long as the process, and parts to replace. */
import type { Platform } from '../client/platform.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { memoryFiles } from '../store/memory-files.ts'

export { openClient, type ClientParts } from '../client/client.ts'
export { readNote } from '../docs/note.ts'
export { readRegisters } from '../docs/register.ts'
export { openEnvelope } from '../crypto/envelope.ts'
export { seededRandom } from './seeded-random.ts'
export { memoryFiles } from '../store/memory-files.ts'

/** @param parts Replace what the test wants to own: network, clock, random, files. */
export const memoryPlatform = (parts: Partial<Platform> = {}): Platform => ({
  files: memoryFiles(),
  network: (request) => fetch(request),
  clock: systemClock,
  random: systemRandom,
  ...parts,
})
