import sodium from 'libsodium-wrappers-sumo'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { createClient, openSafe, openSosKit, until, type Client, type Safe } from '../index.ts'
import { bakedImage } from '../node/baked-image.ts'
import type { StoreFiles } from '../store/files.ts'
import { memoryFiles, type MemoryFiles } from '../store/memory-files.ts'
import { memoryKeychain } from '../store/memory-keychain.ts'
import { faultError } from '../store/sealed/fault.ts'
import { guardedFiles, limitedFiles } from '../testing/limited-files.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import { memoryPlatform, openClient, seededRandom } from '../testing/index.ts'
import type { SafeState } from './safe-state.ts'
import type { Platform } from './platform.ts'

const date = '2026-03-10' as CivilDate
const pin = '2580'
const passphrase = 'crater vivid uncle jogging maple lantern'
const wrong = { code: 'store/wrong-secret' }

let image: Blob
beforeAll(async () => {
  image = await bakedImage()
})

interface Device {
  readonly files: MemoryFiles
  readonly clock: ManualClock
  readonly platform: Platform
}

/** A device whose store can be opened again; Argon2id takes no time on it. */
function device(parts: Partial<Platform> = {}): Device {
  const files = memoryFiles(image)
  const clock = manualClock()
  const argon2id: Platform['argon2id'] = async ({ secret, salt }) => {
    const joined = new Uint8Array([...secret, ...salt])
    return new Uint8Array(await crypto.subtle.digest('SHA-256', joined))
  }
  const platform = memoryPlatform({ files, clock, argon2id, ...parts })
  return { files, clock, platform }
}

const stateOf = (safe: Safe): Promise<SafeState> => until(safe.state, () => true)
const lockOf = async (safe: Safe): Promise<string> => (await stateOf(safe)).lock
const valuesOf = async (client: Client) => (await until(client.diary.day(date), () => true)).values

describe('a safe', () => {
  test('is new, then open, then locked, and opens again with what was in it', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    expect(await stateOf(safe)).toMatchObject({ lock: 'new', kind: 'memory', bytes: 0 })
    expect(safe.client()).toBeUndefined()
    const { client, recoveryPhrase } = await safe.create({ pin })
    expect(recoveryPhrase).toBeUndefined()
    expect(await lockOf(safe)).toBe('open')
    expect((await stateOf(safe)).bytes).toBeGreaterThan(2 ** 20)
    await client.diary.edit(date, { 'bleeding.value': 2, 'note.value': 'kept' })

    await safe.lock()
    expect(await lockOf(safe)).toBe('locked')
    expect(safe.client()).toBeUndefined()
    const closed = { code: 'store/closed' }
    await expect(client.diary.edit(date, { 'bleeding.value': 3 })).rejects.toMatchObject(closed)
    await expect(safe.unlock({ pin: '0852' })).rejects.toMatchObject(wrong)
    expect(await lockOf(safe)).toBe('locked')

    const again = await safe.unlock({ pin })
    expect(await valuesOf(again)).toEqual({ 'bleeding.value': 2, 'note.value': 'kept' })
    expect(safe.client()).toBe(again)
    expect(await safe.unlock({ pin: 'whatever' })).toBe(again)
  })

  test('is locked by closing its client, and by closing it', async () => {
    const { platform } = device()
    const safe = await openSafe({ platform })
    const { client } = await safe.create({ pin })
    await client.close()
    expect(await lockOf(safe)).toBe('locked')
    await safe.unlock({ pin })
    await safe.close()
    await safe.close()
    await expect(safe.unlock({ pin })).rejects.toMatchObject({ code: 'store/closed' })
    await using next = await openSafe({ platform })
    expect(await lockOf(next)).toBe('locked')
    await next.unlock({ pin })
  })

  test('lets one opener in', async () => {
    const { platform } = device()
    await using first = await openSafe({ platform })
    await expect(openSafe({ platform })).rejects.toMatchObject({ code: 'store/in-use' })
    expect(await lockOf(first)).toBe('new')
  })

  test('takes her secrets, or the platform alone, and not both', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    await expect(safe.create({})).rejects.toThrow(TypeError)
    await expect(safe.create({ recovery: true })).rejects.toThrow(TypeError)
    await expect(safe.create({ pin, platformOnly: true })).rejects.toThrow(TypeError)
    await expect(safe.create({ pin: '1234' })).rejects.toMatchObject({ code: 'store/weak-secret' })
    await expect(safe.create({ pin, passphrase: 'weak' })).rejects.toMatchObject({
      code: 'store/weak-secret',
    })
    expect(await lockOf(safe)).toBe('new')
    await expect(safe.unlock({ pin })).rejects.toThrow(TypeError)
    await safe.create({ platformOnly: true })
    await expect(safe.create({ pin })).rejects.toThrow(TypeError)
    await safe.lock()
    await safe.unlock({ platform: true })
  })

  test('a program without a person does not get into one that has a lock', async () => {
    const { platform } = device()
    const safe = await openSafe({ platform })
    await safe.create({ pin })
    await safe.close()
    await expect(createClient({ platform })).rejects.toMatchObject({ code: 'store/locked' })
    await using again = await openSafe({ platform })
    await again.unlock({ pin })
  })

  test('says what belongs to an open store while it is locked', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    const locked = { code: 'store/locked' }
    expect(() => safe.slots.list()).toThrow(expect.objectContaining(locked))
    await expect(safe.slots.add({ pin }, { pin })).rejects.toMatchObject(locked)
    await expect(safe.check()).rejects.toMatchObject(locked)
    await expect(safe.compact()).rejects.toMatchObject(locked)
  })
})

