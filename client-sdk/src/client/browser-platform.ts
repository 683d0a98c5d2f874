import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { createSignal } from '../core/signal.ts'
import { systemSockets } from '../core/sockets.ts'
import { browserFiles } from '../store/browser-files.ts'
import { browserKitFile } from '../store/browser-kit-file.ts'
import type { Platform } from './platform.ts'

/** A browser's platform; run the client in a dedicated worker, so that the store is in OPFS. */
export function browserPlatform(options: { storeName?: string } = {}): Platform {
  const name = options.storeName ?? 'selene'
  const online = createSignal()
  globalThis.addEventListener('online', () => online.emit())
  return {
    files: browserFiles(name),
    kit: browserKitFile(name),
    network: (request) => fetch(request),
    sockets: systemSockets,
    clock: systemClock,
    random: systemRandom,
    online,
  }
}
