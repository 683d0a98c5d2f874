import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { createSignal } from '../core/signal.ts'
import { browserFiles } from '../store/browser-files.ts'
import type { Platform } from './platform.ts'

/** A browser's platform; run the client in a dedicated worker, so that the store is in OPFS. */
export function browserPlatform(options: { storeName?: string } = {}): Platform {
  const online = createSignal()
  globalThis.addEventListener('online', () => online.emit())
  return {
    files: browserFiles(options.storeName ?? 'selene'),
    network: (request) => fetch(request),
    clock: systemClock,
    random: systemRandom,
    online,
  }
}
