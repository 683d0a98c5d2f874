import { useText } from '../../strings/language.tsx'
import { Section } from '../../ui/section.tsx'

/** The words that lead back when all devices are lost, shown once. */
export function RecoveryPhrase({ phrase, written }: { phrase: string; written: () => void }) {
  const { devices } = useText()
  return (
    <Section title={devices.phraseTitle} lead={devices.phraseLead} tone="alarm" arrives>
      <ol className="phrase" aria-label={devices.phraseList}>
        {phrase.split(' ').map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <button type="button" className="button button-main" onClick={written}>
        {devices.phraseDone}
      </button>
    </Section>
  )
}