describe('the SOS kit', () => {
  test('W47 works while the safe is locked, and goes on when it opens and locks again', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    await safe.create({ pin })
    await safe.lock()
    const alert = await safe.kit.raise({ kind: 'sos', audience: 'contacts' })
    expect(await until(safe.kit.current, () => true)).toMatchObject({ id: alert.id })
    const client = await safe.unlock({ pin })
    expect(await until(client.sos.current, () => true)).toMatchObject({ id: alert.id })
    await safe.lock()
    await safe.kit.cancel(alert.id)
    expect(await until(safe.kit.current, () => true)).toMatchObject({ phase: 'cancelled' })
  })

  test('that was given stays open when the safe closes', async () => {
    const { platform } = device()
    const kit = await openSosKit({ platform })
    const safe = await openSafe({ platform, kit })
    await safe.create({ pin })
    await safe.close()
    await kit.raise({ kind: 'sos', audience: 'contacts' })
    await kit.close()
  })
})

describe('K7 secrets', () => {
  test('are asked for again without changing anything, read-only or not, and wrong ones count', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    await safe.create({ pin, recovery: true })
    await safe.slots.prove({ pin })
    await safe.lock()
    await expect(safe.slots.prove({ pin })).rejects.toMatchObject({ code: 'store/locked' })
    await safe.unlock({ pin }, { mode: 'reading' })
    const before = safe.slots.list()
    await safe.slots.prove({ pin })
    for (let attempt = 0; attempt < 5; attempt++)
      await expect(safe.slots.prove({ pin: '1397' })).rejects.toMatchObject(wrong)
    await expect(safe.slots.prove({ pin })).rejects.toMatchObject({ code: 'store/attempts' })
    expect(safe.slots.list()).toEqual(before)
  })

  test('are added, changed and removed, each for one that opens', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    const { recoveryPhrase } = await safe.create({ pin, recovery: true })
    expect(recoveryPhrase!.split(' ')).toHaveLength(24)
    expect(safe.slots.list()).toEqual([
      { id: 1, kind: 'pin' },
      { id: 2, kind: 'recovery' },
    ])
    await expect(safe.slots.add({ pin: '0852' }, { passphrase })).rejects.toMatchObject(wrong)
    expect(await safe.slots.add({ pin }, { passphrase })).toEqual({ id: 3, kind: 'passphrase' })
    await expect(safe.slots.change({ pin }, 1, { pin: '1111' })).rejects.toMatchObject({
      code: 'store/weak-secret',
    })
    expect(await safe.slots.change({ passphrase }, 1, { pin: '1793' })).toEqual({
      id: 4,
      kind: 'pin',
    })
    await expect(safe.slots.remove({ pin }, 3)).rejects.toMatchObject(wrong)
    await expect(safe.slots.remove({ passphrase }, 1)).rejects.toThrow(TypeError)
    expect(safe.slots.list().map(({ id }) => id)).toEqual([4, 2, 3])

    await safe.lock()
    await expect(safe.unlock({ pin })).rejects.toMatchObject(wrong)
    for (const secret of [{ pin: '1793' }, { passphrase }, { recovery: recoveryPhrase! }]) {
      await safe.unlock(secret)
      await safe.lock()
    }

    await safe.unlock({ passphrase })
    await safe.slots.remove({ passphrase }, 4)
    await safe.slots.remove({ recovery: recoveryPhrase! }, 2)
    await expect(safe.slots.remove({ passphrase }, 3)).rejects.toMatchObject({
      code: 'store/last-slot',
    })
    await safe.lock()
    await expect(safe.unlock({ pin: '1793' })).rejects.toMatchObject(wrong)
    await expect(safe.unlock({ recovery: recoveryPhrase! })).rejects.toMatchObject(wrong)
    await safe.unlock({ passphrase })
  })

  test('K3 of a PIN need the keychain, of a passphrase they do not', async () => {
    const own = device()
    const safe = await openSafe({ platform: own.platform })
    await safe.create({ pin, passphrase })
    await safe.close()
    const copied = device({ files: own.files, keychain: memoryKeychain() })
    await using elsewhere = await openSafe({ platform: copied.platform })
    await expect(elsewhere.unlock({ pin })).rejects.toMatchObject(wrong)
    await elsewhere.unlock({ passphrase })
  })
})

