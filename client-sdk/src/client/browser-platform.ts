import { systemClock } from '../core/clock.ts'
import { createOpenNotifier, type PlannedNotice } from '../core/notifier.ts'
import { systemRandom } from '../core/random.ts'
import { createSignal } from '../core/signal.ts'
import { systemSockets } from '../core/sockets.ts'
import { browserFiles } from '../store/browser-files.ts'
import { browserKeychain } from '../store/browser-keychain.ts'
import { browserKitFile } from '../store/browser-kit-file.ts'
import { browserWakeDeps, createWakeSignal } from '../sync/shape-wake.ts'
import type { Platform } from './platform.ts'

/**
 * A system notice where the person has allowed them. Its tag lets one reminder take the place of itself;
 * what it says gives nothing away.
 */
function showSystemNotice({ id, text }: PlannedNotice): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  // The constructor throws where notices need a service worker (Chrome on Android).
  try {
    void new Notification(text, { tag: id })
  } catch {
    // The list of reminders in the app is what remains.
  }
}

interface BrowserOptions {
  readonly storeName?: string
  /** What a new store begins with, a file that `bakeStoreImage` made; without one Postgres makes it, which takes longer. */
  readonly image?: () => Promise<Blob>
  /** Shows a reminder in the app; it comes as a system notice too where those are allowed. */
  readonly remind?: (notice: PlannedNotice) => void
}

/** A browser's platform; run the client in a dedicated worker, so that the store is in OPFS. */
export function browserPlatform(options: BrowserOptions = {}): Platform {
  const name = options.storeName ?? 'selene'
  const online = createSignal()
  globalThis.addEventListener('online', () => online.emit())
  const hidden = createSignal()
  if (typeof document !== 'undefined')
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') hidden.emit()
    })
  return {
    files: browserFiles(name, options.image),
    keychain: browserKeychain(name),
    kit: browserKitFile(name),
    network: (request) => fetch(request),
    sockets: systemSockets,
    clock: systemClock,
    random: systemRandom,
    online,
    woken: createWakeSignal({ clock: systemClock, ...browserWakeDeps(globalThis) }),
    hidden,
    notifier: createOpenNotifier(systemClock, (notice) => {
      options.remind?.(notice)
      showSystemNotice(notice)
    }),
  }
}
