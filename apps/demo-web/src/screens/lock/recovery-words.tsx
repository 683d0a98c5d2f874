/** The words that open the diary when the rest is forgotten, shown once. */
import { useText } from '../../strings/language.tsx'
import { Section } from '../../ui/section.tsx'

export function RecoveryWords({ words, written }: { words: string; written: () => void }) {
  const { lock } = useText()
  return (
    <Section title={lock.words.title} lead={lock.words.lead} tone="alarm" arrives>
      <ol className="phrase" aria-label={lock.words.list}>
        {words.split(' ').map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <button type="button" className="button button-main" onClick={written}>
        {lock.words.done}
      </button>
    </Section>
  )
}
