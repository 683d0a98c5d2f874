import { Problem } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { until } from '../core/live.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import type { TabHost } from './leading.ts'
import type { TabChannel, TabLocks } from './ports.ts'
import { joinTabs, type Tabs } from './tabs.ts'

/** Locks and a channel as a browser gives them to the tabs of one origin. */
function origin() {
  const held = new Map<string, symbol>()
  const waiting: { name: string; grant: () => void; tab: symbol }[] = []
  const listeners = new Map<symbol, Set<(message: unknown) => void>>()

  function grantNext(name: string): void {
    if (held.has(name)) return
    const at = waiting.findIndex((one) => one.name === name)
    if (at >= 0) waiting.splice(at, 1)[0]!.grant()
  }
  function release(name: string, key: symbol): void {
    if (held.get(name) !== key) return
    held.delete(name)
    queueMicrotask(() => grantNext(name))
  }
  const owners = new Map<symbol, symbol>()

  return {
    tab() {
      const tab = Symbol('tab')
      const own = new Set<(message: unknown) => void>()
      listeners.set(tab, own)
      const locks: TabLocks = {
        take: (name, signal) =>
          new Promise((resolve, reject) => {
            const key = Symbol(name)
            const entry = {
              name,
              tab,
              grant() {
                held.set(name, key)
                owners.set(key, tab)
                resolve(() => release(name, key))
              },
            }
            signal.addEventListener('abort', () => {
              const at = waiting.indexOf(entry)
              if (at >= 0) waiting.splice(at, 1)
              reject(new Error('aborted'))
            })
            waiting.push(entry)
            queueMicrotask(() => grantNext(name))
          }),
      }
      const channel: TabChannel = {
        post(message) {
          const copy = structuredClone(message)
          if (!listeners.has(tab)) return
          for (const [other, heard] of listeners)
            if (other !== tab) setImmediate(() => [...heard].forEach((hear) => hear(copy)))
        },
        subscribe(heard) {
          own.add(heard)
          return () => own.delete(heard)
        },
        close: () => listeners.delete(tab),
      }
      /** As when the browser ends the tab: no message and no lock of it is left. */
      const kill = (): void => {
        own.clear()
        listeners.delete(tab)
        for (let at = waiting.length - 1; at >= 0; at--)
          if (waiting[at]!.tab === tab) waiting.splice(at, 1)
        for (const [name, key] of Array.from(held)) if (owners.get(key) === tab) release(name, key)
      }
      return { locks, channel, kill }
    },
  }
}

/** A store of numbers under names that outlives its tabs. */
function createShelf() {
  const values = new Map<string, number>()
  const applied: number[] = []
  const watchers = new Set<() => void>()
  let open = 0
  const host = (): TabHost => {
    open += 1
    return {
      async call(name, [key, value]) {
        await Promise.resolve()
        if (name === 'fail') throw new Problem('diary/invalid-day', { faults: ['no'] })
        values.set(String(key), Number(value))
        applied.push(Number(value))
        for (const watcher of watchers) watcher()
        return values.get(String(key))
      },
      watch(_topic, [key], told) {
        const tell = (): void => told(values.get(String(key)) ?? 0)
        watchers.add(tell)
        tell()
        return () => void watchers.delete(tell)
      },
      async close() {
        open -= 1
      },
    }
  }
  return { values, applied, watchers, host, openHosts: () => open, lost: () => void (open -= 1) }
}

const world = () => {
  const { tab } = origin()
  const shelf = createShelf()
  let count = 0
  const shared: unknown[] = []
  return {
    shelf,
    shared,
    join() {
      const { locks, channel, kill } = tab()
      const id = `tab ${++count}`
      const tabs = joinTabs(
        {
          name: 'test',
          id,
          locks,
          channel,
          describe: (error) => (error as Problem).code,
          revive: (code) => new Problem(code as 'diary/invalid-day'),
        },
        async (handedOver, share) => {
          shared.push(handedOver)
          share(`key of ${id}`)
          return shelf.host()
        },
      )
      return { tabs, kill, id }
    },
  }
}
const role = (tabs: Tabs, wanted: string) => until(tabs.role, (now) => now === wanted)
const seen = (tabs: Tabs, key: string) => {
  const states: unknown[] = []
  const end = tabs.watch('value', [key], (state) => states.push(state))
  return { states, end }
}

