/**
 * Parts of the SDK that a page does not need when it starts: each is loaded by the first call that needs it, with
 * `import()`, so that bundlers put it in a file of its own (C150).
 */
import { Problem } from '@selene/shapes'

/**
 * What `load` gives, loaded once. What failed is tried again at the next call.
 * @throws {@link Problem} server/unreachable when the file cannot be had: the call has then done nothing.
 */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined
      throw new Problem('server/unreachable', {
        detail: 'a part of the app could not be loaded',
        cause,
      })
    })
    return loading
  }
}
