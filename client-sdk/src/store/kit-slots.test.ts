import { bytesToHex, Problem, utf8 } from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { slottedKitFile, type KitSlot } from './kit-slots.ts'

let key: CryptoKey
beforeAll(async () => {
  key = await newKey()
})

const newKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** A disk of two slots; `tear` says what a write leaves when the power goes during it. */
function disk() {
  const places = [new Uint8Array(0), new Uint8Array(0)]
  const aside: Uint8Array[] = []
  let tear: ((bytes: Uint8Array) => Uint8Array<ArrayBuffer>) | undefined
  let opened = 0
  const slot = (i: number): KitSlot => ({
    read: async () => places[i]!,
    async write(bytes) {
      places[i] = tear ? tear(bytes) : bytes.slice()
      if (tear) throw new Error('the power is gone')
    },
  })
  return {
    places,
    aside,
    opened: () => opened,
    cutPower(left: typeof tear) {
      tear = left
    },
    file: (under = key) =>
      slottedKitFile(async () => {
        opened += 1
        return {
          slots: [slot(0), slot(1)],
          key: under,
          keepAside: async (bytes) => void aside.push(bytes.slice()),
          release: async () => void (opened -= 1),
        }
      }),
  }
}

async function read(on: ReturnType<typeof disk>, under = key): Promise<string | undefined> {
  const file = on.file(under)
  const record = await file.load()
  await file.close()
  return record && new TextDecoder().decode(record)
}

describe('a kit in two slots', () => {
  test('reads back what was saved last, and nothing at first', async () => {
    const on = disk()
    const file = on.file()
    expect(await file.load()).toBeUndefined()
    for (const text of ['one', 'two', 'three']) {
      await file.save(utf8(text))
      expect(await read(on)).toBe(text)
    }
    await file.close()
    expect(on.opened()).toBe(0)
    expect(on.aside).toEqual([])
  })

  test('has nothing of the record in clear', async () => {
    const on = disk()
    const file = on.file()
    await file.load()
    await file.save(utf8('blue door'))
    const stored = on.places.map(bytesToHex).join('')
    expect(stored).not.toContain(bytesToHex(utf8('blue door')))
  })

  test('C70 a torn write falls back to the record before it, wherever it is torn, and goes on', async () => {
    const random = seededRandom('torn')
    for (let round = 0; round < 60; round++) {
      const on = disk()
      const file = on.file()
      await file.load()
      const saves = 1 + (round % 4)
      for (let i = 1; i <= saves; i++) await file.save(utf8(`record ${i}`))
      const [high = 0, low = 0] = random.bytes(2)
      const kind = round % 3
      on.cutPower((bytes) => {
        const at = ((high << 8) | low) % bytes.length
        if (kind === 0) return bytes.slice(0, at)
        if (kind === 1) return bytes.slice().fill(0, at)
        return Uint8Array.from(bytes, (byte, i) => (i >= at && i < at + 512 ? byte ^ 0xff : byte))
      })
      await expect(file.save(utf8('torn'))).rejects.toThrow('power')
      on.cutPower(undefined)
      expect(await read(on)).toBe(`record ${saves}`)

      const again = on.file()
      await again.load()
      await again.save(utf8('after'))
      expect(await read(on)).toBe('after')
      expect(on.aside).toEqual([])
    }
  })

  test('a save that failed is followed by one in the same slot: the good one is never overwritten', async () => {
    const on = disk()
    const file = on.file()
    await file.load()
    await file.save(utf8('good'))
    for (let i = 0; i < 3; i++) {
      on.cutPower((bytes) => bytes.slice(0, 20))
      await expect(file.save(utf8('lost'))).rejects.toThrow('power')
    }
    expect(await read(on)).toBe('good')
  })

  test('C71 one that cannot be read counts as none, and its bytes are kept aside', async () => {
    const on = disk()
    const file = on.file()
    await file.load()
    await file.save(utf8('one'))
    await file.save(utf8('two'))
    const other = await newKey()
    expect(await read(on, other)).toBeUndefined()
    expect(on.aside).toHaveLength(2)
    const fresh = on.file(other)
    await fresh.load()
    await fresh.save(utf8('new'))
    expect(await read(on, other)).toBe('new')
  })

  test('C71 slots that cannot be read at all do not keep the kit shut', async () => {
    const broken: KitSlot = {
      read: () => Promise.reject(new Error('input/output error')),
      write: () => Promise.reject(new Error('input/output error')),
    }
    const file = slottedKitFile(async () => ({
      slots: [broken, broken],
      key,
      keepAside: () => Promise.reject(new Error('input/output error')),
      release: async () => {},
    }))
    expect(await file.load()).toBeUndefined()
  })

  test('C72 where there is no place at all the kit is in memory, and says so; one in use is not taken', async () => {
    const broken = slottedKitFile(() => Promise.reject(new Error('no storage for this origin')))
    expect(await broken.load()).toBeUndefined()
    expect(broken.durable).toBe(false)
    await broken.save(utf8('one'))
    await broken.setAside()
    await broken.close()
    const on = disk().file()
    await on.load()
    expect(on.durable).toBe(true)
    const held = slottedKitFile(() => Promise.reject(new Problem('store/in-use')))
    await expect(held.load()).rejects.toMatchObject({ code: 'store/in-use' })
  })

  test('a record that is not understood can be put aside', async () => {
    const on = disk()
    const file = on.file()
    await file.load()
    await file.save(utf8('of a newer app'))
    await file.setAside()
    expect(await read(on)).toBeUndefined()
    expect(on.aside).toHaveLength(1)
  })
})
