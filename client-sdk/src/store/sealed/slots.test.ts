import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSlots, type Slots } from './slots.ts'

const slotsWith = (total: number, ...used: readonly number[]): Slots =>
  createSlots(total, (use) => used.forEach(use))

test('B6 the lowest free slot is taken, and one that was replaced waits for the commit', () => {
  const slots = slotsWith(10, 1, 2, 4)
  expect(slots.free).toBe(7)
  expect(slots.take()).toBe(3)
  slots.release(1)
  expect(slots.waiting).toBe(1)
  expect(slots.take()).toBe(5)
  slots.settle()
  expect([slots.waiting, slots.take()]).toEqual([0, 1])
})

test('B6 a slot that no commit knows of is free at once', () => {
  const slots = slotsWith(10)
  const slot = slots.take()
  slots.release(slot)
  expect([slots.waiting, slots.take()]).toEqual([0, slot])
  slots.settle()
  slots.release(slot)
  expect(slots.waiting).toBe(1)
})

test('a device that grows brings free slots, and one that is cut takes them', () => {
  const slots = slotsWith(3, 1, 2, 3)
  expect(() => slots.take()).toThrow(TypeError)
  slots.resize(5000)
  expect([slots.free, slots.take()]).toEqual([4997, 4])
  slots.resize(4)
  expect([slots.free, slots.total]).toEqual([0, 4])
  expect(() => slots.take()).toThrow(TypeError)
})

test('no slot is given twice, and none is lost', () => {
  const steps = fc.array(fc.constantFrom('take', 'release', 'settle', 'grow'), { maxLength: 300 })
  fc.assert(
    fc.property(steps, (list) => {
      const slots = slotsWith(8)
      const live: number[] = []
      for (const step of list) {
        if (step === 'grow') slots.resize(slots.total + 3)
        else if (step === 'settle') slots.settle()
        else if (step === 'release') live.splice(0, 1).forEach(slots.release)
        else if (slots.free > 0) {
          const slot = slots.take()
          expect(live).not.toContain(slot)
          expect(slot).toBeLessThanOrEqual(slots.total)
          live.push(slot)
        }
        expect(slots.free + slots.waiting + live.length).toBe(slots.total)
      }
    }),
  )
})
