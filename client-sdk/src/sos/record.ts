/**
 * The kit's state in memory and in its file. A change is in memory at once and resolves when a save that
 * began after it has ended; changes made meanwhile share the next save. What could not be saved stays in
 * memory, to be acted on and saved with the next change.
 */
import { Problem } from '@selene/shapes'
import { createSignal, type Signal } from '../core/signal.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { emptyState, recordToState, stateToRecord, type KitState } from './journal.ts'

export interface KitRecord {
  state(): KitState
  /** What the last save was about, whether it succeeded or not: nothing newer may leave the device. */
  settled(): KitState
  /** Whether the last save succeeded, to where it outlives the process. */
  isDurable(): boolean
  readonly changed: Signal
  /**
   * Changes the state; one that is the same is not saved again.
   * @throws {@link Problem} sos/storage-failed; the change stands, in memory.
   */
  change(next: (state: KitState) => KitState): Promise<void>
  /** Resolves when no save is under way, however they ended. */
  rest(): Promise<void>
  close(): Promise<void>
}

const nothing = (): void => {}

async function loadState(files: KitFiles): Promise<KitState> {
  const record = await files.load()
  if (!record) return emptyState
  const state = recordToState(record)
  // A record of a newer app, say. There must be a kit all the same.
  if (!state) await files.setAside().catch(nothing)
  return state ?? emptyState
}

/** @throws {@link Problem} store/in-use. */
export async function openRecord(files: KitFiles): Promise<KitRecord> {
  let state = await loadState(files)
  let saved = state
  let settled = state
  let last: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  const changed = createSignal()

  const hasFailed = (): boolean => saved !== settled

  async function saveNow(): Promise<void> {
    waiting = undefined
    const saving = state
    const before = hasFailed()
    try {
      await files.save(stateToRecord(saving))
      saved = saving
    } catch (cause) {
      throw new Problem('sos/storage-failed', { cause })
    } finally {
      settled = saving
      if (before !== hasFailed()) changed.emit()
    }
  }

  function save(): Promise<void> {
    waiting ??= last.catch(nothing).then(saveNow)
    last = waiting
    return waiting
  }

  return {
    state: () => state,
    settled: () => settled,
    isDurable: () => files.durable && !hasFailed(),
    changed,
    async change(next) {
      const changedState = next(state)
      if (changedState === state && saved === state) return
      state = changedState
      const saving = save()
      changed.emit()
      await saving
    },
    async rest() {
      for (let seen: unknown; seen !== last;) {
        seen = last
        await last.catch(nothing)
      }
    },
    async close() {
      await last.catch(nothing)
      await files.close()
    },
  }
}