describe('K9 attempts', () => {
  test('have to wait after the fifth failure, also as proof, and not for other secrets', async () => {
    const { platform, clock } = device()
    await using safe = await openSafe({ platform })
    await safe.create({ pin, passphrase })
    await expect(safe.slots.remove({ pin: '0852' }, 1)).rejects.toMatchObject(wrong)
    await safe.lock()
    for (let i = 0; i < 4; i++)
      await expect(safe.unlock({ pin: '0852' })).rejects.toMatchObject(wrong)
    const wait = { code: 'store/attempts', retryAfterSeconds: 30 }
    await expect(safe.unlock({ pin })).rejects.toMatchObject(wait)
    await safe.unlock({ passphrase })
    await expect(safe.slots.remove({ pin }, 1)).rejects.toMatchObject(wait)
    clock.advance(30_000)
    await safe.slots.add({ pin }, { pin: '1793' })
  })
})

describe('locking by itself', () => {
  async function opened() {
    const { platform, clock } = device()
    const safe = await openSafe({ platform })
    await safe.create({ pin })
    return { safe, clock, [Symbol.asyncDispose]: safe.close }
  }
  const locked = (safe: Safe): Promise<SafeState> =>
    until(safe.state, ({ lock }) => lock === 'locked')

  test('comes after the time without her, and not before', async () => {
    await using on = await opened()
    const { safe, clock } = on
    safe.autoLock(60)
    clock.advance(50_000)
    safe.touch()
    clock.advance(59_000)
    expect(safe.client()).toBeDefined()
    clock.advance(1_000)
    await locked(safe)
    await safe.unlock({ pin })
    clock.advance(59_000)
    expect(safe.client()).toBeDefined()
    clock.advance(1_000)
    await locked(safe)
  })

  test('never comes unless asked for, or when it is switched off', async () => {
    await using on = await opened()
    const { safe, clock } = on
    clock.advance(86_400_000)
    safe.autoLock(60)
    safe.autoLock(null)
    clock.advance(86_400_000)
    expect(await lockOf(safe)).toBe('open')
    expect(() => safe.autoLock(0)).toThrow(TypeError)
  })

  test('comes first when the device wakes up after its time', async () => {
    let now = 1_780_000_000_000
    const { platform } = device()
    // Timers stand still while a device sleeps.
    const clock = { now: () => now, after: () => () => {} }
    await using safe = await openSafe({ platform: { ...platform, clock } })
    await safe.create({ pin })
    safe.autoLock(60)
    now += 3_600_000
    safe.touch()
    await locked(safe)
  })
})

/** Memory of WebAssembly that is made while something runs. */
async function memoriesOf<T>(
  work: () => Promise<T>,
): Promise<{ memories: WebAssembly.Memory[]; result: T }> {
  const { Memory } = WebAssembly
  const memories: WebAssembly.Memory[] = []
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor)
      memories.push(this)
    }
  }
  try {
    return { result: await work(), memories }
  } finally {
    WebAssembly.Memory = Memory
  }
}

const holds = ({ buffer }: WebAssembly.Memory, text: string): boolean =>
  Buffer.from(buffer).includes(text)
const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

