import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '@selene/shapes'
import { leastCost, sodiumArgon2id, type Argon2id } from '../../crypto/argon2id.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import { loadPrimitives } from '../../crypto/sodium.ts'
import { seededRandom } from '../../testing/seeded-random.ts'
import { memoryKeychain } from '../memory-keychain.ts'
import { decodeKeyArea, encodeKeyArea, slotKinds, type Slot } from './key-area.ts'
import type { NewSecret, Secret } from './secret.ts'
import { openSlots, readySlot, type SlotDeps } from './slot.ts'

let crypto: Primitives
beforeAll(async () => {
  crypto = await loadPrimitives(seededRandom('slots'))
})

const storeId = new Uint8Array(16).fill(3)
const dataKey = new Uint8Array(32).fill(0x5e)

/** Depends on everything that Argon2id does, and takes no time. */
function quickArgon2id(): Argon2id & { calls: number } {
  const quick = Object.assign(
    async ({ secret, salt, cost }: Parameters<Argon2id>[0]) => {
      quick.calls += 1
      const bounds = new Uint8Array([cost.ops, Math.log2(cost.memoryBytes)])
      return crypto.hash([secret, salt, bounds])
    },
    { calls: 0 },
  )
  return quick
}

const deps = (parts: Partial<SlotDeps> = {}): SlotDeps => ({
  crypto,
  keychain: memoryKeychain(seededRandom('platform')),
  argon2id: quickArgon2id(),
  ...parts,
})

async function make(on: SlotDeps, made: NewSecret, id = 1): Promise<{ slot: Slot; words: string }> {
  const ready = await readySlot(on, made, { id, cost: leastCost })
  return { slot: ready.seal(storeId, dataKey.slice()), words: ready.recoveryPhrase ?? '' }
}

const opening = (on: SlotDeps, secret: Secret, slots: readonly Slot[], id = storeId) =>
  openSlots(on, secret, { storeId: id, slots })

const wrong = { code: 'store/wrong-secret' }
const damaged = { code: 'store/damaged' }

describe('K3 a slot', () => {
  test('of each kind gives the data key for its secret, and for no other', async () => {
    const on = deps()
    const recovery = await make(on, { recovery: true }, 4)
    const slots = [
      (await make(on, { platform: true }, 1)).slot,
      (await make(on, { pin: '2580' }, 2)).slot,
      (await make(on, { passphrase: 'some words' }, 3)).slot,
      recovery.slot,
    ]
    const right: Secret[] = [
      { platform: true },
      { pin: '2580' },
      { passphrase: 'some words' },
      { recovery: recovery.words },
    ]
    for (const [i, secret] of right.entries())
      expect(await opening(on, secret, slots)).toEqual({ dataKey, id: i + 1 })
    const others: Secret[] = [
      { pin: '2581' },
      { pin: 'some words' },
      { passphrase: '2580' },
      { passphrase: 'some  words' },
      { recovery: 'no words' },
      { recovery: `${'abandon '.repeat(23)}art` },
    ]
    for (const secret of others)
      await expect(opening(on, secret, slots)).rejects.toMatchObject(wrong)
  })

  test('of a PIN or the platform does not open with the secret of another platform', async () => {
    const slots = [
      (await make(deps(), { platform: true })).slot,
      (await make(deps(), { pin: '2580' }, 2)).slot,
      (await make(deps(), { passphrase: 'some words' }, 3)).slot,
    ]
    const elsewhere = deps({ keychain: memoryKeychain(seededRandom('another')) })
    await expect(opening(elsewhere, { platform: true }, slots)).rejects.toMatchObject(wrong)
    await expect(opening(elsewhere, { pin: '2580' }, slots)).rejects.toMatchObject(wrong)
    expect((await opening(elsewhere, { passphrase: 'some words' }, slots)).id).toBe(3)
  })

  test('K2 of another store opens nothing', async () => {
    const on = deps()
    const { slot } = await make(on, { pin: '2580' })
    const other = new Uint8Array(16).fill(4)
    await expect(opening(on, { pin: '2580' }, [slot], other)).rejects.toMatchObject(wrong)
  })

  test('K4 opens however the same characters are typed', async () => {
    const on = deps()
    const recovery = await make(on, { recovery: true })
    const slots = [
      (await make(on, { pin: '2580' })).slot,
      (await make(on, { passphrase: 'Übermut und café' }, 2)).slot,
      recovery.slot,
    ]
    expect(await opening(on, { pin: '２５８０' }, slots)).toMatchObject({ dataKey })
    const decomposed = 'Übermut und café'.normalize('NFD')
    expect(await opening(on, { passphrase: decomposed }, slots)).toMatchObject({ dataKey })
    const shouted = ` ${recovery.words.toUpperCase().replaceAll(' ', '   ')}\n`
    expect(await opening(on, { recovery: shouted }, slots)).toMatchObject({ dataKey })
  })

  test('of the real Argon2id opens too', async () => {
    const on = deps({ argon2id: sodiumArgon2id(crypto) })
    const { slot } = await make(on, { pin: '2580' })
    expect(await opening(on, { pin: '2580' }, [slot])).toEqual({ dataKey, id: 1 })
  })
})

