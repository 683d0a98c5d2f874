import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../client/platform.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { systemSockets } from '../core/sockets.ts'
import type { StoreFiles } from '../store/files.ts'
import { durableNodeFs } from './durable-node-fs.ts'
import { nodeKitFile } from './kit-file.ts'
import { takeLockFile } from './lock-file.ts'

const directoryFiles = (directory: string): StoreFiles => ({
  kind: 'file',
  async open() {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const release = await takeLockFile(join(directory, 'store.lock'))
    return { filesystem: durableNodeFs(join(directory, 'database')), release }
  },
})

/** Node's platform, with the store in a directory of its own. */
export const nodePlatform = ({ directory }: { directory: string }): Platform => ({
  files: directoryFiles(directory),
  kit: nodeKitFile(directory),
  network: (request) => fetch(request),
  sockets: systemSockets,
  clock: systemClock,
  random: systemRandom,
})
