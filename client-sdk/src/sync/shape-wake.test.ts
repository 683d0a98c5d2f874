import { beforeEach, describe, expect, test } from 'vitest'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import { browserWakeDeps, createWakeSignal, type WakeDeps } from './shape-wake.ts'

let clock: ManualClock
let woken: number
beforeEach(() => {
  clock = manualClock()
  woken = 0
})
const listen = (deps: Omit<WakeDeps, 'clock'> = {}): (() => void) =>
  createWakeSignal({ clock, ...deps }).subscribe(() => (woken += 1))
/** Time goes by as it does on a device that is awake. */
function pass(seconds: number): void {
  for (let n = 0; n < seconds; n++) clock.advance(1000)
}

describe('C36 timers that come late', () => {
  test('are noticed within a second of waking, once', () => {
    listen()
    pass(60)
    expect(woken).toBe(0)
    clock.advance(3_600_000)
    expect(woken).toBe(0)
    clock.advance(1000)
    expect(woken).toBe(1)
    pass(60)
    expect(woken).toBe(1)
  })

  test('mean nothing when they are a little late', () => {
    listen()
    for (let n = 0; n < 20; n++) clock.advance(4999)
    expect(woken).toBe(0)
  })

  test('mean nothing while the page is hidden, where all are late', () => {
    let hidden = true
    listen({ isHidden: () => hidden })
    for (let n = 0; n < 5; n++) clock.advance(60_000)
    pass(1)
    expect(woken).toBe(0)
    hidden = false
    clock.advance(60_000)
    pass(1)
    expect(woken).toBe(1)
  })

  test('a clock that is set back is not a sleep', () => {
    listen()
    pass(3)
    clock.advance(-3_600_000)
    pass(3)
    expect(woken).toBe(0)
  })
})

describe('C36 what a browser says', () => {
  const scopeWithPage = () => {
    const page = Object.assign(new EventTarget(), { hidden: false })
    const scope = Object.assign(new EventTarget(), { document: page })
    const deps = browserWakeDeps(scope as unknown as typeof globalThis)
    const say = (target: EventTarget, type: string): unknown =>
      target.dispatchEvent(new Event(type))
    return { page, scope, deps, say }
  }

  test.each(['online', 'pageshow'])('%s of the window is told', (type) => {
    const { scope, deps, say } = scopeWithPage()
    listen(deps)
    say(scope, type)
    clock.advance(100)
    expect(woken).toBe(1)
  })

  test('a page that comes to the front is told, one that goes is not', () => {
    const { page, deps, say } = scopeWithPage()
    listen(deps)
    page.hidden = true
    say(page, 'visibilitychange')
    clock.advance(100)
    expect(woken).toBe(0)
    page.hidden = false
    say(page, 'visibilitychange')
    clock.advance(100)
    expect(woken).toBe(1)
  })

  test('what comes together is told once, what comes later again', () => {
    const { page, scope, deps, say } = scopeWithPage()
    listen(deps)
    say(page, 'resume')
    say(page, 'visibilitychange')
    say(scope, 'pageshow')
    say(scope, 'online')
    clock.advance(100)
    expect(woken).toBe(1)
    say(scope, 'online')
    clock.advance(100)
    expect(woken).toBe(2)
  })

  test('a worker hears of the network', () => {
    const scope = new EventTarget()
    listen(browserWakeDeps(scope as unknown as typeof globalThis))
    scope.dispatchEvent(new Event('online'))
    clock.advance(100)
    expect(woken).toBe(1)
  })
})

test('nothing is watched while nobody listens', () => {
  const target = new EventTarget()
  let added = 0
  const counting = {
    addEventListener: (...all: Parameters<EventTarget['addEventListener']>) => {
      added += 1
      target.addEventListener(...all)
    },
    removeEventListener: (...all: Parameters<EventTarget['removeEventListener']>) => {
      added -= 1
      target.removeEventListener(...all)
    },
  }
  const signal = createWakeSignal({ clock, events: [{ target: counting, type: 'online' }] })
  expect([clock.waits(), added]).toEqual([[], 0])
  const [first, second] = [signal.subscribe(() => (woken += 1)), signal.subscribe(() => {})]
  expect([clock.waits(), added]).toEqual([[1000], 1])
  target.dispatchEvent(new Event('online'))
  first()
  first()
  expect(clock.waits()).toHaveLength(2)
  second()
  expect([clock.waits(), added, woken]).toEqual([[], 0, 0])
  signal.subscribe(() => {})
  expect(added).toBe(1)
})
