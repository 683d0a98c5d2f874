/**
 * How it ended for this device: it was removed, or the vault was erased. Only a signed entry that verifies
 * says so, never a status code (W17); the server's word is a reason to ask for that entry and no more.
 */
import {
  base64urlToBytes,
  endingAnswer,
  headOf,
  judgeErasure,
  parseEntry,
  type Problem,
  type ProblemCode,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Store } from '../store/store.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'

export type Ending = 'removed' | 'erased'

export interface Endings {
  current(): Ending | undefined
  readonly changed: Signal
  /** The server said something that an ending would explain. */
  suspect(problem: Problem): void
  /** Takes the end of the vault, which this device itself has brought about. */
  erased(entry: Uint8Array): Promise<void>
  /** Resolves when nothing is being asked. */
  settled(): Promise<void>
}

/** What a removed device, or one of an erased vault, is told. */
const suspicious: ReadonlySet<ProblemCode> = new Set([
  'vault/member-removed',
  'vault/not-member',
  'vault/erased',
  'auth/session-ended',
  'auth/refused',
])

const erasureKey = 'vault-erasure'

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
}

export async function openEndings(deps: Deps): Promise<Endings> {
  const { store, http, crypto, vault, session, documents } = deps
  const changed = createSignal()
  let isErased = (await readMeta(store, erasureKey)) !== undefined
  let asking: Promise<void> | undefined

  const current = (): Ending | undefined => {
    if (isErased) return 'erased'
    return vault.view().removed.has(vault.device) ? 'removed' : undefined
  }

  async function takeErasure(entry: Uint8Array): Promise<void> {
    if (!judgeErasure(vault.view(), entry, crypto)) return
    await store.write((tx) => writeMeta(tx, erasureKey, true))
    isErased = true
  }

  /** Entries that verify are taken, removal or not; the first that does not ends it. */
  const takeLog = (entries: readonly Uint8Array[]): Promise<void> =>
    documents.write(async (tx) => {
      for (const bytes of entries) {
        const entry = parseEntry(bytes)
        if (!entry.ok) return
        if (entry.value.seq <= headOf(vault.view()).seq) continue
        if (await vault.append(tx, bytes)) return
      }
    })

  async function ask(): Promise<void> {
    const { entries } = await http.call({
      method: 'POST',
      path: '/v1/auth/ending',
      body: { vault: vault.view().vault, ...(await session.proof()) },
      answer: endingAnswer,
    })
    const bytes = entries.map((entry) => base64urlToBytes(entry)!)
    const last = bytes.at(-1)
    const parsed = last && parseEntry(last)
    if (last && parsed?.ok && parsed.value.payload.type === 'vault-erased') await takeErasure(last)
    else await takeLog(bytes)
    if (current()) changed.emit()
  }

  function askOnce(): void {
    if (current()) return
    // What cannot be asked now is asked at the next suspicion, or the next opening.
    asking ??= ask()
      .catch(() => {})
      .finally(() => {
        asking = undefined
      })
  }

  const askIfEnded = (): void => {
    if (session.current() === 'session-ended') askOnce()
  }
  session.status.subscribe(askIfEnded)
  askIfEnded()

  return {
    current,
    changed,
    suspect(problem) {
      if (suspicious.has(problem.code)) askOnce()
    },
    async erased(entry) {
      await takeErasure(entry)
      changed.emit()
    },
    settled: async () => asking,
  }
}
