/** A new PIN or passphrase, typed twice. */
import { Field } from '../ui/field.tsx'
import { useText } from '../strings/language.tsx'
import type { DraftFaults, SecretDraft } from './secret-draft.ts'
import { StrengthLine } from './strength-line.tsx'

interface NewSecretFieldsProps {
  readonly kind: 'pin' | 'passphrase'
  readonly draft: SecretDraft
  set(draft: SecretDraft): void
  /** What has to be mended, once she has tried. */
  readonly faults: DraftFaults
}

export function NewSecretFields({ kind, draft, set, faults }: NewSecretFieldsProps) {
  const { lock } = useText()
  const isPin = kind === 'pin'
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
        label={isPin ? lock.pin : lock.passphrase}
        hint={isPin ? lock.pinHint : undefined}
        fault={faults.typed}
        value={draft.typed}
        onChange={(event) => set({ ...draft, typed: event.target.value })}
      />
      {!isPin && <StrengthLine passphrase={draft.typed} />}
      <Field
        {...input}
        label={isPin ? lock.pinAgain : lock.passphraseAgain}
        fault={faults.again}
        value={draft.again}
        onChange={(event) => set({ ...draft, again: event.target.value })}
      />
    </div>
  )
}
