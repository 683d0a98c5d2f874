/** New words: shown once, then some of them are asked for, so that she knows that they are on paper. */
import { useState, type FormEvent } from 'react'
import { useText } from '../../strings/language.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { choosePositions, isWord } from './asked-words.ts'

interface PhraseStepsProps {
  readonly phrase: string
  /** She has typed the words that were asked for. */
  done(): void
}

interface AskProps extends PhraseStepsProps {
  again(): void
}

function AskWords({ phrase, done, again }: AskProps) {
  const { wayBack } = useText()
  const words = phrase.split(' ')
  const [positions] = useState(() => choosePositions(words.length))
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const [tried, setTried] = useState(false)
  const isRight = (position: number): boolean => isWord(typed[position] ?? '', words[position])

  function check(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (positions.every(isRight)) done()
  }

  return (
    <Section title={wayBack.askTitle} lead={wayBack.askLead} arrives>
      <form noValidate onSubmit={check}>
        {positions.map((position) => (
          <Field
            key={position}
            label={wayBack.askWord(position + 1)}
            fault={tried && !isRight(position) ? wayBack.askWrong : undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed[position] ?? ''}
            onChange={(event) => {
              setTried(false)
              setTyped({ ...typed, [position]: event.target.value })
            }}
          />
        ))}
        <div className="row">
          <button type="submit" className="button button-main">
            {wayBack.askCheck}
          </button>
          <button type="button" className="button" onClick={again}>
            {wayBack.askAgain}
          </button>
        </div>
      </form>
    </Section>
  )
}

export function PhraseSteps({ phrase, done }: PhraseStepsProps) {
  const { devices } = useText()
  const [isAsking, setAsking] = useState(false)
  if (isAsking) return <AskWords phrase={phrase} done={done} again={() => setAsking(false)} />
  return (
    <Section title={devices.phraseTitle} lead={devices.phraseLead} tone="alarm" arrives>
      <ol className="phrase" aria-label={devices.phraseList}>
        {phrase.split(' ').map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <button type="button" className="button button-main" onClick={() => setAsking(true)}>
        {devices.phraseDone}
      </button>
    </Section>
  )
}
