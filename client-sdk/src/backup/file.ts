/**
 * A backup file: its head, then its content in chunks that are each sealed for their place (BACKUP.md). Nothing of
 * it is given out before all of it is there and has proven itself.
 */
import { domains, pad, Problem, unpad } from '@selene/shapes'
import { open, seal } from '../crypto/committing-aead.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { fileKey, newFileKey, type BackupSecret, type KeyDeps } from './file-key.ts'
import {
  chunkBytes,
  chunkHeader,
  fileBytes,
  headBytes,
  isKeyOf,
  makeHead,
  readHead,
  sealBytes,
  type Head,
} from './layout.ts'

const chunkCount = ({ length }: Head): number => Math.ceil(length / chunkBytes)

const contextOf = (key: Uint8Array, head: Head, index: number) => ({
  key,
  domain: domains.backup,
  header: chunkHeader(head, index),
})

/** @throws {@link Problem} store/weak-secret, auth/phrase-unreadable */
export async function sealFile(
  deps: KeyDeps,
  content: Uint8Array,
  secret: BackupSecret,
): Promise<Blob> {
  const { crypto } = deps
  const { key, kdf } = await newFileKey(deps, secret)
  const padded = pad(content)
  const head = makeHead(crypto, key, { kdf, length: padded.length })
  const chunks = Array.from({ length: chunkCount(head) }, (_, index) => {
    const plain = padded.subarray(index * chunkBytes, (index + 1) * chunkBytes)
    return seal(crypto, contextOf(key, head, index), plain)
  })
  crypto.wipe(key)
  return new Blob([head.bytes, ...chunks].map((part) => new Uint8Array(part)))
}

const bytesOf = async (file: Blob, from: number, to: number): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(from, to).arrayBuffer())

async function openChunks(
  crypto: Primitives,
  file: Blob,
  { head, key }: { head: Head; key: Uint8Array },
): Promise<Uint8Array> {
  const padded = new Uint8Array(head.length)
  const size = chunkBytes + sealBytes
  for (let index = 0; index < chunkCount(head); index += 1) {
    const from = headBytes + index * size
    const sealed = await bytesOf(file, from, from + size)
    const opened = open(crypto, contextOf(key, head, index), sealed)
    if (!opened.ok) throw new Problem('backup/damaged')
    padded.set(opened.plain, index * chunkBytes)
  }
  const content = unpad(padded)
  if (!content) throw new Problem('backup/damaged')
  return content
}

/**
 * @throws {@link Problem} backup/unreadable, backup/newer-format, backup/cut, backup/damaged, backup/wrong-secret,
 * auth/phrase-unreadable, auth/weak-parameters
 */
export async function openFile(
  deps: KeyDeps,
  file: Blob,
  secret: BackupSecret,
): Promise<Uint8Array> {
  const { crypto } = deps
  const head = readHead(crypto, await bytesOf(file, 0, headBytes))
  if (file.size !== fileBytes(head))
    throw new Problem(file.size < fileBytes(head) ? 'backup/cut' : 'backup/damaged')
  const key = await fileKey(deps, secret, head.kdf)
  try {
    if (!isKeyOf(crypto, key, head)) throw new Problem('backup/wrong-secret')
    return await openChunks(crypto, file, { head, key })
  } finally {
    crypto.wipe(key)
  }
}
