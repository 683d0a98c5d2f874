/**
 * XChaCha20-Poly1305 on many blocks, worked in place in libsodium's own memory: no copy in, no copy out, nothing
 * allocated per block. For the store, where each block read or written passes through here.
 */
import sodium from 'libsodium-wrappers-sumo'

/** What a block is sealed with; the arrays are read and written in place. */
export interface BlockBox {
  /** 24 bytes; never twice under one key for two different plain texts. */
  readonly nonce: Uint8Array
  /** Authenticated, not encrypted; at most 64 bytes. */
  readonly header: Uint8Array
  /** 16 bytes: sealing writes them, opening compares them. */
  readonly tag: Uint8Array
}

export interface BlockAead {
  /**
   * The working memory. To be asked for at each use: whenever libsodium takes more memory (Argon2id does), views
   * of it are cut off.
   */
  work(): Uint8Array
  /** Encrypts `length` bytes of the working memory from `at`, in place. */
  seal(at: number, length: number, box: BlockBox): void
  /** Decrypts in place; when the tag does not match it gives false, and leaves zeros. */
  open(at: number, length: number, box: BlockBox): boolean
  /** Wipes key and working memory. */
  close(): void
}

/**
 * @param workBytes Size of the working memory.
 * @throws RangeError when libsodium has no memory left: ciphers that are not closed keep theirs.
 */
export type MakeBlockAead = (key: Uint8Array, workBytes: number) => BlockAead

/** The parts of libsodium's module that lie beneath its wrappers. */
interface Heap {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
  _crypto_aead_xchacha20poly1305_ietf_encrypt_detached(...pointers: number[]): number
  _crypto_aead_xchacha20poly1305_ietf_decrypt_detached(...pointers: number[]): number
}

const keyBytes = 32
const nonceBytes = 24
const tagBytes = 16
const headerBytes = 64

function makeBlockAead(heap: Heap, key: Uint8Array, workBytes: number): BlockAead {
  if (key.length !== keyBytes) throw new TypeError('the key has 32 bytes')
  const length = keyBytes + nonceBytes + tagBytes + headerBytes + workBytes
  const {
    _malloc: allocate,
    _free: free,
    _crypto_aead_xchacha20poly1305_ietf_encrypt_detached: encrypt,
    _crypto_aead_xchacha20poly1305_ietf_decrypt_detached: decrypt,
  } = heap
  const start = allocate(length)
  // Writing to where there is no memory would destroy libsodium's own.
  if (start === 0) throw new RangeError('libsodium has no memory left')
  const nonceAt = start + keyBytes
  const tagAt = nonceAt + nonceBytes
  const headerAt = tagAt + tagBytes
  const workAt = headerAt + headerBytes
  heap.HEAPU8.set(key, start)
  let isOpen = true

  function place(at: number, size: number, box: BlockBox): void {
    if (!isOpen) throw new TypeError('the cipher is closed')
    if (at < 0 || at + size > workBytes || box.header.length > headerBytes)
      throw new TypeError('outside the working memory')
    heap.HEAPU8.set(box.nonce, nonceAt)
    heap.HEAPU8.set(box.header, headerAt)
  }

  return {
    work: () => heap.HEAPU8.subarray(workAt, workAt + workBytes),
    // Lengths are 64-bit: each is passed as its lower and its upper half.
    seal(at, size, box) {
      place(at, size, box)
      const text = workAt + at
      const header = box.header.length
      encrypt(text, tagAt, 0, text, size, 0, headerAt, header, 0, 0, nonceAt, start)
      box.tag.set(heap.HEAPU8.subarray(tagAt, tagAt + tagBytes))
    },
    open(at, size, box) {
      place(at, size, box)
      heap.HEAPU8.set(box.tag, tagAt)
      const text = workAt + at
      const header = box.header.length
      return decrypt(text, 0, text, size, 0, tagAt, headerAt, header, 0, nonceAt, start) === 0
    },
    close() {
      if (!isOpen) return
      isOpen = false
      heap.HEAPU8.fill(0, start, start + length)
      free(start)
    },
  }
}

/** Loads libsodium; from then on ciphers are made synchronously. */
export async function loadBlockAead(): Promise<MakeBlockAead> {
  await sodium.ready
  const { libsodium } = sodium as unknown as { libsodium: Heap }
  return (key, workBytes) => makeBlockAead(libsodium, key, workBytes)
}
