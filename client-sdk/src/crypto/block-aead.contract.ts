/** What every cipher of blocks must do, whoever computes it. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { loadBlockAead, type BlockAead, type ChachaPoly, type MakeBlockAead } from './block-aead.ts'
import type { Primitives } from './primitives.ts'
import { loadPrimitives } from './sodium.ts'

export const testBlockAead = (name: string, platform?: ChachaPoly): void => {
  describe(name, () => {
    const workBytes = 3 * 8192
    let make: MakeBlockAead
    let crypto: Primitives
    let aead: BlockAead
    const key = new Uint8Array(32).fill(7)
    beforeAll(async () => {
      make = await loadBlockAead(platform)
      crypto = await loadPrimitives(systemRandom)
      aead = make(key, workBytes)
    })

    const newBox = () => ({
      nonce: crypto.random(24),
      header: crypto.random(24),
      tag: new Uint8Array(16),
    })

    test('what is sealed in place is XChaCha20-Poly1305, as another library has it', () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 1, maxLength: 500 }),
          fc.integer({ min: 0, max: 8192 }),
          (plain, at) => {
            const box = newBox()
            aead.work().set(plain, at)
            aead.seal(at, plain.length, box)
            const sealed = xchacha20poly1305(key, box.nonce, box.header).encrypt(plain)
            expect(aead.work().slice(at, at + plain.length)).toEqual(sealed.subarray(0, -16))
            expect(box.tag).toEqual(sealed.subarray(-16))
            expect(aead.open(at, plain.length, box)).toBe(true)
            expect(aead.work().slice(at, at + plain.length)).toEqual(plain)
          },
        ),
      )
    })

    test('another nonce, header, tag or text does not open, and leaves zeros', () => {
      const box = newBox()
      aead.work().fill(1)
      aead.seal(0, 8192, box)
      const sealed = aead.work().slice(0, 8192)
      const expectRefused = (): void => {
        expect(aead.open(0, 8192, box)).toBe(false)
        expect(
          aead
            .work()
            .subarray(0, 8192)
            .every((byte) => byte === 0),
        ).toBe(true)
        aead.work().set(sealed)
      }
      for (const part of ['nonce', 'header', 'tag'] as const) {
        box[part][3]! ^= 1
        expectRefused()
        box[part][3]! ^= 1
      }
      aead.work()[8191]! ^= 1
      expectRefused()
      expect(aead.open(0, 8192, box)).toBe(true)
    })

    test('works on after libsodium has taken more memory', () => {
      const box = newBox()
      aead.work().set([1, 2, 3])
      aead.seal(0, 3, box)
      crypto.argon2id(crypto.random(8), crypto.random(16), 1, 64 * 2 ** 20)
      expect(aead.open(0, 3, box)).toBe(true)
      expect(aead.work().slice(0, 3)).toEqual(Uint8Array.of(1, 2, 3))
    })

    test('says so when there is no memory left, and harms nothing', () => {
      expect(() => make(key, 2 ** 31 - 2 ** 16)).toThrow(RangeError)
      const box = newBox()
      aead.work().set([1, 2, 3])
      aead.seal(0, 3, box)
      expect(aead.open(0, 3, box)).toBe(true)
    })

    test('gives its memory back', () => {
      for (let i = 0; i < 3000; i++) make(key, 2 ** 20).close()
    })

    test('leaves nothing behind, refuses to work when closed, and works within its memory only', () => {
      const other = make(key, 64)
      const work = other.work()
      work.fill(9)
      other.close()
      other.close()
      expect(work.every((byte) => byte !== 9)).toBe(true)
      expect(() => other.seal(0, 8, newBox())).toThrow(TypeError)
      expect(() => aead.seal(workBytes - 1, 2, newBox())).toThrow(TypeError)
      expect(() => make(new Uint8Array(31), 64)).toThrow(TypeError)
    })
  })
}
