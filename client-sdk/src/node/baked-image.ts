/** The image with which tests open stores, in the repository's cache. */
import { fileURLToPath } from 'node:url'
import { cachedStoreImage } from './store-image.ts'

export const bakedImage = cachedStoreImage(
  fileURLToPath(new URL('../../../node_modules/.cache/selene', import.meta.url)),
)
