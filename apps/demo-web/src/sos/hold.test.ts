import { describe, expect, test } from 'vitest'
import { holdMilliseconds, nextHold, type HoldEvent, type HoldState } from './hold.ts'

const idle: HoldState = { state: 'idle' }
const after = (...events: HoldEvent[]): HoldState => events.reduce(nextHold, idle)
const press = (at: number): HoldEvent => ({ event: 'press', at })
const release = (at: number): HoldEvent => ({ event: 'release', at })
const tick = (at: number): HoldEvent => ({ event: 'tick', at })

describe('press and hold', () => {
  test('a tap does nothing', () => {
    expect(after(press(0), release(200))).toEqual(idle)
  })

  test('it is done when the time is up, released by then or not', () => {
    expect(after(press(100), tick(100 + holdMilliseconds)).state).toBe('done')
    expect(after(press(100), release(100 + holdMilliseconds)).state).toBe('done')
  })

  test('a moment too short is too short', () => {
    expect(after(press(0), tick(holdMilliseconds - 1)).state).toBe('holding')
    expect(after(press(0), release(holdMilliseconds - 1))).toEqual(idle)
  })

  test('a key that repeats does not start again', () => {
    expect(after(press(0), press(700), press(1400), tick(holdMilliseconds)).state).toBe('done')
  })

  test('two short presses do not add up', () => {
    expect(after(press(0), release(900), press(1000), tick(1600)).state).toBe('holding')
  })

  test('slipping off ends it, and nothing undoes what is done', () => {
    expect(after(press(0), { event: 'abort' }, tick(5000))).toEqual(idle)
    expect(after(press(0), tick(2000), { event: 'abort' }).state).toBe('done')
  })

  test('after it is done a release is nothing and a press begins anew', () => {
    const done = after(press(0), tick(2000))
    expect(nextHold(done, release(2100)).state).toBe('done')
    expect(nextHold(done, press(3000))).toEqual({ state: 'holding', since: 3000 })
  })
})
