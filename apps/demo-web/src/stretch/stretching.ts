/**
 * Argon2id in a worker of its own, loaded when a secret is first stretched: the worker that holds the SOS kit goes on
 * meanwhile. It ends after a while without work, and what it took of memory is given back.
 */
import { Problem, type Argon2id } from '@selene/client-sdk'
import { wrap, type Remote } from 'comlink'
import type { Stretcher } from './main.ts'

const restMilliseconds = 10_000

export interface Stretching {
  readonly argon2id: Argon2id
  /** Loads the worker, so that how long stretching takes can be measured. @throws Problem store/failed */
  prepare(): Promise<void>
}

interface Running {
  readonly stretcher: Remote<Stretcher>
  /** Rejects when it cannot be loaded. */
  readonly failed: Promise<never>
  end(): void
}

function start(): Running {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { type: 'module' })
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new Problem('store/failed')), { once: true })
  })
  failed.catch(() => {}) // It is told to whoever waits.
  return { stretcher: wrap<Stretcher>(worker), failed, end: () => worker.terminate() }
}

export function createStretching(): Stretching {
  let running: Running | undefined
  let working = 0
  let rest: ReturnType<typeof setTimeout> | undefined

  function end(): void {
    running?.end()
    running = undefined
  }

  async function during<T>(work: (stretcher: Remote<Stretcher>) => Promise<T>): Promise<T> {
    clearTimeout(rest)
    const { stretcher, failed } = (running ??= start())
    working += 1
    try {
      return await Promise.race([work(stretcher), failed])
    } catch {
      // A worker without memory is of no use any more.
      end()
      throw new Problem('store/failed')
    } finally {
      working -= 1
      if (working === 0) rest = setTimeout(end, restMilliseconds)
    }
  }

  return {
    argon2id: (input) => during((stretcher) => stretcher.stretch(input)),
    prepare: () => during((stretcher) => stretcher.ready()),
  }
}
