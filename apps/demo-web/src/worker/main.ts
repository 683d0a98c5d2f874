/**
 * The worker of a tab. It joins the other tabs of the app: one of their workers holds the SDK open for all (the
 * database needs a file handle that exists in dedicated workers only), the others pass on what their page asks.
 */
import {
  browserPlatform,
  browserTabChannel,
  browserTabLocks,
  joinTabs,
  passphraseStrength,
  type PlannedNotice,
} from '@selene/client-sdk'
import { expose, releaseProxy } from 'comlink'
import { createStretching } from '../stretch/stretching.ts'
import { argumentsAgain } from './again.ts'
import { describeFault } from './describe-fault.ts'
import { nameDevice } from './device-name.ts'
import type { TabApi } from './facade.ts'
import type { Watched } from './watched.ts'
import { errorOf, type Fault } from './fault.ts'
import { transferFaults } from './fault-transfer.ts'
import { createHost } from './host.ts'
import { fetchStoreImage } from './store-image.ts'

/** Of the store, as browsers have it since the first version. */
const storeName = 'selene'
/** The page names its worker by what a reminder is to say, in her language. */
const { name: noticeText } = self

const stretching = createStretching()

const configWith = (remind: (notice: PlannedNotice) => void) => ({
  platform: {
    ...browserPlatform({ storeName, remind, ...(fetchStoreImage && { image: fetchStoreImage }) }),
    argon2id: stretching.argon2id,
  },
  server: location.origin,
  deviceLabel: nameDevice(navigator.userAgent),
  ...(noticeText && { noticeText }),
})

transferFaults(describeFault)
const tabs = joinTabs(
  {
    name: storeName,
    id: crypto.randomUUID(),
    locks: browserTabLocks,
    channel: browserTabChannel(`${storeName}-tabs`),
    describe: describeFault,
    revive: (fault) => errorOf(fault as Fault),
  },
  createHost({ configWith, prepare: stretching.prepare }),
)
/** A callback of the page. */
type Told = ((state: Watched<never>) => void) & { [releaseProxy]?: () => void }
const ends = new Map<number, () => void>()

async function call(...[name, args]: Parameters<TabApi['call']>): Promise<unknown> {
  try {
    return await tabs.call(name, args)
  } catch (error) {
    const again = argumentsAgain(name, args)
    if (describeFault(error).code !== 'store/handed-over' || !again) throw error
    return call(name, again)
  }
}

expose({
  call,
  watch({ id, topic, args }, told: Told) {
    const tell = (state: unknown): void => told(state as Watched<never>)
    const end = tabs.watch(topic, args, tell)
    ends.set(id, () => {
      end()
      told[releaseProxy]?.()
    })
  },
  unwatch(id) {
    ends.get(id)?.()
    ends.delete(id)
  },
  strength: passphraseStrength,
} satisfies TabApi)
