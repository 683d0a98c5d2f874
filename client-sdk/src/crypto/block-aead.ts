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

/**
 * ChaCha20-Poly1305 (RFC 8439, §2.8) of a platform that is faster at it than WebAssembly. Both functions work on the text in
 * place, with a key of 32 bytes, a nonce of 12 and a tag of 16, and keep none of it.
 */
export interface ChachaPoly {
  /** From so many bytes on it is the faster one. */
  readonly leastBytes: number
  /** Encrypts, and writes the tag. */
  seal(text: Uint8Array, box: ChachaBox): void
  /** Decrypts; when the tag does not match it gives false, whatever the text is then. */
  open(text: Uint8Array, box: ChachaBox): boolean
}

export interface ChachaBox extends BlockBox {
  readonly key: Uint8Array
}

/** The parts of libsodium's module that lie beneath its wrappers. */
interface Heap {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
  _crypto_core_hchacha20(...pointers: number[]): number
  _crypto_aead_xchacha20poly1305_ietf_encrypt_detached(...pointers: number[]): number
  _crypto_aead_xchacha20poly1305_ietf_decrypt_detached(...pointers: number[]): number
}

const keyBytes = 32
const nonceBytes = 24
const tagBytes = 16
const headerBytes = 64

/** Addresses in libsodium's memory; `blockKey` has room for a key. */
const placesFrom = (key: number) => {
  const blockKey = key + keyBytes
  const nonce = blockKey + keyBytes
  const tag = nonce + nonceBytes
  const header = tag + tagBytes
  return { key, blockKey, nonce, tag, header, work: header + headerBytes }
}
const placesBytes = placesFrom(0).work
type Places = ReturnType<typeof placesFrom>

/** Encrypts and decrypts at an address, in place. */
interface Cipher {
  seal(text: number, size: number, headerLength: number): void
  open(text: number, size: number, headerLength: number): boolean
}

function sodiumCipher(heap: Heap, { key, nonce, tag, header }: Places): Cipher {
  const {
    _crypto_aead_xchacha20poly1305_ietf_encrypt_detached: encrypt,
    _crypto_aead_xchacha20poly1305_ietf_decrypt_detached: decrypt,
  } = heap
  // Lengths are 64-bit: each is passed as its lower and its upper half.
  return {
    seal(text, size, headerLength) {
      encrypt(text, tag, 0, text, size, 0, header, headerLength, 0, 0, nonce, key)
    },
    open: (text, size, headerLength) =>
      decrypt(text, 0, text, size, 0, tag, header, headerLength, 0, nonce, key) === 0,
  }
}

/** XChaCha20 is ChaCha20 with a key that is derived from the nonce's first 16 bytes (draft-irtf-cfrg-xchacha-03, §2.3). */
function platformCipher(heap: Heap, places: Places, platform: ChachaPoly): Cipher {
  const { _crypto_core_hchacha20: deriveKey } = heap
  const nonce = new Uint8Array(12)
  const view = (at: number, size: number): Uint8Array => heap.HEAPU8.subarray(at, at + size)

  function withBox<T>(headerLength: number, use: (box: ChachaBox) => T): T {
    deriveKey(places.blockKey, places.nonce, places.key, 0)
    nonce.set(view(places.nonce + 16, 8), 4)
    const key = view(places.blockKey, keyBytes)
    const header = view(places.header, headerLength)
    const result = use({ key, nonce, header, tag: view(places.tag, tagBytes) })
    key.fill(0)
    return result
  }

  return {
    seal: (text, size, headerLength) =>
      withBox(headerLength, (box) => platform.seal(view(text, size), box)),
    open(text, size, headerLength) {
      const isOpen = withBox(headerLength, (box) => platform.open(view(text, size), box))
      if (!isOpen) view(text, size).fill(0)
      return isOpen
    },
  }
}

interface Base {
  readonly heap: Heap
  readonly platform: ChachaPoly | undefined
}

function makeBlockAead({ heap, platform }: Base, key: Uint8Array, workBytes: number): BlockAead {
  if (key.length !== keyBytes) throw new TypeError('the key has 32 bytes')
  const { _malloc: allocate, _free: free } = heap
  const length = placesBytes + workBytes
  const start = allocate(length)
  // Writing to where there is no memory would destroy libsodium's own.
  if (start === 0) throw new RangeError('libsodium has no memory left')
  const places = placesFrom(start)
  const small = sodiumCipher(heap, places)
  const large = platform && platformCipher(heap, places, platform)
  const cipherFor = (size: number): Cipher => (large && size >= platform.leastBytes ? large : small)
  heap.HEAPU8.set(key, places.key)
  let isOpen = true

  function place(at: number, size: number, box: BlockBox): void {
    if (!isOpen) throw new TypeError('the cipher is closed')
    if (at < 0 || at + size > workBytes || box.header.length > headerBytes)
      throw new TypeError('outside the working memory')
    heap.HEAPU8.set(box.nonce, places.nonce)
    heap.HEAPU8.set(box.header, places.header)
  }

  return {
    work: () => heap.HEAPU8.subarray(places.work, places.work + workBytes),
    seal(at, size, box) {
      place(at, size, box)
      cipherFor(size).seal(places.work + at, size, box.header.length)
      box.tag.set(heap.HEAPU8.subarray(places.tag, places.tag + tagBytes))
    },
    open(at, size, box) {
      place(at, size, box)
      heap.HEAPU8.set(box.tag, places.tag)
      return cipherFor(size).open(places.work + at, size, box.header.length)
    },
    close() {
      if (!isOpen) return
      isOpen = false
      heap.HEAPU8.fill(0, start, start + length)
      free(start)
    },
  }
}

/**
 * Loads libsodium; from then on ciphers are made synchronously.
 * @param platform Does the work where it is faster at it; the bytes are the same.
 */
export async function loadBlockAead(platform?: ChachaPoly): Promise<MakeBlockAead> {
  await sodium.ready
  const { libsodium: heap } = sodium as unknown as { libsodium: Heap }
  return (key, workBytes) => makeBlockAead({ heap, platform }, key, workBytes)
}
