import type { Clock } from '../core/clock.ts'
import type { Network } from '../core/http.ts'
import type { Notifier } from '../core/notifier.ts'
import type { Random } from '../core/random.ts'
import type { Signal } from '../core/signal.ts'
import type { Sockets } from '../core/sockets.ts'
import type { Argon2id } from '../crypto/argon2id.ts'
import type { ChachaPoly } from '../crypto/block-aead.ts'
import type { StoreFiles } from '../store/files.ts'
import type { Keychain } from '../store/keychain.ts'
import type { KitFiles } from '../store/kit-files.ts'

/** What the SDK needs of the world around it; `nodePlatform`, `browserPlatform` and `memoryPlatform` make one. */
export interface Platform {
  readonly files: StoreFiles
  /** What the platform keeps for the store, outside it. */
  readonly keychain: Keychain
  /** Where the SOS kit is kept, apart from the store. */
  readonly kit: KitFiles
  readonly network: Network
  readonly sockets: Sockets
  readonly clock: Clock
  readonly random: Random
  /** Emits when the network may have come back. */
  readonly online?: Signal
  /** Emits when the device may have slept: connections that were open before may be dead. */
  readonly woken?: Signal
  /** Emits when the app goes out of sight and may not come back; a worker is never told. */
  readonly hidden?: Signal
  /** IANA name of the time zone in which the device is; the system's unless given. */
  readonly zone?: () => string
  /** Shows reminders; without one they are listed and no more. */
  readonly notifier?: Notifier
  /** Stretches secrets beside other work; unless given libsodium does, which stops everything else for up to a second. */
  readonly argon2id?: Argon2id
  /** The cipher of the store's blocks; libsodium's unless given. */
  readonly chachaPoly?: ChachaPoly
}
