/**
 * The store as a person has it: locked until she opens it, and locked again. The SOS kit lies outside: it stays open
 * and works all the time (W47).
 */
import { Problem } from '@selene/shapes'
import { createLiveValue, type Live } from '../core/live.ts'
import { nextTurn } from '../core/next-turn.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import { createTurns } from '../core/turns.ts'
import type { Kit } from '../sos/kit.ts'
import type { OpenFiles } from '../store/files.ts'
import type { NewSecret, Secret } from '../store/safe/secret.ts'
import type { SlotEdits } from '../store/safe/slot-edits.ts'
import {
  createStrongbox,
  type OpenStore,
  type Strongbox,
  type UnlockMode,
} from '../store/safe/strongbox.ts'
import type { CheckReport } from '../store/sealed/check.ts'
import { createAutoLock } from './auto-lock.ts'
import { loadClientParts, openClientOn, openKitAnyway, type Client, type Config } from './client.ts'
import { safeState, type SafeState } from './safe-state.ts'
import { storeTools } from './store-tools.ts'

/** The secrets of a new store; at least one of the first three. */
export interface CreateOptions {
  /** Opens it together with the platform's secret: on this device alone. */
  readonly pin?: string
  readonly passphrase?: string
  /** No lock: whoever has the device opens it. Neither PIN nor passphrase beside it. */
  readonly platformOnly?: true
  /** Makes 24 words that open it too. */
  readonly recovery?: true
}

export interface Created {
  readonly client: Client
  /** The words, when they were asked for; they are nowhere else. */
  readonly recoveryPhrase?: string
}

export interface UnlockOptions {
  /**
   * What to do with a store that is `store/damaged` or `store/rolled-back`: `reading` opens what can be read, without
   * sync, and nothing can be written; `as-it-is` goes on with one that is older than it was.
   */
  readonly mode?: UnlockMode
}

export interface SafeConfig extends Config {
  /**
   * Is told the key of the open store, and `undefined` when it is locked: what {@link Safe.resume} takes, for an app of
   * several tabs or processes, of which another may have to go on. Whoever has it reads the store's file.
   * Without this no key is in memory while the store is open.
   */
  readonly shareKey?: (key: Uint8Array | undefined) => void
}

export interface Safe extends AsyncDisposable {
  readonly state: Live<SafeState>
  /** Open from the beginning, locked or not. */
  readonly kit: Kit
  /**
   * Makes the store, taking over one that was not sealed, and opens it.
   * @throws {@link Problem} store/weak-secret, store/full, store/failed
   */
  create(secrets: CreateOptions): Promise<Created>
  /**
   * Opens the store. When it is open already, the secret is not looked at.
   * @throws {@link Problem} store/wrong-secret, store/attempts (`retryAfterSeconds`), store/damaged,
   * store/rolled-back, store/newer-format
   */
  unlock(secret: Secret, options?: UnlockOptions): Promise<Client>
  /**
   * Opens the store with the key that another opener shared while it was open.
   * @throws {@link Problem} store/wrong-secret when there is another store now; else as {@link Safe.unlock}
   */
  resume(key: Uint8Array): Promise<Client>
  /** While it is open. */
  client(): Client | undefined
  /** Closes the client and wipes its keys; resolved = everything is durable. Again is the same. */
  lock(): Promise<void>
  /** Locks after so many seconds without {@link Safe.touch}; `null`, as in the beginning: never by itself. */
  autoLock(seconds: number | null): void
  /** Says that she is there. */
  touch(): void
  /** Its secrets. @throws {@link Problem} store/locked */
  readonly slots: SlotEdits
  /** Reads everything and says what is damaged. @throws {@link Problem} store/locked */
  check(): Promise<CheckReport>
  /** Makes the file as small as it can be. @throws {@link Problem} store/locked */
  compact(): Promise<void>
  /** Makes the store unreadable and removes it, without asking for a secret. The SOS kit stays. */
  erase(): Promise<void>
  /** Locks, and lets the next opener in; the kit is closed if it was opened here. */
  close(): Promise<void>
}

function secretsOf({ pin, passphrase, platformOnly, recovery }: CreateOptions): NewSecret[] {
  const hers: NewSecret[] = []
  if (pin !== undefined) hers.push({ pin })
  if (passphrase !== undefined) hers.push({ passphrase })
  if (hers.length > 0 === (platformOnly === true))
    throw new TypeError('a PIN, a passphrase or both, or else the platform alone')
  if (platformOnly) hers.push({ platform: true })
  if (recovery) hers.push({ recovery: true })
  return hers
}

async function checkAll({ store }: OpenStore): Promise<CheckReport> {
  const steps = store.pack.check()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await nextTurn()
  }
}

interface Parts {
  readonly config: SafeConfig
  readonly kit: Kit
  readonly files: OpenFiles
  readonly box: Strongbox
  /** Emits when the file may have another size. */
  readonly resized: Signal
}

interface Opened extends OpenStore {
  readonly client: Client
  /** Closes the client itself. */
  end(): Promise<void>
}

