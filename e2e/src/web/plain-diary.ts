/**
 * A diary as versions kept it that did not seal it: Postgres' files in the open, in the pool of OPFS that PGlite's
 * `opfs-ahp` keeps. It is written by today's SDK, taken out of its seal, and laid out in the browser.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import type { Page } from '@playwright/test'
import { openSafe, type Client } from '@selene/client-sdk'
import { fileDevice, nodePlatform } from '@selene/client-sdk/node'
import { databaseOptions, openSealedDatabase } from '../store/sealed-database.ts'

const storeIdBytes = 16

interface PlainFile {
  readonly path: string
  /** Absent for a directory. */
  readonly content?: Buffer
}

/** Makes a sealed store, and gives back the key of it. */
async function writeSealed(
  directory: string,
  fill: (client: Client) => Promise<void>,
): Promise<Uint8Array> {
  let key: Uint8Array | undefined
  const shareKey = (shared: Uint8Array | undefined): void => void (key ??= shared?.slice())
  await using safe = await openSafe({ platform: nodePlatform({ directory }), shareKey })
  const { client } = await safe.create({ platformOnly: true })
  await fill(client)
  await safe.lock()
  return key!.slice(storeIdBytes)
}

async function unsealInto(plain: string, file: string, dataKey: Uint8Array): Promise<void> {
  const { pg } = await openSealedDatabase(fileDevice(file), { dataKey })
  const loadDataDir = await pg.dumpDataDir('none')
  await pg.close()
  const copy = new PGlite({ ...databaseOptions(), fs: new NodeFS(plain), loadDataDir })
  await copy.waitReady
  await copy.close()
}

/** Parents before what is in them. */
async function filesIn(root: string, above = ''): Promise<PlainFile[]> {
  const entries = await readdir(join(root, above), { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = above === '' ? entry.name : `${above}/${entry.name}`
      return entry.isDirectory()
        ? [{ path }, ...(await filesIn(root, path))]
        : [{ path, content: await readFile(join(root, path)) }]
    }),
  )
  return found.flat()
}

async function plainFiles(fill: (client: Client) => Promise<void>): Promise<PlainFile[]> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-plain-'))
  const plain = join(directory, 'plain')
  try {
    const dataKey = await writeSealed(directory, fill)
    await unsealInto(plain, join(directory, 'store.selene'), dataKey)
    return await filesIn(plain)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

type Listed = readonly { readonly path: string; readonly bytes?: number }[]

/** Runs in a page: lays the files out as the pool keeps them. */
async function layOut(list: Listed): Promise<void> {
  interface Node {
    readonly type: 'file' | 'directory'
    readonly lastModified: number
    readonly mode: number
    readonly backingFilename?: string
    readonly children?: Record<string, Node>
  }
  const all = await (await fetch('/plain-diary')).arrayBuffer()
  const pool = await (
    await navigator.storage.getDirectory()
  ).getDirectoryHandle('selene', { create: true })
  const data = await pool.getDirectoryHandle('data', { create: true })
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the page gets this one function
  async function write(
    directory: FileSystemDirectoryHandle,
    name: string,
    content: FileSystemWriteChunkType,
  ) {
    const writer = await (await directory.getFileHandle(name, { create: true })).createWritable()
    await writer.write(content)
    await writer.close()
  }
  const root: Node = { type: 'directory', lastModified: 0, mode: 0o40700, children: {} }
  let at = 0
  for (const [i, { path, bytes }] of list.entries()) {
    const names = path.split('/')
    let parent = root
    for (const name of names.slice(0, -1)) parent = parent.children![name]!
    const isFile = bytes !== undefined
    parent.children![names.at(-1)!] = isFile
      ? { type: 'file', lastModified: 0, mode: 0o100600, backingFilename: `file-${i}` }
      : { type: 'directory', lastModified: 0, mode: 0o40700, children: {} }
    if (!isFile) continue
    await write(data, `file-${i}`, all.slice(at, at + bytes))
    at += bytes
  }
  await write(pool, 'state.txt', JSON.stringify({ root, pool: [] }))
}

/** Leaves such a diary in the browser. @param page A page of the app's origin that has not started the app. */
export async function leavePlainDiary(
  page: Page,
  fill: (client: Client) => Promise<void>,
): Promise<void> {
  const files = await plainFiles(fill)
  const body = Buffer.concat(files.flatMap(({ content }) => content ?? []))
  await page.route('**/plain-diary', (route) => route.fulfill({ body }))
  await page.evaluate(
    layOut,
    files.map(({ path, content }) => ({ path, ...(content && { bytes: content.length }) })),
  )
}
