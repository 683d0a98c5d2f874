/** Six digits that both devices show: she says whether they are the same. */
import { useEffect, useRef } from 'react'
import { useText } from '../../strings/language.tsx'

interface CompareDigitsProps {
  readonly digits: string
  readonly busy: boolean
  same(): void
  differ(): void
}

export function CompareDigits({ digits, busy, same, differ }: CompareDigitsProps) {
  const { devices } = useText()
  const question = useRef<HTMLParagraphElement>(null)
  useEffect(() => question.current?.focus(), [])
  return (
    <div className="compare">
      <p className="digits" aria-label={digits.split('').join(' ')} role="img">
        {digits.slice(0, 3)} {digits.slice(3)}
      </p>
      <p ref={question} tabIndex={-1}>
        <strong>{devices.digits}</strong>
      </p>
      <p className="hint">{devices.digitsHint}</p>
      <div className="row">
        <button type="button" className="button button-main" disabled={busy} onClick={same}>
          {devices.digitsSame}
        </button>
        <button type="button" className="button" disabled={busy} onClick={differ}>
          {devices.digitsDiffer}
        </button>
      </div>
    </div>
  )
}
