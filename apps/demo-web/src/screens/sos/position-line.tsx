import { useNow } from '../../calendar/today.ts'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { useLanguage } from '../../strings/language.tsx'
import { ageText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

/** How exact and how old the added position is, or why there is none; sent is said only of what is. */
function usePositionText(): string {
  const { text, locale } = useLanguage()
  const { sos, ages } = text
  const now = useNow(5000)
  const { alert, positioning, sent } = useOwnAlert()
  if (sent) {
    const say = alert?.unsent ? sos.positionKept : sos.positionSent
    return say(
      Math.round(sent.accuracyMetres),
      ageText(sent.at, { locale, now, justNow: ages.now }),
    )
  }
  if (positioning.state === 'refused') return sos.positionDenied
  return positioning.state === 'off' ? sos.positionNone : sos.positionWaiting
}

/** What the alert says about where she is. */
export function PositionLine() {
  const { text } = useLanguage()
  const { positioning, startPositioning } = useOwnAlert()
  const said = usePositionText()
  return (
    <Section title={text.sos.position}>
      <p className="with-icon">
        <Icon name="place" />
        {said}
      </p>
      {positioning.state === 'off' && (
        <button type="button" className="button" onClick={startPositioning}>
          {text.sos.positionAdd}
        </button>
      )}
    </Section>
  )
}
