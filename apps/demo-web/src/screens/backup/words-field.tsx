/** Where the 24 words of her account are typed. */
import { useText } from '../../strings/language.tsx'
import { Field } from '../../ui/field.tsx'
import type { FileSecretDraft } from './use-file-secret.ts'

interface WordsFieldProps {
  readonly opens: FileSecretDraft
  /** She has tried without it. */
  readonly tried: boolean
}

export function WordsField({ opens, tried }: WordsFieldProps) {
  const { wayBack } = useText()
  return (
    <Field
      label={wayBack.phrase}
      hint={wayBack.phraseHint}
      fault={tried && opens.phrase.trim() === '' ? wayBack.missing : undefined}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={opens.phrase}
      onChange={(event) => opens.typePhrase(event.target.value)}
    />
  )
}
