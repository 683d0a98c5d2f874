import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { leastCost, sodiumArgon2id } from '../crypto/argon2id.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { systemRandom } from '../core/random.ts'
import { openSafe, until, type Client, type Safe } from '../index.ts'
import { nodeArgon2id } from './argon2id.ts'
import { bakedImage } from './baked-image.ts'
import { fileKeychain } from './file-keychain.ts'
import { nodePlatform } from './index.ts'
import { runUntilKilled } from './killed-process.ts'

const date = '2026-03-10' as CivilDate
const pin = '2580'
const passphrase = 'crater vivid uncle jogging maple lantern'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'selene-safe-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const openIn = (directory: string): Promise<Safe> =>
  openSafe({ platform: nodePlatform({ directory, image: bakedImage }) })
const valuesOf = async (client: Client) => (await until(client.diary.day(date), () => true)).values

describe('the keychain of a directory', () => {
  test('makes its secret once, for its owner alone', async () => {
    const directory = join(root, 'keychain')
    const secret = await fileKeychain(directory).secret()
    expect(secret).toHaveLength(32)
    expect(await fileKeychain(directory).secret()).toEqual(secret)
    expect((await stat(join(directory, 'store.key'))).mode & 0o777).toBe(0o600)
    const keychain = fileKeychain(directory)
    await keychain.writeNote(Uint8Array.of(1, 2))
    expect(Uint8Array.from((await fileKeychain(directory).readNote())!)).toEqual(
      Uint8Array.of(1, 2),
    )
    await keychain.erase()
    expect(await readdir(directory)).toEqual([])
    expect(await keychain.readNote()).toBeUndefined()
    expect(await keychain.secret()).not.toEqual(secret)
  })
})

test('K5 Node stretches as libsodium does', async () => {
  const crypto = await loadPrimitives(systemRandom)
  const input = { secret: crypto.random(9), salt: crypto.random(16), cost: leastCost }
  expect(await nodeArgon2id(input)).toEqual(await sodiumArgon2id(crypto)(input))
})

/** A text as whoever looks for it would find it: as it is, in UTF-16, in hexadecimal and in base64. */
function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  const encoded = [bytes.toString('hex'), bytes.toString('base64').replaceAll('=', '')]
  return [bytes, Buffer.from(text, 'utf16le'), ...encoded.map((form) => Buffer.from(form))]
}

async function filesIn(directory: string): Promise<{ name: string; bytes: Buffer }[]> {
  const all = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = all.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async ({ name, parentPath }) => ({
      name,
      bytes: await readFile(join(parentPath, name)),
    })),
  )
}

describe('B1 what is written', () => {
  test('is in no file, temporary file or line of output, before and after closing', async () => {
    const written: string[] = []
    const streams = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0),
    )
    const temporary = vi.stubEnv('TMPDIR', join(root, 'temporary'))
    const directory = join(root, 'markers')
    const markers = [
      'violet-umbrella-4471',
      'Ottilie Marker',
      'pocket-harbour-9920',
      pin,
      passphrase,
    ]
    let seen: { name: string; bytes: Buffer }[] = []
    try {
      await using safe = await openIn(directory)
      const { client } = await safe.create({ pin, passphrase })
      await client.diary.edit(date, {
        'note.value': `${markers[0]} `.repeat(40),
        'bleeding.value': 2,
      })
      await client.contacts.setOwnName(markers[1]!)
      await client.diary.edit(date, { 'note.value': markers[2]! })
      seen = await filesIn(directory)
      await safe.lock()
      seen = [...seen, ...(await filesIn(directory)), ...(await filesIn(root))]
    } finally {
      temporary.unstubAllEnvs()
      for (const stream of streams) stream.mockRestore()
    }
    expect(seen.length).toBeGreaterThan(6)
    const places = [...seen, { name: 'output', bytes: Buffer.from(written.join('\n')) }]
    const found = places.flatMap(({ name, bytes }) =>
      markers
        .filter((marker) => formsOf(marker).some((form) => bytes.includes(form)))
        .map((m) => `${m} in ${name}`),
    )
    // Four digits are found in a million random bytes.
    expect(found.filter((hit) => !hit.startsWith(pin))).toEqual([])
  })

  test('looks random from the first slot on', async () => {
    const directory = join(root, 'markers')
    const bytes = (await readFile(join(directory, 'store.selene'))).subarray(2 * 8192)
    const counts = new Float64Array(256)
    for (const byte of bytes) counts[byte]! += 1
    const entropy = -counts.reduce(
      (sum, n) => sum + (n / bytes.length) * Math.log2(n / bytes.length),
      0,
    )
    expect(entropy).toBeGreaterThan(7.999)
  })
})

