/**
 * Changes the vault's log from here: an entry is built on the head and the cut that this device knows, and
 * built anew when another entry or an envelope came first (W15). It does not wait in the outbox, since its
 * cut must be what the server has stored at that very moment; nor does one that admits a device, which must
 * not come in days after the person has given up on it.
 */
import {
  bytesToBase64url,
  Problem,
  type EntryRequest,
  type EpochPart,
  type VaultView,
} from '@selene/shapes'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import { noAnswer } from '../core/http.ts'
import type { Random } from '../core/random.ts'
import { anyOf } from '../core/signal.ts'
import { createTurns } from '../core/turns.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import { readMeta } from '../store/meta.ts'
import type { Store } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import { lastEnvelopeKey } from '../sync/sent-ops.ts'
import { readCut } from '../vault/cut.ts'
import type { EpochKey } from '../vault/entry.ts'
import type { LocalVault } from '../vault/vault.ts'
import { buildAnew } from './build-anew.ts'
import type { Replication } from './replication.ts'

/** The log as an entry is built on it. */
export interface LogNow {
  readonly view: VaultView
  readonly epoch: EpochKey
  readonly cut: EpochPart['cut']
}

export interface BuiltEntry extends Pick<EntryRequest, 'login' | 'phrase_key'> {
  readonly entry: Uint8Array
  readonly cards?: readonly Uint8Array[]
}

type Build = (log: LogNow) => BuiltEntry | undefined | Promise<BuiltEntry>

export interface VaultChanges {
  /**
   * Resolves once the entry is in the verified log here; at once when `build` gives none, as there is nothing to do.
   * @throws {@link Problem} what `build` throws, account/none, vault/forked or vault/rolled-back while the log has
   * that warning, vault/head-moved when others keep coming first, server/unreachable and what the server says.
   */
  apply(build: Build): Promise<void>
  /**
   * Sends an entry that others have signed too, so that it cannot be built anew: as often as it takes, but for a minute
   * at most, and never later. Resolves once it is in the verified log here.
   * @throws {@link Problem} vault/forked or vault/rolled-back while the log has that warning, vault/head-moved,
   * account/none, auth/session-ended, what else the server says, and what stood in the way when the minute was over: its
   * answer may have been lost, and then the entry is in the log all the same.
   */
  append(entry: Uint8Array): Promise<void>
}

export interface VaultChangesDeps {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
  readonly replication: Replication
  readonly call: AuthorizedCall
  readonly clock: Clock
  readonly random: Random
  /** Aborts when the client closes. */
  readonly closing: AbortSignal
}

/** Enough for a burst of envelopes of several devices; each attempt waits for what came first. */
const mostAttempts = 10
/** Whoever waits for an entry, beside another device, does not wait longer; nor does a link live much longer. */
const appendForMs = 60_000

/** Trying the same bytes again may help. */
const isPassing = (error: unknown): error is Problem =>
  error instanceof Problem && error.remedy === 'retry' && error.code !== 'vault/head-moved'

export function createVaultChanges(deps: VaultChangesDeps): VaultChanges {
  const { store, vault, documents, replication, clock, closing } = deps
  const news = anyOf(store.committed, replication.changed)
  const inTurn = createTurns()

  async function logNow(): Promise<LogNow> {
    const own = (await readMeta<number>(store, lastEnvelopeKey)) ?? 0
    return { view: vault.view(), epoch: vault.epoch(), cut: await readCut(store, deps, own) }
  }

  /** Until something is stored here, or a while: what came first may be on its way. */
  async function untilNews(ms: number): Promise<void> {
    const heard = new AbortController()
    const end = news.subscribe(() => heard.abort())
    replication.retry()
    await pause(clock, ms, AbortSignal.any([heard.signal, closing]))
    end()
  }

  const send = (
    { entry, cards = [], ...rest }: BuiltEntry,
    signal?: AbortSignal,
  ): Promise<unknown> =>
    deps.call({
      method: 'POST',
      path: '/v1/vault/entries',
      body: {
        entry: bytesToBase64url(entry),
        cards: cards.map(bytesToBase64url),
        ...rest,
      } satisfies EntryRequest,
      answer: noAnswer,
      ...(signal && { signal }),
    })

  /** Takes the entry into the log here, unless the shape has brought it already. */
  const keep = (entry: Uint8Array, view: VaultView): Promise<void> =>
    documents.write(async (tx) => {
      if (vault.compare(view.hashes.length, entry) !== 'new') return
      const code = await vault.append(tx, entry)
      // What lies between comes with the shape, and this entry behind it.
      if (code && code !== 'vault/head-moved') throw new Problem(code)
    })

  /** Nothing is added to a history that is not ours (W18). */
  function refuseOnWarning(): void {
    const { warning } = replication.facts()
    if (warning) throw new Problem(warning)
  }

  async function applyOnce(build: Build): Promise<void> {
    refuseOnWarning()
    await replication.flush()
    const log = await logNow()
    const built = await build(log)
    if (!built) return
    await send(built)
    await keep(built.entry, log.view)
  }

  async function apply(build: Build): Promise<void> {
    const backoff = createBackoff(deps.random)
    await replication.sayHeads()
    await buildAnew(() => applyOnce(build), {
      most: mostAttempts,
      async rest(moved) {
        if (closing.aborted) throw moved
        await untilNews(backoff.next())
      },
    })
  }

  /** Sends until there is an answer, or until `over`. */
  async function sendUntil(over: AbortSignal, entry: Uint8Array): Promise<void> {
    const backoff = createBackoff(deps.random)
    for (;;) {
      refuseOnWarning()
      try {
        await send({ entry }, over)
        return
      } catch (error) {
        if (closing.aborted) throw new Problem('store/closed', { cause: error })
        if (over.aborted) throw new Problem('server/unreachable', { cause: error })
        if (!isPassing(error)) throw error
        const ms = backoff.next(error.retryAfterSeconds)
        await pause(clock, ms, AbortSignal.any([over, closing]))
        if (over.aborted) throw error
      }
    }
  }

  async function append(entry: Uint8Array): Promise<void> {
    const view = vault.view()
    const over = new AbortController()
    const cancel = clock.after(appendForMs, () => over.abort())
    try {
      await sendUntil(over.signal, entry)
    } finally {
      cancel()
    }
    await keep(entry, view)
  }

  return {
    apply: (build) => inTurn(() => apply(build)),
    // An entry that cannot be built anew gains nothing by waiting for others.
    append,
  }
}
