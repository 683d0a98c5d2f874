/** What new stores of simulations and of the demo begin with: baked once, kept in the repository's cache. */
import { fileURLToPath } from 'node:url'
import { cachedStoreImage } from '@selene/client-sdk/node'

export const storeImage = cachedStoreImage(
  fileURLToPath(new URL('../../../node_modules/.cache/selene', import.meta.url)),
)
