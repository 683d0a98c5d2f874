/** Web Locks (W3C) by which one opener at a time has a place; a tab that has just ended lets go of its own within moments. */
import { Problem } from '@selene/shapes'
import { isNamed } from './opfs.ts'

/** How long a tab that is reloaded, closed or killed may take to let go. */
const longestWaitMs = 3_000

/** Holds a lock of the origin until released. @throws Problem store/in-use when another holds on to it. */
export function takeLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { signal: AbortSignal.timeout(longestWaitMs) }, () => {
        return new Promise<void>((release) => resolve(() => release()))
      })
      .catch((cause: unknown) => {
        const isHeld = isNamed(cause, 'TimeoutError') || isNamed(cause, 'AbortError')
        reject(isHeld ? new Problem('store/in-use', { cause }) : cause)
      })
  })
}
