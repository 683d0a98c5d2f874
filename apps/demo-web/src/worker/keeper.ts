/**
 * Keeps the store of the tab that works for all: opens it by itself when no secret of hers is needed, or when the tab
 * before had it open, and says how far it is. Nothing here rejects but the calls: what cannot be opened is said.
 */
import {
  openSafe,
  Problem,
  until,
  type AddedSlot,
  type Client,
  type CreateOptions,
  type Kit,
  type Live,
  type NewSecret,
  type Safe,
  type SafeConfig,
  type SafeState,
  type Secret,
  type SlotInfo,
  type UnlockMode,
} from '@selene/client-sdk'
import { describeFault } from './describe-fault.ts'
import type { Opening } from './watched.ts'
import type { Fault } from './fault.ts'
import { createLiveValue } from './live-value.ts'

export interface Keeper {
  readonly opening: Live<Opening>
  readonly state: Promise<Live<SafeState>>
  readonly secrets: Live<readonly SlotInfo[]>
  readonly safe: Promise<Safe>
  /** While it is open. */
  current(): Client | undefined
  /** Waits while it is being opened. @throws Problem store/locked, or why it could not be opened */
  client(): Promise<Client>
  create(options: CreateOptions): Promise<{ recoveryPhrase?: string }>
  unlock(secret: Secret, mode?: UnlockMode): Promise<void>
  setAutoLock(seconds: number | null): Promise<void>
  addSecret(proof: Secret, made: NewSecret): Promise<AddedSlot>
  changeSecret(proof: Secret, id: number, made: NewSecret): Promise<AddedSlot>
  removeSecret(proof: Secret, id: number): Promise<void>
  /**
   * Asks for a secret of hers again, where there is one.
   * @throws Problem store/wrong-secret, store/attempts, store/locked
   */
  prove(proof: Secret | undefined): Promise<void>
  /** Makes ready to stretch a secret, so that what it costs is measured rightly. */
  prepare(): Promise<void>
  /** Closes the store; the next tab may go on with its key. */
  close(): Promise<void>
}

interface Options {
  /** Without what this module itself sets. */
  readonly config: Omit<SafeConfig, 'kit' | 'shareKey'>
  readonly kit: Promise<Kit>
  /** Makes ready to stretch a secret, so that what it costs is measured rightly. */
  readonly prepare: () => Promise<void>
  /** The key of the tab before, if it had the store open. */
  readonly key: Uint8Array | undefined
  /** Hands the key of the open store on, and that it is locked. */
  readonly share: (key: Uint8Array | undefined) => void
}

const byPlatform: Secret = { platform: true }

const isCode = (error: unknown, code: Problem['code']): boolean =>
  error instanceof Problem && error.code === code

/** Opens it with the key that was handed over. It is asked for again when that fails. */
async function goOn(safe: Safe, key: Uint8Array): Promise<void> {
  try {
    await safe.resume(key)
  } catch {
    // Another store, or another fault: then what follows says it.
  } finally {
    key.fill(0)
  }
}

/** Tries without a secret; says what is wrong with a store that needs none. */
async function openWithoutSecret(safe: Safe): Promise<Fault | undefined> {
  try {
    await safe.unlock(byPlatform)
    return undefined
  } catch (error) {
    return isCode(error, 'store/wrong-secret') ? undefined : describeFault(error)
  }
}

const lockOf = (safe: Safe): SafeState['lock'] => {
  // It is locked from the moment on in which it begins to be.
  if (safe.client()) return 'open'
  const state = safe.state.get()
  return state.status === 'ready' && state.value.lock === 'new' ? 'new' : 'locked'
}

export function createKeeper({ config, kit, prepare, key, share }: Options): Keeper {
  const opening = createLiveValue<Opening>({ state: 'opening' })
  const secrets = createLiveValue<readonly SlotInfo[]>([])
  let opened: Safe | undefined
  let isStarting = true
  let isClosing = false
  /** Of a store that should have opened by itself. */
  let fault: Fault | undefined

  function look(): void {
    if (!opened || isStarting) return
    const state = opened.state.get()
    const lock = lockOf(opened)
    if (lock !== 'locked') fault = undefined
    const slots = lock === 'open' ? opened.slots.list() : []
    secrets.set(slots)
    if (state.status !== 'ready') return
    if (lock === 'new') opening.set({ state: lock, unsealed: state.value.unsealed === true })
    else if (lock === 'locked') opening.set({ state: lock, ...(fault && { fault }) })
    else
      opening.set({
        state: lock,
        kind: state.value.kind,
        hasLock: slots.every(({ kind }) => kind !== 'platform'),
        readOnly: state.value.readOnly === true,
      })
  }

  function shareKey(shared: Uint8Array | undefined): void {
    // A tab that ends lets the next one go on.
    if (isClosing) return
    share(shared)
    if (!shared) look()
  }

  async function start(): Promise<Safe> {
    const safe = await openSafe({ ...config, kit: await kit, shareKey })
    opened = safe
    safe.state.subscribe(look)
    if (lockOf(safe) === 'locked' && key) await goOn(safe, key)
    if (lockOf(safe) === 'locked') {
      share(undefined)
      fault = await openWithoutSecret(safe)
    }
    isStarting = false
    look()
    return safe
  }

  const safe = start()
  const state = safe.then((opened) => opened.state)
  state.catch(() => {}) // Whoever asks is told.
  safe.catch((error: unknown) => opening.set({ state: 'failed', fault: describeFault(error) }))

  async function client(): Promise<Client> {
    await until(opening.live, ({ state }) => state !== 'opening')
    const found = (await safe).client()
    if (!found) throw new Problem('store/locked')
    return found
  }

  /** Does what changes how it stands, and tells. */
  async function changing<T>(work: (safe: Safe) => Promise<T>): Promise<T> {
    const done = await work(await safe)
    look()
    return done
  }

  return {
    opening: opening.live,
    state,
    secrets: secrets.live,
    safe,
    current: () => opened?.client(),
    client,
    create: (options) =>
      changing(async (safe) => {
        if (!options.platformOnly) await prepare()
        const { recoveryPhrase } = await safe.create(options)
        return recoveryPhrase === undefined ? {} : { recoveryPhrase }
      }),
    unlock: (secret, mode) =>
      changing(async (safe) => void (await safe.unlock(secret, mode && { mode }))),
    setAutoLock: async (seconds) => (await safe).autoLock(seconds),
    addSecret: (proof, made) =>
      changing(async (safe) => {
        await prepare()
        return safe.slots.add(proof, made)
      }),
    changeSecret: (proof, id, made) =>
      changing(async (safe) => {
        await prepare()
        return safe.slots.change(proof, id, made)
      }),
    removeSecret: (proof, id) => changing((safe) => safe.slots.remove(proof, id)),
    async prove(proof) {
      const { slots } = await safe
      if (slots.list().some(({ kind }) => kind === 'platform')) return
      if (!proof) throw new Problem('store/wrong-secret')
      await slots.prove(proof)
    },
    prepare,
    async close() {
      isClosing = true
      await safe.then((safe) => safe.close())
    },
  }
}
