import { expect, test } from 'vitest'
import { superblockBytes } from './layout.ts'
import { scratchCrypto as crypto } from './scratch-pack.ts'
import {
  formatVersion,
  inspectSuperblock,
  rootRefsBytes,
  sealSuperblock,
  unsealSuperblock,
  type Header,
  type SuperblockState,
} from './superblock.ts'

const key = new Uint8Array(32).fill(1)
const header: Header = {
  format: formatVersion,
  epoch: 2 ** 40 + 5,
  storeId: Uint8Array.from({ length: 16 }, (_, i) => i),
  journalBytes: 2 ** 20,
  keyArea: Uint8Array.of(1, 2, 3),
}
const state: SuperblockState = {
  sequence: 2 ** 45 + 9,
  chain: new Uint8Array(16).fill(6),
  half: 1,
  nodeBlocks: 77,
  pageBlocks: 13_000,
  roots: Uint8Array.from({ length: rootRefsBytes }, (_, i) => i % 255),
}
const bytes = sealSuperblock(crypto, key, header, state)

test('a superblock has one block and reads back', () => {
  expect(bytes).toHaveLength(superblockBytes)
  expect(inspectSuperblock(crypto, bytes)).toEqual({ kind: 'intact', bytes, header })
  expect(unsealSuperblock(crypto, key, bytes)).toEqual({ ok: true, state })
})

test('B22 the format before this one reads back too, and each is hashed as its own', () => {
  const earlier = { ...header, format: 1 }
  const sealed = sealSuperblock(crypto, key, earlier, state)
  expect(inspectSuperblock(crypto, sealed)).toMatchObject({ kind: 'intact', header: earlier })
  expect(unsealSuperblock(crypto, key, sealed)).toEqual({ ok: true, state })
  for (const [one, number] of [
    [sealed, 2],
    [bytes, 1],
    [bytes, 3],
  ] as const)
    expect(inspectSuperblock(crypto, one.with(8, number))).toEqual({ kind: 'damaged' })
})

test('B17 the key area is as long as it was, up to 4,096 bytes', () => {
  for (const length of [0, 1, 4096]) {
    const keyArea = new Uint8Array(length).fill(8)
    const found = inspectSuperblock(
      crypto,
      sealSuperblock(crypto, key, { ...header, keyArea }, state),
    )
    expect(found).toMatchObject({ kind: 'intact', header: { keyArea } })
  }
})

test('B11 another key is the wrong key, and not damage', () => {
  const opened = unsealSuperblock(crypto, new Uint8Array(32), bytes)
  expect(opened).toEqual({ ok: false, code: 'wrong-key' })
})

test('B11 a flipped bit anywhere is damage, in the number of the format too', () => {
  for (let at = 0; at < superblockBytes; at += at < 4200 ? 1 : 97)
    expect(inspectSuperblock(crypto, bytes.with(at, bytes[at]! ^ 4)), `at ${at}`).toEqual({
      kind: 'damaged',
    })
})

test('B11 a later format is told apart, whatever it looks like', () => {
  const later = new Uint8Array(superblockBytes)
  later.set(bytes.subarray(0, 10))
  later[8] = 3
  expect(inspectSuperblock(crypto, later)).toEqual({ kind: 'newer' })
})

test('a part of one, or another file, is damage', () => {
  expect(inspectSuperblock(crypto, bytes.subarray(0, 8000))).toEqual({ kind: 'damaged' })
  expect(inspectSuperblock(crypto, new Uint8Array(superblockBytes))).toEqual({ kind: 'damaged' })
})
