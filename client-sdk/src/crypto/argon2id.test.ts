import { describe, expect, test } from 'vitest'
import { calibrateCost, isSafeCost, leastCost, type StretchInput } from './argon2id.ts'

/** A device that takes so long for each MiB and pass. */
function device(msPerMib: number) {
  let now = 0
  const argon2id = async ({ cost }: StretchInput) => {
    now += (cost.ops * cost.memoryBytes * msPerMib) / 2 ** 20
    return new Uint8Array(32)
  }
  return {
    argon2id,
    clock: { now: () => now },
    cost: (c: typeof leastCost) => (c.ops * c.memoryBytes * msPerMib) / 2 ** 20,
  }
}

const mebibyte = 2 ** 20

describe('K5 the cost of stretching', () => {
  test.each([0.5, 0.8, 1, 1.5, 2, 3])('takes half a second to one, at %d ms a MiB', async (ms) => {
    const on = device(ms)
    const cost = await calibrateCost(on.argon2id, on.clock)
    expect(on.cost(cost)).toBeGreaterThanOrEqual(500)
    expect(on.cost(cost)).toBeLessThanOrEqual(1_000)
    expect(isSafeCost(cost)).toBe(true)
  })

  test('is never below the least, however slow the device is', async () => {
    const on = device(50)
    expect(await calibrateCost(on.argon2id, on.clock)).toEqual(leastCost)
  })

  test('is never above four times the least memory, however fast it is', async () => {
    const on = device(0.001)
    expect(await calibrateCost(on.argon2id, on.clock)).toEqual({
      ops: 10,
      memoryBytes: 256 * mebibyte,
    })
  })

  test('is the least when the clock stands still or is set back', async () => {
    const { argon2id } = device(1)
    expect(await calibrateCost(argon2id, { now: () => 5 })).toEqual(leastCost)
    let now = 10
    expect(await calibrateCost(argon2id, { now: () => (now -= 1) })).toEqual(leastCost)
  })
})