describe('K11 locking', () => {
  test('wipes the memory of Postgres', async () => {
    const { platform } = device()
    await using safe = await openSafe({ platform })
    const { memories } = await memoriesOf(async () => {
      const { client } = await safe.create({ pin })
      await client.diary.edit(date, { 'note.value': 'violet umbrella' })
    })
    expect(memories.some((memory) => holds(memory, 'violet umbrella'))).toBe(true)
    await safe.lock()
    for (const { buffer } of memories) expect(isZero(new Uint8Array(buffer))).toBe(true)
  })

  test('wipes the keys of the vault, and the data key is gone as soon as it has opened the store', async () => {
    const { platform } = device()
    const drawn: { bytes: Uint8Array; copy: Buffer }[] = []
    const random = {
      bytes(length: number) {
        const bytes = platform.random.bytes(length)
        if (length === 32) drawn.push({ bytes, copy: Buffer.from(bytes) })
        return bytes
      },
    }
    const { client, parts } = await openClient({ platform: { ...platform, random } })
    // What is drawn first of this length; the vault's keys follow.
    const dataKey = drawn[0]!
    await sodium.ready
    const { libsodium } = sodium as unknown as { libsodium: { HEAPU8: Uint8Array } }
    const heap = (): Buffer => Buffer.from(libsodium.HEAPU8.buffer)
    expect(isZero(dataKey.bytes)).toBe(true)
    expect(heap().includes(dataKey.copy)).toBe(false)

    const { keys } = parts.vault
    const secrets = [keys.sign.secretKey, keys.box.secretKey, keys.sos.secretKey]
    const all = [...secrets, parts.vault.epochKey(1)!]
    expect(all.some(isZero)).toBe(false)
    await client.close()
    expect(all.every(isZero)).toBe(true)
  })
})

describe('C7 a store that is older than it was', () => {
  test('is noticed, can be read, and goes on when that is asked for', async () => {
    const { platform, files } = device()
    const place = replaceable(files)
    const on = { ...platform, files: place.files }
    async function write(note: string): Promise<void> {
      await using safe = await openSafe({ platform: on })
      const isNew = (await lockOf(safe)) === 'new'
      const client = isNew ? (await safe.create({ pin })).client : await safe.unlock({ pin })
      await client.diary.edit(date, { 'note.value': note })
    }
    await write('first')
    const old = place.copy()
    await write('second')
    place.put(old)

    await using safe = await openSafe({ platform: on })
    await expect(safe.unlock({ pin })).rejects.toMatchObject({ code: 'store/rolled-back' })
    const reading = await safe.unlock({ pin }, { mode: 'reading' })
    expect(await stateOf(safe)).toMatchObject({ lock: 'open', readOnly: true })
    expect(await valuesOf(reading)).toEqual({ 'note.value': 'first' })
    const readOnly = { code: 'store/read-only' }
    await expect(reading.diary.edit(date, { 'note.value': 'x' })).rejects.toMatchObject(readOnly)
    await expect(safe.slots.add({ pin }, { passphrase })).rejects.toMatchObject(readOnly)
    await safe.lock()

    const going = await safe.unlock({ pin }, { mode: 'as-it-is' })
    await going.diary.edit(date, { 'note.value': 'third' })
    await safe.lock()
    expect(await valuesOf(await safe.unlock({ pin }))).toEqual({ 'note.value': 'third' })
  })
})

/** A place whose file can be taken out and put back. */
function replaceable(inner: MemoryFiles) {
  let override: Uint8Array | undefined
  const files: StoreFiles = {
    async open() {
      const opened = await inner.open()
      return {
        ...opened,
        async openDevice() {
          const device = await opened.openDevice()
          if (override) {
            device.truncate(0)
            device.write(0, override)
            override = undefined
          }
          return device
        },
      }
    },
  }
  return { files, copy: () => inner.content(), put: (bytes: Uint8Array) => void (override = bytes) }
}

describe('damage', () => {
  async function made(): Promise<{ platform: Platform; place: ReturnType<typeof replaceable> }> {
    const { platform, files } = device()
    const place = replaceable(files)
    const on = { ...platform, files: place.files }
    await using safe = await openSafe({ platform: on })
    await safe.create({ pin })
    expect(await safe.check()).toMatchObject({ regions: [], files: [] })
    return { platform: on, place }
  }

  test('C8 of a block is found by checking, and the rest goes on; what cannot open says so', async () => {
    const slots = 2 * 8192 + 2 * 2 ** 20
    const outcomes: string[] = []
    // What lies where depends on the image that the store began with.
    for (let slot = 60; outcomes.length < 12; slot += 140) {
      if (outcomes.length >= 3 && outcomes.includes('found in a file')) break
      const { platform, place } = await made()
      const bytes = place.copy()
      bytes[slots + slot * 8192 + 77]! ^= 1
      place.put(bytes)
      await using safe = await openSafe({ platform })
      const found = await safe
        .unlock({ pin })
        .then(async (client) => {
          await client.diary.edit(date, { 'note.value': 'goes on' })
          const { regions, files } = await safe.check()
          return files.length > 0 ? 'found in a file' : `found in ${regions.join()}`
        })
        .catch((error: unknown) => String((error as { code?: unknown }).code))
      outcomes.push(found)
    }
    const known = ['found in a file', 'found in ', 'store/damaged']
    expect(outcomes.filter((outcome) => !known.includes(outcome))).toEqual([])
    expect(outcomes).toContain('found in a file')
  })

  test('of both superblocks is told, and only erasing helps', async () => {
    const { platform, place } = await made()
    place.put(place.copy().fill(0, 0, 16_384))
    const damaged = { code: 'store/damaged' }
    await using safe = await openSafe({ platform })
    expect(await lockOf(safe)).toBe('locked')
    await expect(safe.unlock({ pin })).rejects.toMatchObject(damaged)
    await expect(safe.create({ pin })).rejects.toMatchObject(damaged)
    await safe.erase()
    expect(await lockOf(safe)).toBe('new')
    await safe.create({ pin })
  })
})

