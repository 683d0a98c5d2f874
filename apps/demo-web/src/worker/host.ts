/**
 * What one tab does for all: opens the SOS kit, then the store, and answers calls by name and watches by topic. The kit
 * opens wherever it finds a place, in memory at worst; only another tab that has it keeps it from opening.
 */
import { openSosKit, Problem, type OpenHost, type SafeConfig } from '@selene/client-sdk'
import { createKeeper } from './keeper.ts'
import { createNotices, type Notices } from './notices.ts'
import { createFacade } from './serve.ts'
import { createWatch } from './topics.ts'

interface HostDeps {
  /** What the store is opened with, given what shows a reminder. */
  configWith(remind: Notices['show']): Omit<SafeConfig, 'kit' | 'shareKey'>
  /** Makes ready to stretch a secret. */
  prepare(): Promise<void>
}

export const createHost =
  ({ configWith, prepare }: HostDeps): OpenHost =>
  async (handedOver, share) => {
    const notices = createNotices()
    const config = configWith(notices.show)
    const kit = openSosKit(config)
    kit.catch(() => {}) // Whoever asks for it is told.
    const key = handedOver instanceof Uint8Array ? handedOver.slice() : undefined
    const keeper = createKeeper({ config, kit, prepare, key, share })
    const facade = createFacade({ kit, keeper, notices })
    return {
      async call(name, args) {
        // A tab of another version of the app may ask for what is not here.
        if (!Object.hasOwn(facade, name)) throw new Problem('store/newer-format')
        const call = facade[name as keyof typeof facade] as (...args: readonly unknown[]) => unknown
        return call(...args)
      },
      watch: createWatch({ kit, keeper, notices }),
      async close() {
        await keeper.close()
        await (await kit).close()
      },
    }
  }
