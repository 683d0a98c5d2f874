/** Insights as sentences: what is outside the usual, what is seen, and what cannot be said yet. */
import type { Insight } from '@selene/client-sdk/calendar'
import { fullDayText, useWording } from '../../calendar/wording.ts'
import { Fold } from '../../ui/fold.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { cycleOf, insightText, placeOf, type InsightText } from './insight-text.ts'

interface Told extends InsightText {
  readonly insight: Insight
}

function Entry({ insight, said, basis }: Told) {
  const wording = useWording()
  const cycle = cycleOf(insight)
  return (
    <>
      <p>{said}</p>
      {basis.length > 0 && <p className="small">{basis.join(' ')}</p>}
      {cycle && (
        <Link to={{ name: 'cycle', start: cycle.start }} className="onward">
          {wording.text.insights.cycleLink(fullDayText(cycle.start, wording))}
          <Icon name="next" />
        </Link>
      )}
    </>
  )
}

/** Under each title all that belongs to it. */
function Entries({ insights }: { insights: readonly Insight[] }) {
  const wording = useWording()
  const told = insights.map((insight) => ({ insight, ...insightText(insight, wording) }))
  return (
    <ul className="insights">
      {[...Map.groupBy(told, ({ title }) => title)].map(([title, entries]) => (
        <li key={title} className="insight">
          <h3>{title}</h3>
          {entries.map((entry) => (
            <Entry key={entry.said} {...entry} />
          ))}
        </li>
      ))}
    </ul>
  )
}

export function InsightSections({ found }: { found: readonly Insight[] }) {
  const { insights } = useWording().text
  const { notice = [], said = [], open = [] } = Object.groupBy(found, placeOf)
  return (
    <>
      {notice.length > 0 && (
        <Section title={insights.noticeTitle}>
          <Entries insights={notice} />
          <p className="small">{insights.noticeHint}</p>
        </Section>
      )}
      <Section title={insights.saidTitle}>
        {said.length === 0 ? <p>{insights.none}</p> : <Entries insights={said} />}
        {open.length > 0 && (
          <div className="folds">
            <Fold title={insights.openTitle} holds={undefined}>
              <Entries insights={open} />
            </Fold>
          </div>
        )}
      </Section>
    </>
  )
}
