/**
 * The image that a new store begins with, as a file of the build: without it the first opening waits for Postgres to
 * make its database. It is compressed as it is, so that it has no copies beside it.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cachedStoreImage } from '@selene/client-sdk/node'

export interface StoreImage {
  /** Its address within the app; another image has another one. */
  readonly address: string
  /** Puts it into the folder of the built app. */
  write(folder: string): void
}

/** @param cache Where images are kept from one build to the next; baking one takes some seconds. */
export async function placeStoreImage(cache: string): Promise<StoreImage> {
  const image = await cachedStoreImage(cache)()
  const bytes = new Uint8Array(await image.arrayBuffer())
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  const address = `/assets/store-${hash}.bin`
  return { address, write: (folder) => writeFileSync(join(folder, address), bytes) }
}
