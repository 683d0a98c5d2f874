/** Where the way back is typed. */
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Field } from '../../ui/field.tsx'
import { wayKinds, type WayDraft } from './use-way.ts'
import { WordsField } from './words-field.tsx'

interface WayFieldsProps {
  readonly way: WayDraft
  /** She has tried without it. */
  readonly tried: boolean
}

export function WayFields({ way, tried }: WayFieldsProps) {
  const { wayBack, devices } = useText()
  const missing = (value: string): string | undefined =>
    tried && value.trim() === '' ? wayBack.missing : undefined
  return (
    <div className="fields">
      <ChoiceChips
        legend={wayBack.way}
        options={wayKinds.map((value) => ({ value, label: wayBack.ways[value] }))}
        value={way.kind}
        choose={way.choose}
      />
      {way.kind === 'phrase' ? (
        <WordsField draft={way} tried={tried} />
      ) : (
        <>
          <Field
            label={devices.identifier}
            fault={missing(way.identifier)}
            autoComplete="username"
            autoCapitalize="none"
            value={way.identifier}
            onChange={(event) => way.typeIdentifier(event.target.value)}
          />
          <Field
            label={devices.passphrase}
            fault={missing(way.passphrase)}
            type="password"
            autoComplete="current-password"
            value={way.passphrase}
            onChange={(event) => way.typePassphrase(event.target.value)}
          />
        </>
      )}
    </div>
  )
}