describe('K5 the cost', () => {
  test.each([
    ['too little', { ops: 2, memoryBytes: leastCost.memoryBytes }],
    ['too little memory', { ops: 3, memoryBytes: 1024 }],
    ['too much', { ops: 11, memoryBytes: leastCost.memoryBytes }],
    ['too much memory', { ops: 3, memoryBytes: 2 ** 31 }],
  ])('outside the bounds, %s, is damage, and nothing is derived', async (_, cost) => {
    const on = deps()
    const { slot } = await make(on, { pin: '2580' })
    const argon2id = quickArgon2id()
    const tampered = [{ ...slot, cost }]
    await expect(opening({ ...on, argon2id }, { pin: '2580' }, tampered)).rejects.toMatchObject(
      damaged,
    )
    expect(argon2id.calls).toBe(0)
  })
})

describe('K6 opening', () => {
  test('tries all slots of the kind, whichever opens, and none of another', async () => {
    const argon2id = quickArgon2id()
    const on = deps({ argon2id })
    const pins = ['1357', '2468', '8642']
    const slots = await Promise.all(pins.map(async (pin, i) => (await make(on, { pin }, i)).slot))
    slots.push((await make(on, { passphrase: 'some words' }, 9)).slot)
    for (const pin of [...pins, 'none']) {
      argon2id.calls = 0
      await opening(on, { pin }, slots).catch(() => {})
      expect(argon2id.calls).toBe(3)
    }
  })

  test('says that a slot is damaged when its key is right, and still opens by another', async () => {
    const on = deps()
    const { slot } = await make(on, { pin: '2580' })
    const sealed = slot.sealed.slice()
    sealed[sealed.length - 1]! ^= 1
    const broken = { ...slot, sealed }
    await expect(opening(on, { pin: '2580' }, [broken])).rejects.toMatchObject(damaged)
    expect(await opening(on, { pin: '2580' }, [broken, slot])).toMatchObject({ dataKey })
    await expect(opening(on, { pin: '0852' }, [broken])).rejects.toMatchObject(wrong)
  })

  test('K2 with any byte of the area changed gives a typed error or the true key, never another', async () => {
    const on = deps()
    const recovery = await make(on, { recovery: true }, 4)
    const made = [
      { secret: { platform: true } as Secret, slot: (await make(on, { platform: true }, 1)).slot },
      { secret: { pin: '2580' }, slot: (await make(on, { pin: '2580' }, 2)).slot },
      { secret: { passphrase: 'w' }, slot: (await make(on, { passphrase: 'w' }, 3)).slot },
      { secret: { recovery: recovery.words }, slot: recovery.slot },
    ]
    const area = encodeKeyArea({ nextId: 5, slots: made.map(({ slot }) => slot) })
    const outcomes: Record<string, number> = {}
    for (let at = 0; at < area.length; at++) {
      const changed = area.slice()
      changed[at]! ^= 1 << (at % 8)
      for (const { secret } of made) {
        const outcome = await decodeAndOpen(on, secret, changed)
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
    }
    expect(Object.keys(outcomes).toSorted()).toEqual([
      'store/damaged',
      'store/newer-format',
      'store/wrong-secret',
      'true key',
    ])
  })

  async function decodeAndOpen(on: SlotDeps, secret: Secret, area: Uint8Array): Promise<string> {
    try {
      const { slots } = decodeKeyArea(area)
      const opened = await opening(on, secret, slots)
      expect(opened.dataKey).toEqual(dataKey)
      return 'true key'
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return error.code
    }
  }
})

describe('the key area', () => {
  const slot = fc.record({
    kind: fc.constantFrom(...slotKinds),
    cost: fc.record({
      ops: fc.nat(2 ** 31),
      memoryBytes: fc.nat(2 ** 21).map((kibibytes) => kibibytes * 1024),
    }),
    salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    sealed: fc.uint8Array({ minLength: 104, maxLength: 104 }),
  })

  test('reads back what was written', () => {
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 1, maxLength: 16 }),
        fc.nat(65_535),
        (all, nextId) => {
          const area = { nextId, slots: all.map((one, i) => ({ ...one, id: i + 1 })) }
          expect(decodeKeyArea(encodeKeyArea(area))).toEqual(area)
        },
      ),
    )
  })

  test('refuses anything else as damaged or newer, and throws nothing but that', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          decodeKeyArea(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
          expect(['store/damaged', 'store/newer-format']).toContain((error as Problem).code)
        }
      }),
      { examples: [[new Uint8Array(0)], [Uint8Array.of(2)], [Uint8Array.of(1, 1, 0, 0, 0)]] },
    )
  })

  test('K8 has room for 16 slots', async () => {
    const { slot: one } = await make(deps(), { platform: true })
    const slots = Array.from({ length: 17 }, (_, id) => ({ ...one, id }))
    expect(() => encodeKeyArea({ nextId: 99, slots })).toThrow(
      expect.objectContaining({ code: 'store/too-many-slots' }),
    )
    expect(encodeKeyArea({ nextId: 99, slots: slots.slice(1) }).length).toBeLessThanOrEqual(4_096)
  })
})
