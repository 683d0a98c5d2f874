/** Entries of the vault's log are built on its head, and built anew when another one came first (W15). */
import { Problem } from '@selene/shapes'

interface Trying {
  /** How often it is built at most. */
  readonly most: number
  /** Between two attempts; what it throws ends them. Is told why there is another. */
  readonly rest?: (moved: Problem) => Promise<void>
}

/** @throws {@link Problem} what `build` throws; vault/head-moved when others keep coming first. */
export async function buildAnew<T>(build: () => Promise<T>, { most, rest }: Trying): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await build()
    } catch (error) {
      const moved = error instanceof Problem && error.code === 'vault/head-moved'
      if (!moved || attempt === most) throw error
      await rest?.(error)
    }
  }
}