describe('K14 erasing', () => {
  test('leaves nothing that any secret opens, and a new store can be made', async () => {
    const { platform, files } = device()
    await using safe = await openSafe({ platform })
    const { client } = await safe.create({ passphrase })
    await client.diary.edit(date, { 'note.value': 'gone' })
    const secret = await platform.keychain.secret()
    await safe.erase()
    expect(safe.client()).toBeUndefined()
    expect(await stateOf(safe)).toMatchObject({ lock: 'new', bytes: 0 })
    expect(files.content().length).toBe(0)
    expect(await platform.keychain.secret()).not.toEqual(secret)
    const again = await safe.create({ passphrase })
    expect(await valuesOf(again.client)).toEqual({})
  })
})

describe('a disk', () => {
  const dayOf = (day: number): CivilDate => `2026-02-${String(day).padStart(2, '0')}` as CivilDate
  /** Text that cannot be made smaller. */
  const noise = (seed: number): string =>
    Array.from(seededRandom(`noise ${seed}`).bytes(9_000), (byte) => 33 + (byte % 90))
      .map((code) => String.fromCodePoint(code))
      .join('')

  test('C8 that is full fails what does not fit, and the store goes on', async () => {
    const { platform, files } = device()
    const disk = { bytes: Infinity }
    await using safe = await openSafe({
      platform: { ...platform, files: limitedFiles(files, disk) },
    })
    const { client } = await safe.create({ pin })
    await client.diary.edit(date, { 'note.value': 'before' })
    disk.bytes = files.content().length
    let refusal: unknown
    for (let i = 1; i <= 28 && !refusal; i++)
      refusal = await client.diary.edit(dayOf(i), { 'note.value': noise(i) }).then(
        () => undefined,
        (error: unknown) => error,
      )
    expect(refusal).toMatchObject({ code: 'store/full', remedy: 'free-space' })
    const before = await valuesOf(client)
    expect(await until(safe.state, ({ warnings }) => warnings.length > 0)).toMatchObject({
      warnings: ['nearly-full'],
    })
    disk.bytes = Infinity
    await client.diary.edit(date, { 'bleeding.value': 1 })
    await safe.lock()
    expect(await valuesOf(await safe.unlock({ pin }))).toEqual({ ...before, 'bleeding.value': 1 })
  })

  test('that is full keeps a store from being made, and says so', async () => {
    const { platform, files } = device()
    const disk = { bytes: 4 * 2 ** 20 }
    await using safe = await openSafe({
      platform: { ...platform, files: limitedFiles(files, disk) },
    })
    await expect(safe.create({ pin })).rejects.toMatchObject({ code: 'store/full' })
    expect(await lockOf(safe)).toBe('new')
    disk.bytes = Infinity
    await safe.create({ pin })
  })
})

describe('K1 making a store', () => {
  test('that was interrupted leaves none, and it is made anew', async () => {
    const { platform, files } = device()
    let writes = 0
    let lastWrite = Infinity
    const dying = guardedFiles(files, () => {
      writes += 1
      if (writes > lastWrite) throw faultError('io')
    })
    await using safe = await openSafe({ platform: { ...platform, files: dying } })
    for (const most of [0, 3, 20, 60]) {
      writes = 0
      lastWrite = most
      const code = await safe.create({ pin }).then(
        () => writes,
        (error: unknown) => (error as { code?: unknown }).code,
      )
      expect(code).toBe('store/failed')
      expect(await lockOf(safe)).toBe('new')
    }
    lastWrite = Infinity
    await safe.create({ pin })
  })
})
