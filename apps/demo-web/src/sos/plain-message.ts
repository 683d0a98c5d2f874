/** What she writes herself to people without the app, by how her alert stands. Pure. */
import type { Alert, PlainMessage, Position } from '@selene/client-sdk'
import type { Strings } from '../strings/en.ts'
import { isOpen } from './ended.ts'

interface Wording {
  readonly words: Strings['sos']['plain']
  /** A moment as a time of day. */
  clock(at: number): string
}

/**
 * The message; `undefined` where there is nothing to write: of a test, or of an alert that ended by itself.
 * @param position Absent unless she has chosen to say where she is; nobody needs it once she is safe.
 */
export function plainMessage(
  { kind, phase }: Pick<Alert, 'kind' | 'phase'>,
  position: Position | undefined,
  { words, clock }: Wording,
): PlainMessage | undefined {
  if (kind === 'test' || phase === 'expired') return undefined
  if (!isOpen({ phase }))
    return { subject: words.endSubject, text: phase === 'resolved' ? words.safe : words.cancelled }
  const text = kind === 'medical' ? words.medical : words.sos
  const { subject } = words
  if (!position) return { subject, text }
  return { subject, text: `${text}\n${words.here(clock(position.at))}`, position }
}
