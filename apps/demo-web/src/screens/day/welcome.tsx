import { useState } from 'react'
import { useText } from '../../strings/language.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'

const storageKey = 'notes.welcomed'

/** Three sentences for the first time; once dismissed they do not come back on this device. */
export function Welcome() {
  const { welcome, forecast } = useText()
  const [seen, setSeen] = useState(() => localStorage.getItem(storageKey) !== null)
  if (seen) return null
  return (
    <Section title={welcome.title} tone="quiet">
      {welcome.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div className="row">
        <button
          type="button"
          className="button"
          onClick={() => {
            localStorage.setItem(storageKey, 'yes')
            setSeen(true)
          }}
        >
          {welcome.dismiss}
        </button>
        <Link to={{ name: 'import' }} className="button">
          {forecast.bringDiary}
        </Link>
      </div>
    </Section>
  )
}