describe('K7 a process that is killed while it changes the secrets', () => {
  let template: string
  beforeAll(async () => {
    template = join(root, 'template')
    await using safe = await openIn(template)
    const { client } = await safe.create({ passphrase, pin })
    await client.diary.edit(date, { 'note.value': 'kept' })
  })

  /** What is done, and which PINs may open afterwards: as before, or as asked for. */
  const acts = {
    add: {
      call: `safe.slots.add({ passphrase }, { pin: '1793' })`,
      opens: [[pin], [pin, '1793']],
    },
    change: {
      call: `safe.slots.change({ passphrase }, 1, { pin: '1793' })`,
      opens: [[pin], ['1793']],
    },
    remove: { call: `safe.slots.remove({ passphrase }, 1)`, opens: [[pin], []] },
  }

  test.each([
    ['add', 2, 'killed'],
    ['change', 1, 'killed'],
    ['change', 2, 'killed'],
    ['change', 3, 'killed'],
    ['change', 4, 'killed'],
    ['change', 99, 'ended'],
    ['remove', 3, 'killed'],
  ] as const)(
    '%s, at flush %d: it is done or not, and nothing is lost',
    async (kind, flush, end) => {
      const directory = join(root, `${kind}-${flush}`)
      await cp(template, directory, { recursive: true })
      const ended = await runUntilKilled(
        `const passphrase = ${JSON.stringify(passphrase)}
       arm(false)
       const safe = await openSafe({ platform: dyingPlatform(${JSON.stringify(directory)}) })
       await safe.unlock({ passphrase })
       arm(true)
       await ${acts[kind].call}`,
        flush,
      )
      expect(ended).toBe(end)
      await using safe = await openIn(directory)
      expect(await valuesOf(await safe.unlock({ passphrase }))).toEqual({ 'note.value': 'kept' })
      const opens: string[] = []
      for (const candidate of [pin, '1793']) {
        await safe.lock()
        await safe.unlock({ pin: candidate }).then(
          () => opens.push(candidate),
          () => {},
        )
      }
      expect(acts[kind].opens).toContainEqual(opens)
    },
  )
})

describe('a directory', () => {
  test('lets one process in', async () => {
    const directory = join(root, 'two')
    await using safe = await openIn(directory)
    await safe.create({ pin })
    await expect(openIn(directory)).rejects.toMatchObject({ code: 'store/in-use' })
    await safe.lock()
    await expect(openIn(directory)).rejects.toMatchObject({ code: 'store/in-use' })
  })

  test('that may not be written says so', async () => {
    // Nobody makes directories in there, not even root.
    const refused = openSafe({ platform: nodePlatform({ directory: '/sys/selene' }) })
    await expect(refused).rejects.toMatchObject({ code: 'store/not-permitted' })
  })

  test('C8 shows how much room there is, and gives it back', async () => {
    const directory = join(root, 'room')
    await using safe = await openIn(directory)
    const { client } = await safe.create({ pin })
    for (let day = 1; day <= 28; day++) {
      const noise = Buffer.from(systemRandom.bytes(6_000)).toString('base64')
      await client.diary.edit(`2026-02-${String(day).padStart(2, '0')}` as CivilDate, {
        'note.value': noise,
      })
    }
    const size = async (): Promise<number> => (await stat(join(directory, 'store.selene'))).size
    const before = await size()
    await safe.compact()
    const after = await until(safe.state, () => true)
    expect(after.bytes).toBeLessThan(before)
    expect(await size()).toBe(after.bytes)
    expect(after.warnings).toEqual([])
  })
})
