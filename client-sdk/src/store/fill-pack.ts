/** Puts the files of a database into an empty pack: a prepared image, or those of a store that was not sealed. */
import { sameBytes } from '@selene/shapes'
import type { DatabaseEntry } from './files.ts'
import { faultError } from './sealed/fault.ts'
import type { FileNode } from './sealed/file-node.ts'
import type { Pack } from './sealed/pack.ts'

type Entries = Iterable<DatabaseEntry> | AsyncIterable<DatabaseEntry>

// What Postgres demands of its directory, and of the files in it: only their owner may use them.
const directoryMode = 0o040700
const fileMode = 0o100600

/** Writes all entries, parents first. Nothing of it is kept before the pack is committed. @throws fault full, io */
export async function fillPack(pack: Pack, entries: Entries): Promise<void> {
  pack.hold()
  const directories = new Map<string, FileNode>([['', pack.root]])
  pack.setMode(pack.root, directoryMode)
  for await (const entry of entries) {
    const cut = entry.path.lastIndexOf('/')
    const parent = directories.get(entry.path.slice(0, Math.max(0, cut)))
    if (!parent) throw new TypeError('a file comes before its directory')
    const name = entry.path.slice(cut + 1)
    if (entry.kind === 'directory') {
      directories.set(entry.path, pack.create(parent, name, directoryMode))
      continue
    }
    const { content } = entry
    const node = pack.create(parent, name, fileMode)
    pack.write(node, { bytes: content, offset: 0, length: content.length }, 0)
  }
}

function find(pack: Pack, path: string): FileNode | undefined {
  let node: FileNode | undefined = pack.root
  for (const name of path.split('/')) node = node?.children?.get(name)
  return node
}

function holds(pack: Pack, entry: DatabaseEntry): boolean {
  const node = find(pack, entry.path)
  if (!node || entry.kind === 'directory') return node?.children !== undefined
  const bytes = new Uint8Array(node.size)
  pack.read(node, { bytes, offset: 0, length: bytes.length }, 0)
  return sameBytes(bytes, entry.content)
}

/** Reads everything back and compares. @throws fault damaged at the first difference; io */
export async function verifyPack(pack: Pack, entries: Entries): Promise<void> {
  for await (const entry of entries) if (!holds(pack, entry)) throw faultError('damaged')
}
