/** How the store stands, for a person: locked or open, how large, and what may happen to it. */
import type { StoreKind, Surroundings } from '../store/files.ts'

/** `nearly-full`: writing will soon fail. `may-vanish`: the system may delete what is stored when it wants room. */
export type SafeWarning = 'nearly-full' | 'may-vanish'

export interface SafeState {
  /** `new`: there is no store yet. */
  readonly lock: 'new' | 'locked' | 'open'
  readonly kind: StoreKind
  /** Of the file; 0 while there is none. */
  readonly bytes: number
  /** What this app may store at all, where the system says it. */
  readonly quotaBytes?: number
  /** Whether the system has promised to keep what is stored, where it says so. */
  readonly persisted?: boolean
  /** It is open for reading only: it is damaged, or older than it was. */
  readonly readOnly?: true
  /** With `new`: there is a diary that was never sealed; creating a store takes it over. */
  readonly unsealed?: true
  readonly warnings: readonly SafeWarning[]
}

export interface SafeFacts extends Pick<SafeState, 'lock' | 'kind' | 'bytes'> {
  readonly isReadOnly: boolean
  readonly isUnsealed: boolean
  /** The file cannot grow any more. */
  readonly isLow: boolean
  readonly surroundings: Surroundings
}

/** Below this a long entry with its indexes, or a checkpoint, may not fit. */
const leastFreeBytes = 32 * 2 ** 20

function warningsOf({ isLow, surroundings }: SafeFacts): SafeWarning[] {
  const { freeBytes = Infinity, persisted } = surroundings
  const warnings: SafeWarning[] = []
  if (isLow || freeBytes < leastFreeBytes) warnings.push('nearly-full')
  if (persisted === false) warnings.push('may-vanish')
  return warnings
}

export function safeState(facts: SafeFacts): SafeState {
  const { lock, kind, bytes, surroundings } = facts
  const { quotaBytes, persisted } = surroundings
  return {
    lock,
    kind,
    bytes,
    ...(quotaBytes !== undefined && { quotaBytes }),
    ...(persisted !== undefined && { persisted }),
    ...(facts.isReadOnly && { readOnly: true }),
    ...(lock === 'new' && facts.isUnsealed && { unsealed: true }),
    warnings: warningsOf(facts),
  }
}
