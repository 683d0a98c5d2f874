/** A diary that does not open as it is: what is the matter with it, and what can be done. */
import type { UnlockMode } from '@selene/client-sdk'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import type { Fault } from '../../worker/fault.ts'
import { EraseButton } from './erase-button.tsx'

const kinds = ['store/damaged', 'store/rolled-back', 'store/newer-format'] as const
type Kind = (typeof kinds)[number]

/** Whether a fault is about the diary itself, and not about what was typed. */
export const isTrouble = (fault: Fault | undefined): fault is Fault & { code: Kind } =>
  kinds.some((kind) => kind === fault?.code)

interface TroubleProps {
  readonly fault: Fault & { readonly code: Kind }
  readonly busy: boolean
  /** What came of trying one of the ways. */
  readonly newer: Fault | undefined
  open(mode: UnlockMode): void
  /** Back to what she typed; absent where nothing was. */
  readonly again?: () => void
}

export function Trouble({ fault, busy, newer, open, again }: TroubleProps) {
  const { lock } = useText()
  const { trouble } = lock
  const texts = {
    'store/damaged': [trouble.damagedTitle, trouble.damaged],
    'store/rolled-back': [trouble.rolledBackTitle, trouble.rolledBack],
    'store/newer-format': [trouble.newerTitle, trouble.newer],
  } as const
  const [title, text] = texts[fault.code]
  return (
    <Section title={title} tone="alarm" arrives>
      <p>{text}</p>
      <div className="row">
        {fault.code === 'store/newer-format' ? (
          <button type="button" className="button button-main" onClick={() => location.reload()}>
            {trouble.reload}
          </button>
        ) : (
          <button
            type="button"
            className="button button-main"
            disabled={busy}
            onClick={() => open('reading')}
          >
            {trouble.read}
          </button>
        )}
        {fault.code === 'store/rolled-back' && (
          <button type="button" className="button" disabled={busy} onClick={() => open('as-it-is')}>
            {trouble.goOn}
          </button>
        )}
        {again && (
          <button type="button" className="button" disabled={busy} onClick={again}>
            {trouble.again}
          </button>
        )}
        {fault.code !== 'store/newer-format' && <EraseButton />}
      </div>
      <FaultNote fault={newer} />
    </Section>
  )
}
