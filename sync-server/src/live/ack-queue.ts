/** Acknowledgements of one socket, stored one after the other however fast they come. */
import type { VaultId } from '@selene/shapes'
import type { Inbox } from './inbox.ts'

export interface AckQueue {
  /** Tells whether there was room. */
  add(id: number): boolean
  /** Resolves when everything added is stored, or has failed. */
  idle(): Promise<void>
}

/** More than an app has at once; beyond it a client only makes work. */
const longestQueue = 1000

export function createAckQueue(deps: {
  account: VaultId
  inbox: Pick<Inbox, 'ack'>
  failed(error: unknown): void
}): AckQueue {
  const waiting = new Set<number>()
  let running = false
  let finished = Promise.resolve()

  async function run(): Promise<void> {
    try {
      // A set is walked in the order of adding, with what is added meanwhile.
      for (const id of waiting) {
        await deps.inbox.ack(deps.account, id)
        waiting.delete(id)
      }
    } catch (error) {
      // The client sends them again with its next connection.
      waiting.clear()
      deps.failed(error)
    } finally {
      running = false
    }
  }

  return {
    add(id) {
      if (waiting.size >= longestQueue) return false
      waiting.add(id)
      if (!running) {
        running = true
        finished = run()
      }
      return true
    },
    idle: () => finished,
  }
}
