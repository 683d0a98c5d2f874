/** A secret that opens the diary, typed once: the way is chosen among those there are. */
import type { Ref } from 'react'
import { useText } from '../strings/language.tsx'
import { ChoiceChips } from '../ui/chips.tsx'
import { Field } from '../ui/field.tsx'
import type { Way } from './usual-way.ts'

interface SecretFieldProps {
  readonly legend: string
  readonly ways: readonly Way[]
  readonly way: Way
  choose(way: Way): void
  readonly typed: string
  type(typed: string): void
  readonly fault?: string | undefined
  readonly ref?: Ref<HTMLInputElement>
}

export function SecretField(props: SecretFieldProps) {
  const { legend, ways, way, choose, typed, type, fault, ref } = props
  const { lock } = useText()
  const labels = { pin: lock.pin, passphrase: lock.passphrase, recovery: lock.unlock.recovery }
  return (
    <div className="fields">
      {ways.length > 1 && (
        <ChoiceChips
          legend={legend}
          options={ways.map((value) => ({ value, label: lock.unlock.ways[value] }))}
          value={way}
          choose={choose}
        />
      )}
      <Field
        label={labels[way]}
        hint={way === 'recovery' ? lock.unlock.recoveryHint : undefined}
        fault={fault}
        type={way === 'recovery' ? 'text' : 'password'}
        autoComplete={way === 'recovery' ? 'off' : 'current-password'}
        autoCapitalize="none"
        spellCheck={false}
        required
        {...(way === 'pin' && { inputMode: 'numeric' as const, className: 'input-short' })}
        {...(ref && { ref })}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  )
}
