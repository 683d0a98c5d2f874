/** Live values crossing to the page: each watch is one subscription, told by callback until it ends. */
import { proxy, releaseProxy } from 'comlink'
import type { Live, LiveState } from '@selene/client-sdk'
import type { Fault } from './fault.ts'
import type { Topic, Topics, Watched } from './facade.ts'

/** Finds the live value of a topic; may take as long as the store takes to open. */
export type FindLive = <T extends Topic>(
  topic: T,
  args: Topics[T]['args'],
) => Promise<Live<Topics[T]['value']>>

/** A callback of the page. */
export type Told<T extends Topic> = ((state: Watched<Topics[T]['value']>) => unknown) & {
  [releaseProxy]?: () => void
}

export interface Watches {
  start<T extends Topic>(id: number, find: Promise<Live<Topics[T]['value']>>, told: Told<T>): void
  end(id: number): void
}

const plain = <T>(state: LiveState<T>, describe: (thrown: unknown) => Fault): Watched<T> =>
  state.status === 'failed' ? { status: 'failed', fault: describe(state.problem) } : state

export function createWatches(describe: (thrown: unknown) => Fault): Watches {
  const ends = new Map<number, () => void>()
  return {
    start(id, find, told) {
      let unsubscribe: (() => void) | undefined
      let ended = false
      const tell = (state: Parameters<typeof told>[0]): void => {
        if (!ended) void told(state)
      }
      async function follow(): Promise<void> {
        try {
          const live = await find
          if (ended) return
          unsubscribe = live.subscribe(() => tell(plain(live.get(), describe)))
          tell(plain(live.get(), describe))
        } catch (error) {
          tell({ status: 'failed', fault: describe(error) })
        }
      }
      ends.set(id, () => {
        ended = true
        unsubscribe?.()
        told[releaseProxy]?.()
      })
      void follow()
    },
    end(id) {
      ends.get(id)?.()
      ends.delete(id)
    },
  }
}

/** A callback made so that the worker can call it. */
export const callback = <F extends (...args: never[]) => unknown>(call: F): F => proxy(call)