async function standingOf({ files, box }: Parts, opened: Opened | undefined): Promise<SafeState> {
  const pack = opened?.store.pack
  // What cannot be read is there all the same: unlocking says what is wrong with it.
  const exists = opened !== undefined || (await box.exists().catch(() => true))
  return safeState({
    lock: opened ? 'open' : exists ? 'locked' : 'new',
    kind: files.kind,
    bytes: exists ? await box.size() : 0,
    isReadOnly: pack?.isReadOnly ?? false,
    isUnsealed: !exists && (await box.hasPlain()),
    isLow: pack?.space().isLow ?? false,
    // What the system does not say is no fault.
    surroundings: await files.surroundings().catch(() => ({})),
  })
}

async function createSafe(parts: Parts): Promise<Safe> {
  const { config, kit, files, box, resized } = parts
  const inTurn = createTurns()
  let opened: Opened | undefined
  let isClosed = false
  const state = createLiveValue(await standingOf(parts, opened))

  async function refresh(): Promise<void> {
    if (!isClosed) state.set(await standingOf(parts, opened))
  }
  const follow = (): void => void refresh().catch(() => {})
  const unfollow = resized.subscribe(() => {
    follow()
    void box.remember()
  })

  function alive(): void {
    if (isClosed) throw new Problem('store/closed')
  }
  function current(): Opened {
    if (!opened) throw new Problem('store/locked')
    return opened
  }

  async function enter(open: OpenStore, isReading: boolean): Promise<Client> {
    const { server: _, ...local } = config
    try {
      const on = isReading ? local : config
      const { client } = await openClientOn(open.store, { ...on, kit })
      if (isReading) open.store.freeze()
      // Closing the client is locking: whoever has it need not know of the safe.
      const hers = { ...client, close: lock, [Symbol.asyncDispose]: lock }
      opened = { ...open, client: hers, end: client.close }
    } catch (error) {
      await open.store.close().catch(() => {})
      throw error
    } finally {
      await refresh()
    }
    autoLock.start()
    // It is asked for and not waited for: a browser may ask the person.
    files.persist?.().then(follow, () => {})
    return opened.client
  }

  async function leave(): Promise<void> {
    const leaving = opened
    if (!leaving) return
    autoLock.stop()
    opened = undefined
    config.shareKey?.(undefined)
    try {
      await leaving.end()
    } finally {
      await refresh()
    }
  }
  const lock = (): Promise<void> => inTurn(leave)
  const autoLock = createAutoLock(config.platform.clock, () => void lock().catch(() => {}))

  async function close(): Promise<void> {
    if (isClosed) return
    try {
      await leave()
    } finally {
      isClosed = true
      unfollow()
      await box.close()
      await files.release()
      if (!config.kit) await kit.close()
    }
  }

  const safe: Safe = {
    state: state.live,
    kit,
    create: (options) =>
      inTurn(async () => {
        alive()
        await loadClientParts()
        const { recoveryPhrase, ...open } = await box.create(secretsOf(options))
        const client = await enter(open, false)
        return { client, ...(recoveryPhrase !== undefined && { recoveryPhrase }) }
      }),
    unlock: (secret, { mode } = {}) =>
      inTurn(async () => {
        alive()
        if (opened) return opened.client
        await loadClientParts()
        return enter(await box.unlock(secret, mode), mode === 'reading')
      }),
    resume: (key) =>
      inTurn(async () => {
        alive()
        if (opened) return opened.client
        await loadClientParts()
        return enter(await box.resume(key), false)
      }),
    client: () => opened?.client,
    lock,
    autoLock: autoLock.set,
    touch: autoLock.touch,
    slots: {
      list: () => current().edits.list(),
      prove: async (proof) => current().edits.prove(proof),
      add: async (proof, made) => current().edits.add(proof, made),
      change: async (proof, id, made) => current().edits.change(proof, id, made),
      remove: async (proof, id) => current().edits.remove(proof, id),
    },
    check: async () => checkAll(current()),
    async compact() {
      await current().store.upkeep.compact()
      await refresh()
    },
    erase: () =>
      inTurn(async () => {
        alive()
        await leave()
        await box.erase()
        await refresh()
      }),
    close: () => inTurn(close),
    [Symbol.asyncDispose]: () => safe.close(),
  }
  return safe
}

/**
 * Takes the place of the store for this opener and says how it stands; nothing is opened yet.
 * @throws {@link Problem} store/in-use, store/not-permitted
 */
export async function openSafe(config: SafeConfig): Promise<Safe> {
  const { platform, durability = 'strict', shareKey } = config
  const kit = config.kit ?? (await openKitAnyway(config))
  // Needed with the secret, and there by then; what cannot be had is tried again.
  loadClientParts().catch(() => {})
  let files: OpenFiles | undefined
  let box: Strongbox | undefined
  try {
    const tools = await storeTools(platform, durability)
    files = await platform.files.open()
    const resized = createSignal()
    box = createStrongbox({
      ...tools,
      files,
      resized: resized.emit,
      ...(shareKey && { shareKey }),
    })
    return await createSafe({ config, kit, files, box, resized })
  } catch (error) {
    await box?.close()
    await files?.release()
    if (!config.kit) await kit.close()
    throw error
  }
}
