/** A new PIN or passphrase, typed twice. */
import { Field } from '../ui/field.tsx'
import { useText } from '../strings/language.tsx'
import type { Strings } from '../strings/en.ts'
import type { DraftFaults, SecretDraft } from './secret-draft.ts'
import { StrengthLine } from './strength-line.tsx'

interface NewSecretFieldsProps {
  readonly kind: 'pin' | 'passphrase'
  /** There is one beside it that opens the diary now. */
  readonly isBeside?: boolean
  readonly draft: SecretDraft
  set(draft: SecretDraft): void
  /** What has to be mended, once she has tried. */
  readonly faults: DraftFaults
}

function labelsOf(
  lock: Strings['lock'],
  is: { isPin: boolean; isBeside: boolean },
): readonly [string, string] {
  if (is.isPin) return is.isBeside ? [lock.newPin, lock.newPinAgain] : [lock.pin, lock.pinAgain]
  return is.isBeside
    ? [lock.newPassphrase, lock.newPassphraseAgain]
    : [lock.passphrase, lock.passphraseAgain]
}

export function NewSecretFields(props: NewSecretFieldsProps) {
  const { kind, isBeside = false, draft, set, faults } = props
  const { lock } = useText()
  const isPin = kind === 'pin'
  const [once, again] = labelsOf(lock, { isPin, isBeside })
  const input = {
    type: 'password',
    autoComplete: 'new-password',
    required: true,
    ...(isPin && { inputMode: 'numeric' as const, className: 'input-short' }),
  } as const
  return (
    <div className="fields">
      <Field
        {...input}
        label={once}
        hint={isPin ? lock.pinHint : undefined}
        fault={faults.typed}
        value={draft.typed}
        onChange={(event) => set({ ...draft, typed: event.target.value })}
      />
      {!isPin && <StrengthLine passphrase={draft.typed} />}
      <Field
        {...input}
        label={again}
        fault={faults.again}
        value={draft.again}
        onChange={(event) => set({ ...draft, again: event.target.value })}
      />
    </div>
  )
}
