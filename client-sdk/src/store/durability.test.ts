import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bakedImage } from '../node/baked-image.ts'
import { countingFiles } from '../testing/counting-files.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openStore } from '../testing/open-store.ts'
import { memoryDevice } from './sealed/memory-device.ts'
import { memoryFiles, type MemoryFiles } from './memory-files.ts'
import type { Keychain } from './keychain.ts'
import { memoryKeychain } from './memory-keychain.ts'
import type { SealedStore } from './store.ts'
import type { StoreFiles } from './files.ts'
import { upgrades } from '../client/schema.ts'

const steps = [
  ...upgrades,
  async (tx: { script(sql: string): Promise<void> }) =>
    tx.script('CREATE TABLE notes (text text NOT NULL)'),
]

async function insert(store: SealedStore, rows: number): Promise<void> {
  await store.write(async (tx) => {
    for (let i = 0; i < rows; i++) await tx.query('INSERT INTO notes VALUES ($1)', ['text'])
  })
}

async function countIn(store: SealedStore): Promise<number> {
  const [row] = await store.query<{ n: number }>('SELECT count(*)::integer AS n FROM notes')
  return row!.n
}

/** A keychain of the same secret that notes nothing. */
const forgetful = (keychain: Keychain): Keychain => ({
  ...keychain,
  readNote: async () => undefined,
  writeNote: async () => {},
})

/** The same files with what was written so far, as after a process that has ended at this moment. */
function asTheyAre(files: MemoryFiles): StoreFiles {
  const bytes = files.content()
  return {
    async open() {
      const opened = await memoryFiles().open()
      return { ...opened, openDevice: async () => memoryDevice(bytes) }
    },
  }
}

describe('C2 in strict mode', () => {
  let store: SealedStore
  const inner = memoryFiles()
  const files = countingFiles(inner)
  const keychain = memoryKeychain()
  beforeAll(async () => {
    store = await openStore(files, steps, { keychain, clock: manualClock() })
  })
  afterAll(() => store.close())

  test('a commit is flushed once before it resolves, however many statements it has', async () => {
    for (let commit = 0; commit < 5; commit++) {
      const before = files.counts.flushes
      await insert(store, 20)
      expect(files.counts.flushes - before).toBe(1)
    }
  })

  test('reading flushes and writes nothing', async () => {
    const before = { ...files.counts }
    expect(await countIn(store)).toBe(100)
    await store.read('SELECT 1')
    expect(files.counts).toEqual(before)
  })

  test('what resolved is there when the process ends at that moment', async () => {
    await insert(store, 1)
    const later = await openStore(asTheyAre(inner), steps, { keychain: forgetful(keychain) })
    expect(await countIn(later)).toBe(101)
    await later.close()
  })
})

describe('C2 in relaxed mode', () => {
  test('commits wait for a flush that comes by itself, and none is lost by closing', async () => {
    const inner = memoryFiles(await bakedImage())
    const files = countingFiles(inner)
    const keychain = memoryKeychain()
    const clock = manualClock()
    const store = await openStore(files, steps, { keychain, clock, durability: 'relaxed' })
    clock.advance(200)
    const before = files.counts.flushes
    for (let i = 0; i < 10; i++) await insert(store, 1)
    expect(files.counts.flushes).toBe(before)
    const lost = await openStore(asTheyAre(inner), steps, { keychain: forgetful(keychain) })
    expect(await countIn(lost)).toBe(0)
    await lost.close()

    clock.advance(200)
    expect(files.counts.flushes).toBe(before + 1)
    const kept = await openStore(asTheyAre(inner), steps, { keychain: forgetful(keychain) })
    expect(await countIn(kept)).toBe(10)
    await kept.close()

    await insert(store, 1)
    await store.close()
    const again = await openStore(inner, steps, { keychain })
    expect(await countIn(again)).toBe(11)
    await again.close()
  })
})
