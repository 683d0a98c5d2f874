/** New recovery words in the place of the old ones, by one of the ways back. */
import { useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { NewWords } from './new-words.tsx'
import { useWay } from './use-way.ts'
import { WayFields } from './way-fields.tsx'

export function PhraseSection() {
  const { wayBack } = useText()
  const calls = useCalls()
  const way = useWay()
  return (
    <NewWords
      title={wayBack.phraseTitle}
      lead={wayBack.phraseLead}
      submit={wayBack.phraseMake}
      done={wayBack.phraseChanged}
      isLacking={way.isLacking}
      check={() => calls.rehearse(way.secret)}
      use={(next) => calls.replacePhrase({ by: way.secret, next })}
      clear={way.clear}
    >
      {(tried) => <WayFields way={way} tried={tried} />}
    </NewWords>
  )
}
