import type { Platform } from '../client/platform.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { systemSockets } from '../core/sockets.ts'
import { nodeArgon2id } from './argon2id.ts'
import { nodeChachaPoly } from './chacha-poly.ts'
import { fileKeychain } from './file-keychain.ts'
import { createWakeSignal } from '../sync/shape-wake.ts'
import { nodeKitFile } from './kit-file.ts'
import { directoryFiles } from './store-files.ts'

interface NodeOptions {
  readonly directory: string
  /** What a new store begins with, from `bakeStoreImage`; without one Postgres makes it, which takes two seconds more. */
  readonly image?: () => Promise<Blob>
}

/** Node's platform, with the store in a directory of its own. */
export const nodePlatform = ({ directory, image }: NodeOptions): Platform => ({
  files: directoryFiles(directory, image),
  keychain: fileKeychain(directory),
  kit: nodeKitFile(directory),
  network: (request) => fetch(request),
  sockets: systemSockets,
  clock: systemClock,
  random: systemRandom,
  argon2id: nodeArgon2id,
  chachaPoly: nodeChachaPoly,
  woken: createWakeSignal({ clock: systemClock }),
})
