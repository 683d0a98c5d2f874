/** Where the 24 words of her account are typed. */
import { useText } from '../../strings/language.tsx'
import { Field } from '../../ui/field.tsx'

interface WordsFieldProps {
  readonly draft: { readonly phrase: string; typePhrase(typed: string): void }
  /** She has tried without it. */
  readonly tried: boolean
}

export function WordsField({ draft, tried }: WordsFieldProps) {
  const { wayBack } = useText()
  return (
    <Field
      label={wayBack.phrase}
      hint={wayBack.phraseHint}
      fault={tried && draft.phrase.trim() === '' ? wayBack.missing : undefined}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={draft.phrase}
      onChange={(event) => draft.typePhrase(event.target.value)}
    />
  )
}