describe('C110 C111 tabs', () => {
  test('one leads, the others work through it, errors and all', async () => {
    const { join, shelf } = world()
    const [a, b] = [join(), join()]
    await Promise.all([role(a.tabs, 'leader'), role(b.tabs, 'follower')])
    expect(await a.tabs.call('put', ['x', 1])).toBe(1)
    expect(await b.tabs.call('put', ['x', 2])).toBe(2)
    await expect(b.tabs.call('fail', [])).rejects.toMatchObject({ code: 'diary/invalid-day' })
    expect(shelf.openHosts()).toBe(1)
    await b.tabs.close()
    await a.tabs.close()
    expect(shelf.openHosts()).toBe(0)
  })

  test('what is called before anybody leads is done once somebody does', async () => {
    const { join } = world()
    const { tabs } = join()
    expect(await tabs.call('put', ['x', 7])).toBe(7)
    await tabs.close()
    await expect(tabs.call('put', ['x', 8])).rejects.toMatchObject({ code: 'store/closed' })
  })

  test('changes reach every tab, and a tab that is gone is told nothing any more', async () => {
    const { join, shelf } = world()
    const [a, b] = [join(), join()]
    await role(b.tabs, 'follower')
    const watching = [seen(a.tabs, 'x'), seen(b.tabs, 'x')]
    await expect.poll(() => watching[1]!.states).toEqual([0])
    await b.tabs.call('put', ['x', 3])
    await expect.poll(() => watching.map(({ states }) => states.at(-1))).toEqual([3, 3])
    b.kill()
    await expect.poll(() => shelf.watchers.size).toBe(1)
    watching[0]!.end()
    expect(shelf.watchers.size).toBe(0)
  })

  test('the next takes over with what was handed over; watches go on, nothing answered is lost', async () => {
    const { join, shelf, shared } = world()
    const [a, b, c] = [join(), join(), join()]
    await Promise.all([role(b.tabs, 'follower'), role(c.tabs, 'follower')])
    const watching = [seen(b.tabs, 'x'), seen(c.tabs, 'x')]
    await c.tabs.call('put', ['x', 5])
    a.kill()
    shelf.lost()
    await role(b.tabs, 'leader')
    await role(c.tabs, 'follower')
    expect(shared).toEqual([undefined, 'key of tab 1'])
    expect(await c.tabs.call('put', ['x', 6])).toBe(6)
    await expect.poll(() => watching.map(({ states }) => states.at(-1))).toEqual([6, 6])
    expect(shelf.values.get('x')).toBe(6)
  })

  test('C112 a key that was handed over is overwritten once another takes its place', async () => {
    const { tab } = origin()
    const keys: Uint8Array[] = []
    let share: (next: unknown) => void = () => {}
    const leader = joinTabs(
      { name: 'test', id: 'a', ...tab(), describe: String, revive: String },
      async (_, shareIt) => {
        share = shareIt
        return createShelf().host()
      },
    )
    await role(leader, 'leader')
    const { kill, ...heard } = tab()
    heard.channel.subscribe((message) => {
      const { handOver } = message as { handOver?: unknown }
      if (handOver instanceof Uint8Array) keys.push(handOver)
    })
    const follower = joinTabs(
      { name: 'test', id: 'b', ...heard, describe: String, revive: String },
      async () => createShelf().host(),
    )
    await role(follower, 'follower')
    const own = Uint8Array.of(1, 2, 3)
    share(own)
    await expect.poll(() => keys.map((key) => [...key])).toEqual([[1, 2, 3]])
    share(undefined)
    expect([...own]).toEqual([0, 0, 0])
    await expect.poll(() => keys.map((key) => [...key])).toEqual([[0, 0, 0]])
    kill()
  })

  test('a call that a dying tab never answered is said to be unknown', async () => {
    const { join, shelf } = world()
    const [a, b] = [join(), join()]
    await role(b.tabs, 'follower')
    const call = b.tabs.call('put', ['x', 1])
    a.kill()
    shelf.lost()
    await expect(call).rejects.toMatchObject({ code: 'store/handed-over' })
    expect(await b.tabs.call('put', ['x', 2])).toBe(2)
  })

  test('what is no message of ours is passed over', async () => {
    const { tab } = origin()
    const [own, stranger] = [tab(), tab()]
    const tabs = joinTabs(
      { name: 'test', id: 'a', ...own, describe: String, revive: String },
      async () => createShelf().host(),
    )
    for (const message of [null, 1, {}, { type: 'call' }, { type: 'lead', from: 3 }])
      stranger.channel.post(message)
    await role(tabs, 'leader')
    expect(await tabs.call('put', ['x', 1])).toBe(1)
  })
})

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'C111 tabs that come, go and die at any moment lose nothing that was answered (seed %i)',
  async (seed) => {
    const random = seededRandom(`tabs ${seed}`)
    const below = (n: number): number => random.bytes(1)[0]! % n
    const { join, shelf } = world()
    let open = [join()]
    const keys = new Set<string>()
    const answered: number[] = []
    const calls: Promise<unknown>[] = []
    for (let step = 1; step <= 150; step++) {
      const one = open[below(open.length)]!
      const dice = below(20)
      if (dice < 2) open.push(join())
      else if (dice < 4 && open.length > 1) {
        open = open.filter((tab) => tab !== one)
        if (dice === 2) one.kill()
        else await one.tabs.close()
      } else {
        const key = `${below(4)}`
        keys.add(key)
        const call = one.tabs.call('put', [key, step]).then(
          () => answered.push(step),
          () => {},
        )
        // Of a tab that died, nobody hears again.
        calls.push(Promise.race([call, new Promise((resolve) => setTimeout(resolve, 200))]))
      }
      if (below(3) === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all(calls)
    const last = open[0]!
    for (const key of keys) {
      const watching = seen(last.tabs, key)
      await expect.poll(() => watching.states.at(-1)).toBe(shelf.values.get(key) ?? 0)
      watching.end()
    }
    expect(answered.length).toBeGreaterThan(30)
    expect(answered.filter((step) => !shelf.applied.includes(step))).toEqual([])
    // No call is ever sent again by itself.
    expect(new Set(shelf.applied).size).toBe(shelf.applied.length)
    expect(await last.tabs.call('put', ['end', 1])).toBe(1)
  },
)
