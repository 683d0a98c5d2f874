import type { Readiness, ReadinessGap } from '@selene/client-sdk'
import { useNow } from '../../calendar/today.ts'
import type { Route } from '../../route.ts'
import { useLanguage } from '../../strings/language.tsx'
import { ageText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'

/** Where each gap is closed; a missing test is closed right here. */
const places: Record<Exclude<ReadinessGap, 'never-tested'>, Route> = {
  'no-account': { name: 'devices' },
  'no-contacts': { name: 'people' },
  'no-server': { name: 'settings' },
  'not-durable': { name: 'settings' },
}

/** What would keep an alert from people, each with the way to change it. */
export function ReadinessList({ readiness, test }: { readiness: Readiness; test: () => void }) {
  const { text, locale } = useLanguage()
  const { sos, ages } = text
  const now = useNow()
  const { gaps, lastTestAt } = readiness
  return (
    <Section title={sos.readiness} tone="quiet">
      {gaps.length === 0 && (
        <p className="note note-good">
          <Icon name="check" />
          {sos.ready}
        </p>
      )}
      <ul className="gaps">
        {gaps.map((gap) => (
          <li key={gap}>
            <Icon name="warning" />
            <span>{sos.gaps[gap]}</span>
            {gap === 'never-tested' ? (
              <button type="button" className="link" onClick={test}>
                {sos.gapFix[gap]}
              </button>
            ) : (
              <Link to={places[gap]}>{sos.gapFix[gap]}</Link>
            )}
          </li>
        ))}
      </ul>
      {lastTestAt !== undefined && (
        <p className="small">
          {sos.lastTest(ageText(lastTestAt, { locale, now, justNow: ages.now }))}
        </p>
      )}
    </Section>
  )
}
