/**
 * Opens the pack in the store's file and the database in it, and keeps track of who has the file and how far the store
 * is, so that an older one is noticed (SAFE.md, K13).
 */
import { bytesToHex, Problem } from '@selene/shapes'
import type { Clock } from '../../core/clock.ts'
import type { Random } from '../../core/random.ts'
import type { MakeBlockAead } from '../../crypto/block-aead.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import type { OpenFiles, StoreDevice } from '../files.ts'
import { openPack, type PackOptions } from '../sealed/open-pack.ts'
import type { Pack } from '../sealed/pack.ts'
import { isRelation, type Durability } from '../sealed/sealed-fs.ts'
import { openDatabase, type SealedStore } from '../store.ts'
import type { Upgrade } from '../upgrade.ts'
import type { NoteKeeper } from './note.ts'

export interface PackOpenerDeps {
  readonly files: OpenFiles
  readonly crypto: Primitives
  readonly aead: MakeBlockAead
  readonly random: Random
  readonly clock: Clock
  readonly upgrades: readonly Upgrade[]
  readonly durability: Durability
  /** Is told when the file may have another size, or no room to grow. */
  readonly resized: () => void
}

export interface PackOpener {
  /** The file, while no pack has it. */
  device(): Promise<StoreDevice>
  /** The pack that has the file. */
  pack(): Pack | undefined
  /** Opens the pack with its key, which is wiped. @throws Problem store/damaged, store/rolled-back, store/newer-format */
  open(at: StoreDevice, dataKey: Uint8Array, options: Partial<PackOptions>): Pack
  /** From now on it is noted how far the store with this id is. */
  follow(storeId: Uint8Array): void
  /** Opens the database in the pack; closing it gives the file back. When this fails, the pack is closed. */
  database(at: StoreDevice): Promise<SealedStore>
  /** Closes the pack without a database. */
  abandon(): void
  /** Notes how far the store is. */
  remember(): Promise<void>
  close(): Promise<void>
}

const refusals = {
  missing: 'store/damaged',
  // The slot was right, so the key is: what it should open was changed.
  'wrong-key': 'store/damaged',
  damaged: 'store/damaged',
  'newer-format': 'store/newer-format',
  'rolled-back': 'store/rolled-back',
} as const

/** The file, for one at a time: the strongbox itself, or the pack that it gave it to. */
function createHolding(files: OpenFiles) {
  let own: Promise<StoreDevice> | undefined
  let pack: Pack | undefined
  return {
    device(): Promise<StoreDevice> {
      if (pack) throw new TypeError('the store is open')
      own ??= files.openDevice()
      // What could not be opened may be the next time.
      own.catch(() => (own = undefined))
      return own
    },
    /** The pack closes the device from now on. */
    give(to: Pack): void {
      own = undefined
      pack = to
    },
    /** The device was closed. */
    takeBack(): void {
      own = undefined
      pack = undefined
    },
    pack: () => pack,
    async close(): Promise<void> {
      const closing = own
      own = undefined
      ;(await closing?.catch(() => undefined))?.close()
    },
  }
}

/** How far the open store is; without an id it is not noted. */
interface Progress {
  store: string
  sequence: number
  settled(): Promise<void>
}

export function createPackOpener(deps: PackOpenerDeps, note: NoteKeeper): PackOpener {
  const { files, crypto, aead, random, clock } = deps
  const holding = createHolding(files)
  let progress: Progress | undefined

  async function remember(): Promise<void> {
    if (!progress?.store) return
    const { store, sequence } = progress
    try {
      // What is noted must be on the disk.
      await progress.settled()
      await note.change((before) => ({ ...before, known: { store, sequence } }))
    } catch {
      // Of help only: a disk that is full keeps nothing from closing.
    }
  }

  function end(): void {
    progress = undefined
    holding.takeBack()
  }

  async function closeStore(store: SealedStore): Promise<void> {
    try {
      await store.close()
      await remember()
    } finally {
      end()
    }
  }

  return {
    device: holding.device,
    pack: holding.pack,
    open(at, dataKey, options) {
      const going: Progress = { store: '', sequence: 0, settled: async () => at.settled?.() }
      const onDurable = (sequence: number): void => void (going.sequence = sequence)
      try {
        const opened = openPack(
          { device: at, crypto, aead, random, now: clock.now },
          { ...options, dataKey, onDurable, isPromised: isRelation },
        )
        if (!opened.ok) throw new Problem(refusals[opened.code])
        going.sequence = opened.pack.sequence
        holding.give(opened.pack)
        progress = going
        return opened.pack
      } finally {
        crypto.wipe(dataKey)
      }
    },
    follow(storeId) {
      if (progress) progress.store = bytesToHex(storeId)
    },
    async database(at) {
      const { durability, resized, upgrades } = deps
      const pack = holding.pack()!
      const parts = { kind: files.kind, pack, device: at, durability, clock, resized }
      try {
        const store = await openDatabase(parts, upgrades)
        return { ...store, close: () => closeStore(store) }
      } catch (error) {
        end()
        throw error
      }
    },
    abandon() {
      holding.pack()?.close()
      end()
    },
    remember,
    close: holding.close,
  }
}
