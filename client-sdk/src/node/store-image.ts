/** The image of a new store: baked once, kept in a file as long as nothing changes that it is made of. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { prepareDerivedTables } from '../client/derived-tables.ts'
import { upgrades } from '../client/schema.ts'
import { bakeImage } from '../store/bake-image.ts'
import { postgresOptions } from '../store/postgres.ts'
import type { StoreTx } from '../store/store.ts'
import { upgrade } from '../store/upgrade.ts'

async function prepare(tx: StoreTx): Promise<void> {
  await upgrade(tx, upgrades)
  await prepareDerivedTables(tx)
}

/** All SQL by which the tables are made. */
async function schemaSql(): Promise<string[]> {
  const said: string[] = []
  await prepare({
    async query(sql) {
      said.push(sql)
      return []
    },
    async script(sql) {
      said.push(sql)
    },
  })
  return said
}

async function postgresVersion(): Promise<string> {
  const url = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  return (JSON.parse(await readFile(url, 'utf8')) as { version: string }).version
}

/** Changes whenever another image would be baked. */
async function imageKey(): Promise<string> {
  const made = { postgres: await postgresVersion(), postgresOptions, sql: await schemaSql() }
  return createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16)
}

/** Bakes an image for `image` of a platform: a gzip of about 2 MB, which takes some seconds. */
export const bakeStoreImage = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(gzipSync(await bakeImage(prepare), { level: 9 }))

async function bakeInto(directory: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const baked = await bakeStoreImage()
  await mkdir(directory, { recursive: true })
  const draft = `${path}.${process.pid}-${crypto.randomUUID()}`
  await writeFile(draft, baked)
  await rename(draft, path)
  return baked
}

/** @param directory Where images are kept; each version of what they are made of has its own file. */
export function cachedStoreImage(directory: string): () => Promise<Blob> {
  let image: Promise<Blob> | undefined
  async function load(): Promise<Blob> {
    const path = join(directory, `store-image-${await imageKey()}.tar.gz`)
    const bytes = await readFile(path).catch(() => bakeInto(directory, path))
    return new Blob([new Uint8Array(bytes)])
  }
  return () => (image ??= load())
}
