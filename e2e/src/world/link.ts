/**
 * A device's way to the server, with everything that goes wrong on it: requests that never arrive,
 * answers that are lost after the server has acted, requests that arrive twice, delays that change the
 * order, and partitions. What goes wrong comes from a seed.
 */
import { createSignal, type Network, type Signal } from '@selene/client-sdk'
import type { Prng } from '../core/prng.ts'

export interface FaultRates {
  readonly dropped: number
  readonly answerLost: number
  readonly duplicated: number
  readonly maxDelayMs: number
}

export const noFaults: FaultRates = { dropped: 0, answerLost: 0, duplicated: 0, maxDelayMs: 0 }
export const roughFaults: FaultRates = {
  dropped: 0.1,
  answerLost: 0.1,
  duplicated: 0.1,
  maxDelayMs: 20,
}

export interface LinkCounts {
  requests: number
  dropped: number
  answersLost: number
  duplicated: number
  cut: number
}

export interface Link {
  readonly network: Network
  /** Emits when the link is healed. */
  readonly online: Signal
  readonly counts: Readonly<LinkCounts>
  setFaults(rates: FaultRates): void
  partition(): void
  heal(): void
}

const lost = (): TypeError => new TypeError('the network failed')
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export function createLink(prng: Prng, serve: Network): Link {
  const online = createSignal()
  const counts: LinkCounts = { requests: 0, dropped: 0, answersLost: 0, duplicated: 0, cut: 0 }
  let rates = noFaults
  let cutting = new AbortController()

  const happens = (rate: number): boolean => prng.next() < rate
  const delay = (): Promise<void> =>
    rates.maxDelayMs > 0 ? sleep(prng.int(0, rates.maxDelayMs)) : Promise.resolve()

  /** Ends the wait for an answer when the link is cut, though the server goes on. */
  function untilCut<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const cut = (): void => {
        counts.cut += 1
        reject(lost())
      }
      signal.addEventListener('abort', cut, { once: true })
      void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cut))
    })
  }

  async function deliver(request: Request): Promise<Response> {
    await delay()
    if (happens(rates.dropped)) {
      counts.dropped += 1
      throw lost()
    }
    const again = happens(rates.duplicated) ? request.clone() : undefined
    const response = await serve(request)
    if (again) {
      counts.duplicated += 1
      await (await serve(again)).body?.cancel()
    }
    await delay()
    if (happens(rates.answerLost)) {
      counts.answersLost += 1
      await response.body?.cancel()
      throw lost()
    }
    return response
  }

  return {
    online,
    counts,
    async network(request) {
      counts.requests += 1
      if (cutting.signal.aborted) {
        counts.cut += 1
        throw lost()
      }
      return untilCut(deliver(request), cutting.signal)
    },
    setFaults(next) {
      rates = next
    },
    partition: () => cutting.abort(),
    heal() {
      if (!cutting.signal.aborted) return
      cutting = new AbortController()
      online.emit()
    },
  }
}
