/**
 * The store's file with its key slots (SAFE.md): makes it, opens it with a secret, and changes the secrets, for the one
 * opener that holds it. Above it nobody sees a key.
 */
import { bytesToHex, concat, Problem } from '@selene/shapes'
import { lazily } from '../../core/lazily.ts'
import { calibrateCost, leastCost, type StretchCost } from '../../crypto/argon2id.ts'
import type { OpenFiles, PlainStore, StoreDevice } from '../files.ts'
import { readPackHeader, type PackHeader } from '../sealed/pack-header.ts'
import { superblockBytes } from '../sealed/layout.ts'
import type { Pack } from '../sealed/pack.ts'
import type { SealedStore } from '../store.ts'
import { storeProblem } from '../store-problem.ts'
import { createAttempts } from './attempts.ts'
import { decodeKeyArea, encodeKeyArea } from './key-area.ts'
import { keepNote } from './note.ts'
import { createPackOpener, type PackOpenerDeps } from './pack-opener.ts'
import { assertStrong, kindOf, type NewSecret, type Secret } from './secret.ts'
import { createSlotEdits, type SlotEdits } from './slot-edits.ts'
import { openSlots, readySlot, type ReadySlot, type SlotDeps } from './slot.ts'

export type StrongboxDeps = SlotDeps &
  PackOpenerDeps & {
    /** Is told what {@link Strongbox.resume} takes, once a store is open for writing. Without it no key is kept anywhere. */
    readonly shareKey?: (key: Uint8Array) => void
  }

/** `reading`: for reading only, also what is damaged or rolled back. `as-it-is`: although it is older than it was. */
export type UnlockMode = 'whole' | 'reading' | 'as-it-is'

export interface OpenStore {
  readonly store: SealedStore
  readonly edits: SlotEdits
}

export interface CreatedStore extends OpenStore {
  readonly recoveryPhrase?: string
}

export interface Strongbox {
  /** Whether there is a store to unlock. One that was being made when the process ended is none. */
  exists(): Promise<boolean>
  /** Bytes of the file, while no store is open. */
  size(): Promise<number>
  /** Whether there is a store that was not sealed, which a new one takes over. */
  hasPlain(): Promise<boolean>
  /**
   * Makes a store that each of these secrets opens.
   * @throws Problem store/weak-secret, store/full, store/failed
   */
  create(secrets: readonly NewSecret[]): Promise<CreatedStore>
  /**
   * @throws Problem store/wrong-secret, store/attempts, store/damaged, store/rolled-back, store/newer-format, store/full
   */
  unlock(secret: Secret, mode?: UnlockMode): Promise<OpenStore>
  /**
   * Opens the store with the key of one who had it open.
   * @param key As `shareKey` was told; it is left as it is.
   * @throws Problem store/wrong-secret when it belongs to another store; else as {@link Strongbox.unlock}
   */
  resume(key: Uint8Array): Promise<OpenStore>
  /** Notes how far the open store is, so that an older one is noticed. */
  remember(): Promise<void>
  /** Makes what there is unreadable, and takes it away. */
  erase(): Promise<void>
  /** Closes the file; a store that is open is closed before. */
  close(): Promise<void>
}

/** What the header says, as far as it is a store. */
type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'store'; readonly storeId: Uint8Array; readonly keyArea: Uint8Array }

function foundIn(header: PackHeader): Found {
  if (header.kind === 'pack') {
    const keyArea = header.keyAreas[0]!
    // Slots are written when the store is whole (K1).
    return keyArea.length === 0
      ? { kind: 'none' }
      : { kind: 'store', storeId: header.storeId, keyArea }
  }
  if (header.kind === 'none') return { kind: 'none' }
  throw new Problem(header.kind === 'damaged' ? 'store/damaged' : 'store/newer-format')
}

/** The plain store to take over, if there is one. */
async function plainOf({ plain }: OpenFiles): Promise<PlainStore | undefined> {
  return plain && (await plain.exists()) ? plain : undefined
}

/** What a store begins with, needed once in its life. */
const firstContent = lazily(() => import('./first-content.ts'))

const isStretched = (secret: NewSecret): boolean => 'pin' in secret || 'passphrase' in secret

/** Turns faults of device and pack into problems. */
async function saying<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storeProblem(error)
  }
}

