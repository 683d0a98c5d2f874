import { concat, domains, pad, utf8 } from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { leastCost, sodiumArgon2id } from '../crypto/argon2id.ts'
import { seal } from '../crypto/committing-aead.ts'
import { newPhrase } from '../crypto/phrase.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openFile, sealFile } from './file.ts'
import type { BackupSecret, KeyDeps } from './file-key.ts'
import { chunkHeader, headBytes, makeHead } from './layout.ts'

const passphrase = { passphrase: 'copper lantern drifts across nine quiet orchards' }
let deps: KeyDeps
let words: BackupSecret
let stretched = 0
beforeAll(async () => {
  const crypto = await loadPrimitives(systemRandom)
  const argon2id = sodiumArgon2id(crypto)
  deps = {
    crypto,
    clock: manualClock(),
    argon2id(input) {
      stretched += 1
      return argon2id(input)
    },
  }
  words = { phrase: newPhrase(crypto).words }
})

const content = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) % 251)
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer())
const fault = (file: Uint8Array, secret: BackupSecret = words) =>
  openFile(deps, new Blob([new Uint8Array(file)]), secret).then(
    () => 'opened',
    (error: { code: string }) => error.code,
  )
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at]! ^= 1
  return copy
}

describe('R1 a backup file', () => {
  test.each([0, 1, 65_000, 65_532, 65_536, 300_000])('gives %i bytes back', async (length) => {
    const file = await sealFile(deps, content(length), words)
    expect(await openFile(deps, file, words)).toEqual(content(length))
  })

  test('R2 is opened by its passphrase, however its accents were typed', async () => {
    const secret = { passphrase: `${passphrase.passphrase} caf\u00e9` }
    const file = await sealFile(deps, content(10), secret)
    const typed = { passphrase: `${passphrase.passphrase} cafe\u0301` }
    expect(await openFile(deps, file, typed)).toEqual(content(10))
    expect(await fault(await bytesOf(file), passphrase)).toBe('backup/wrong-secret')
    expect(await fault(await bytesOf(file))).toBe('backup/wrong-secret')
  })

  test('R2 is opened by the recovery words and by no others', async () => {
    const file = await bytesOf(await sealFile(deps, content(10), words))
    expect(await fault(file, { phrase: newPhrase(deps.crypto).words })).toBe('backup/wrong-secret')
    expect(await fault(file, passphrase)).toBe('backup/wrong-secret')
    expect(await fault(file, { phrase: 'these are not words' })).toBe('auth/phrase-unreadable')
  })

  test('R2 is not made with a passphrase that is easily guessed', async () => {
    await expect(sealFile(deps, content(1), { passphrase: 'summer2024' })).rejects.toMatchObject({
      code: 'store/weak-secret',
    })
  })

  test('R3 nothing is derived from parameters that are not safe', async () => {
    const kdf = { kind: 'argon2id', ...leastCost, ops: 1, salt: new Uint8Array(16) } as const
    const head = makeHead(deps.crypto, new Uint8Array(32), { kdf, length: 256 })
    const before = stretched
    const file = concat(head.bytes, new Uint8Array(256 + 72))
    expect(await fault(file, passphrase)).toBe('auth/weak-parameters')
    expect(stretched).toBe(before)
  })

  test('R4 what was cut off is noticed wherever it was cut', async () => {
    const file = await bytesOf(await sealFile(deps, content(200_000), words))
    for (const end of [9, 20, headBytes - 1, headBytes, 65_686, 131_294, file.length - 1])
      expect(await fault(file.slice(0, end))).toBe('backup/cut')
  })

  test('R4 damage is told apart from a wrong secret, wherever it is', async () => {
    const file = await bytesOf(await sealFile(deps, content(70_000), words))
    for (const at of [9, 15, 30, 40, 50, 77, 78, 110, 5_000, 65_700, file.length - 1])
      expect([at, await fault(flipped(file, at))]).toEqual([at, 'backup/damaged'])
    expect(await fault(concat(file, new Uint8Array(1)))).toBe('backup/damaged')
  })

  test('R4 chunks count in their own place and file alone', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => bytesOf(await sealFile(deps, content(200_000), words))),
    )
    const size = 65_608
    const chunk = (file: Uint8Array, index: number) =>
      file.slice(headBytes + index * size, headBytes + (index + 1) * size)
    const rest = one!.slice(headBytes + 2 * size)
    const head = one!.slice(0, headBytes)
    for (const order of [
      [chunk(one!, 1), chunk(one!, 0)],
      [chunk(other!, 0), chunk(one!, 1)],
    ])
      expect(await fault(concat(head, ...order, rest))).toBe('backup/damaged')
  })

  test('R5 other files, and those of newer versions, are named as what they are', async () => {
    const file = await bytesOf(await sealFile(deps, content(10), words))
    expect(await fault(new Uint8Array(0))).toBe('backup/unreadable')
    expect(await fault(utf8('{"format":"selene-diary"}'))).toBe('backup/unreadable')
    const newer = file.slice()
    newer[8] = 2
    expect(await fault(newer)).toBe('backup/newer-format')
  })

  test('R1 its size says little of what is in it', async () => {
    const sizes = await Promise.all(
      [100_000, 100_100].map(async (n) => (await sealFile(deps, content(n), words)).size),
    )
    expect(sizes[0]).toBe(sizes[1])
  })

  test('R1 is laid out as BACKUP.md says', async () => {
    const { crypto } = deps
    const key = crypto.random(32)
    const kdf = { kind: 'none', ops: 0, memoryBytes: 0, salt: new Uint8Array(16) } as const
    const head = makeHead(crypto, key, { kdf, length: 256 })
    const start = concat(utf8('SELENEBK'), Uint8Array.of(1), new Uint8Array(29))
    const length = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0)
    const keyCheck = crypto.keyedHash(key, [domains.backup, start, length], 16)
    const check = crypto.hash([domains.backup, start, length, keyCheck], 16)
    expect(head.bytes).toEqual(concat(start, length, keyCheck, check))
    expect(chunkHeader(head, 3)).toEqual(concat(head.bytes, Uint8Array.of(0, 0, 0, 3)))
    const context = { key, domain: domains.backup, header: chunkHeader(head, 0) }
    expect(seal(crypto, context, pad(content(5))).length).toBe(256 + 72)
  })
})
