/**
 * A store that the platform's secret alone opens, for programs without a person: servers, demos, tests. Whoever can read
 * the keychain reads it: it protects a copy of the store's file and nothing more.
 */
import { Problem } from '@selene/shapes'
import type { StoreFiles } from '../files.ts'
import type { SealedStore } from '../store.ts'
import { createStrongbox, type Strongbox, type StrongboxDeps } from './strongbox.ts'

export type PlatformStoreDeps = Omit<StrongboxDeps, 'files' | 'resized'> & {
  readonly files: StoreFiles
}

async function openIn(box: Strongbox): Promise<SealedStore> {
  if (!(await box.exists())) return (await box.create([{ platform: true }])).store
  try {
    return (await box.unlock({ platform: true })).store
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store/wrong-secret') throw error
    throw new Problem('store/locked', {
      detail: 'this store opens with a secret of its owner',
      cause: error,
    })
  }
}

/**
 * Opens the store, or makes one; closing it lets the next opener in.
 * @throws {@link Problem} store/in-use, store/locked (it has an owner's secret), store/newer-format, store/damaged …
 */
export async function openPlatformStore(deps: PlatformStoreDeps): Promise<SealedStore> {
  const files = await deps.files.open()
  const box = createStrongbox({ ...deps, files, resized: () => {} })
  async function end(): Promise<void> {
    await box.close()
    await files.release()
  }
  try {
    const store = await openIn(box)
    return {
      ...store,
      async close() {
        await store.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