export function createStrongbox(deps: StrongboxDeps): Strongbox {
  const { files, keychain, crypto, clock } = deps
  const note = keepNote(keychain)
  const attempts = createAttempts({ note, clock })
  const opener = createPackOpener(deps, note)

  const look = (at: StoreDevice): Found => foundIn(readPackHeader(crypto, at))
  function storeIdAt(at: StoreDevice): Uint8Array {
    const header = readPackHeader(crypto, at)
    if (header.kind !== 'pack') throw new Problem('store/damaged')
    return header.storeId
  }

  function guess<T>(secret: Secret, attempt: () => Promise<T>): Promise<T> {
    const kind = kindOf(secret)
    return kind === 'pin' || kind === 'passphrase' ? attempts.run(kind, attempt) : attempt()
  }

  const editsOf = (pack: Pack, at: StoreDevice, storeId: Uint8Array): SlotEdits =>
    createSlotEdits({ ...deps, pack, storeId, guess, settled: async () => at.settled?.() })

  /** What was taken over goes once the store that holds it is there; else at the next opening. */
  async function leavePlain(storeId: Uint8Array): Promise<void> {
    if ((await note.read()).takingOver !== bytesToHex(storeId)) return
    try {
      // Whatever is left of it: removing may have been interrupted.
      await files.plain?.remove()
      await note.change((before) => ({ ...before, takingOver: undefined }))
    } catch {
      // It is tried again.
    }
  }

  async function makeSlots(secrets: readonly NewSecret[]): Promise<ReadySlot[]> {
    for (const secret of secrets) await assertStrong(secret)
    const cost: StretchCost = secrets.some(isStretched)
      ? await calibrateCost(deps.argon2id, clock)
      : leastCost
    const ready: ReadySlot[] = []
    for (const [i, secret] of secrets.entries())
      ready.push(await readySlot(deps, secret, { id: i + 1, cost }))
    return ready
  }

  async function makeDatabase(pack: Pack, at: StoreDevice, storeId: Uint8Array) {
    try {
      const { fillFirst } = await firstContent()
      const plain = await plainOf(files)
      if (plain) await note.change((before) => ({ ...before, takingOver: bytesToHex(storeId) }))
      await fillFirst(pack, files, plain)
    } catch (error) {
      opener.abandon()
      throw error
    }
    return opener.database(at)
  }

  /** Makes the pack with all that it begins with. Slots come last: from then on it is a store (K1). */
  async function makeStore(at: StoreDevice, ready: readonly ReadySlot[], dataKey: Uint8Array) {
    at.truncate(0)
    const pack = opener.open(at, dataKey.slice(), {})
    const storeId = storeIdAt(at)
    const store = await makeDatabase(pack, at, storeId)
    try {
      const slots = ready.map((slot) => slot.seal(storeId, dataKey))
      pack.setKeyArea(encodeKeyArea({ nextId: slots.length + 1, slots }))
      await at.settled?.()
    } catch (error) {
      await store.close().catch(() => {})
      throw error
    }
    opener.follow(storeId)
    deps.shareKey?.(concat(storeId, dataKey))
    return { store, storeId, edits: editsOf(pack, at, storeId) }
  }

  async function create(secrets: readonly NewSecret[]): Promise<CreatedStore> {
    const at = await opener.device()
    if (look(at).kind !== 'none') throw new TypeError('there is a store already')
    await firstContent()
    const ready = await makeSlots(secrets)
    const dataKey = crypto.random(32)
    try {
      const { store, storeId, edits } = await makeStore(at, ready, dataKey)
      await opener.remember()
      await leavePlain(storeId)
      const phrase = ready.find((slot) => slot.recoveryPhrase !== undefined)?.recoveryPhrase
      return { store, edits, ...(phrase !== undefined && { recoveryPhrase: phrase }) }
    } finally {
      crypto.wipe(dataKey)
    }
  }

  async function lookInside() {
    const at = await opener.device()
    const found = look(at)
    if (found.kind === 'none') throw new TypeError('there is no store yet')
    return { at, storeId: found.storeId, keyArea: found.keyArea }
  }

  /** @param dataKey Is wiped. */
  async function openWith(
    dataKey: Uint8Array,
    { at, storeId }: { at: StoreDevice; storeId: Uint8Array },
    mode: UnlockMode,
  ): Promise<OpenStore> {
    const isReadOnly = mode === 'reading'
    const shared = deps.shareKey && !isReadOnly ? concat(storeId, dataKey) : undefined
    const { known } = await note.read()
    const lastKnownSequence =
      mode === 'whole' && known?.store === bytesToHex(storeId) ? known.sequence : 0
    const pack = opener.open(at, dataKey, { lastKnownSequence, isReadOnly })
    if (!isReadOnly) opener.follow(storeId)
    const store = await opener.database(at)
    if (!isReadOnly) await leavePlain(storeId)
    if (shared) deps.shareKey?.(shared)
    return { store, edits: editsOf(pack, at, storeId) }
  }

  async function unlock(secret: Secret, mode: UnlockMode): Promise<OpenStore> {
    const { at, storeId, keyArea } = await lookInside()
    const { slots } = decodeKeyArea(keyArea)
    const { dataKey } = await guess(secret, () => openSlots(deps, secret, { storeId, slots }))
    return openWith(dataKey, { at, storeId }, mode)
  }

  async function resume(key: Uint8Array): Promise<OpenStore> {
    const { at, storeId } = await lookInside()
    const isOfThisStore = storeId.every((byte, i) => byte === key[i])
    if (!isOfThisStore) throw new Problem('store/wrong-secret')
    return openWith(key.slice(storeId.length), { at, storeId }, 'whole')
  }

  /** Without its keys the rest is random bytes, whatever becomes of the file. */
  async function overwrite(): Promise<void> {
    const at = await opener.device()
    at.write(0, deps.random.bytes(2 * superblockBytes))
    at.flush()
    at.truncate(0)
    await at.settled?.()
  }

  return {
    exists: () =>
      saying(async () => {
        if (opener.pack()) return true
        return look(await opener.device()).kind === 'store'
      }),
    size: () =>
      saying(async () => opener.pack()?.space().fileBytes ?? (await opener.device()).size()),
    hasPlain: async () => (await plainOf(files)) !== undefined,
    create: (secrets) => saying(() => create(secrets)),
    unlock: (secret, mode = 'whole') => saying(() => unlock(secret, mode)),
    resume: (key) => saying(() => resume(key)),
    remember: opener.remember,
    async erase() {
      await overwrite().catch(() => {})
      await opener.close()
      await saying(() => files.remove())
      await keychain.erase()
      attempts.close()
      await files.plain?.remove()
    },
    async close() {
      attempts.close()
      await opener.close()
    },
  }
}
