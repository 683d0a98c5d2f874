import type { Clock } from '../core/clock.ts'
import type { Network } from '../core/http.ts'
import type { Random } from '../core/random.ts'
import type { Signal } from '../core/signal.ts'
import type { StoreFiles } from '../store/files.ts'

/** What the SDK needs of the world around it; `nodePlatform`, `browserPlatform` and `memoryPlatform` make one. */
export interface Platform {
  readonly files: StoreFiles
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  /** Emits when the network may have come back. */
  readonly online?: Signal
}
