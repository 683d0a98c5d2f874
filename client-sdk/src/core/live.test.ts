import { Problem } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { createLateLive, createLive, createLiveValue, until } from './live.ts'
import { createSignal } from './signal.ts'

/** A value that a test sets, with the number of times it was read. */
function source<T>(value: T) {
  const changes = createSignal()
  const held = { value, reads: 0, fails: false }
  const live = createLive(async () => {
    held.reads += 1
    if (held.fails) throw new Problem('server/unreachable')
    return held.value
  }, changes)
  return { held, changes, live }
}

describe('a live value', () => {
  test('is read with its first subscriber, not before, and not after the last', async () => {
    const { held, changes, live } = source(1)
    changes.emit()
    expect([held.reads, live.get().status]).toEqual([0, 'loading'])
    await until(live, (value) => value === 1)
    const end = live.subscribe(() => {})
    held.value = 2
    changes.emit()
    await until(live, (value) => value === 2)
    end()
    await expect.poll(() => live.get().status).toBe('loading')
    const { reads } = held
    changes.emit()
    expect(held.reads).toBe(reads)
  })

  test('that nobody watched is not given out as it was before', async () => {
    const { held, live } = source('old')
    expect(await until(live, () => true)).toBe('old')
    await Promise.resolve()
    held.value = 'new'
    expect(await until(live, () => true)).toBe('new')
  })

  test('gives a reader that comes back nothing that was read for an earlier one', async () => {
    const changes = createSignal()
    const reads: PromiseWithResolvers<string>[] = []
    const live = createLive(() => {
      reads.push(Promise.withResolvers())
      return reads.at(-1)!.promise
    }, changes)
    live.subscribe(() => {})()
    const later = until(live, () => true)
    reads[0]!.resolve('before')
    await expect.poll(() => reads.length).toBe(2)
    reads[1]!.resolve('after')
    expect(await later).toBe('after')
  })

  test('is told to its subscribers only when it differs', async () => {
    const { held, changes, live } = source({ n: 1 })
    const told: unknown[] = []
    const end = live.subscribe(() => told.push(live.get()))
    await until(live, () => true)
    changes.emit()
    held.value = { n: 1 }
    changes.emit()
    await expect.poll(() => held.reads).toBe(3)
    held.value = { n: 2 }
    changes.emit()
    await until(live, ({ n }) => n === 2)
    expect(told).toEqual([
      { status: 'ready', value: { n: 1 } },
      { status: 'ready', value: { n: 2 } },
    ])
    end()
  })

  test('may hold whole numbers beyond 2^53', async () => {
    const { live } = source([{ count: 2n ** 60n }])
    expect(await until(live, () => true)).toEqual([{ count: 2n ** 60n }])
  })

  test('that cannot be read says why, and recovers with the next change', async () => {
    const { held, changes, live } = source(1)
    held.fails = true
    const end = live.subscribe(() => {})
    await expect(until(live, () => true)).rejects.toMatchObject({ code: 'server/unreachable' })
    held.fails = false
    changes.emit()
    await expect.poll(() => live.get()).toEqual({ status: 'ready', value: 1 })
    end()
  })
})

describe('iterating', () => {
  test('misses no last value, however fast it changes', async () => {
    const { live, set } = createLiveValue(0)
    const seen: number[] = []
    const reading = (async () => {
      for await (const value of live) {
        seen.push(value)
        if (value === 0) for (const next of [1, 2, 3]) set(next)
        if (value === 3) queueMicrotask(() => set(4))
        if (value === 4) break
      }
    })()
    await reading
    expect(seen).toEqual([0, 3, 4])
  })

  test('ends with the problem of a value that cannot be read', async () => {
    const { held, live } = source(1)
    held.fails = true
    const reading = (async () => {
      for await (const value of live) void value
    })()
    await expect(reading).rejects.toMatchObject({ code: 'server/unreachable' })
  })
})

describe('a live value of a part that is loaded late', () => {
  test('is loaded by its first subscriber, and follows from then on', async () => {
    const { held, changes, live: inner } = source(1)
    let loads = 0
    const live = createLateLive(async () => {
      loads += 1
      return inner
    })
    expect([live.get().status, loads]).toEqual(['loading', 0])
    const three = until(live, (value) => value === 3)
    await until(live, (value) => value === 1)
    held.value = 3
    changes.emit()
    expect(await three).toBe(3)
    expect(await until(live, () => true)).toBe(3)
  })

  test('is failed while the part cannot be loaded, and is loaded by the next subscriber', async () => {
    const { live: inner } = source('here')
    let isOffline = true
    const live = createLateLive(async () => {
      if (isOffline) throw new Problem('server/unreachable')
      return inner
    })
    await expect(until(live, () => true)).rejects.toMatchObject({ code: 'server/unreachable' })
    isOffline = false
    const first = await new Promise<string>((resolve) => {
      const end = live.subscribe(() => {
        const state = live.get()
        if (state.status !== 'ready') return
        end()
        resolve(state.value)
      })
    })
    expect(first).toBe('here')
  })

  test('that nobody waits for any more is not watched', async () => {
    const { held, live: inner } = source(1)
    const loaded = Promise.withResolvers<typeof inner>()
    const live = createLateLive(() => loaded.promise)
    live.subscribe(() => {})()
    loaded.resolve(inner)
    await loaded.promise
    await Promise.resolve()
    expect(held.reads).toBe(0)
  })
})
