/** What the diary shows by itself: sentences first, then the charts. Nothing here is a diagnosis. */
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CalendarViews } from '../month/calendar-views.tsx'
import { InsightSections } from './insight-sections.tsx'
import { LengthsSection } from './lengths-section.tsx'
import { SymptomsSection } from './symptoms-section.tsx'
import { YearSection } from './year-section.tsx'

export function InsightsScreen() {
  const { insights, app } = useText()
  const found = useValue('insights')
  return (
    <Screen name="insights" title={insights.title}>
      <CalendarViews />
      <p className="lead">{insights.lead}</p>
      {found ? <InsightSections found={found} /> : <p role="status">{app.loading}</p>}
      <LengthsSection />
      <SymptomsSection />
      <YearSection />
    </Screen>
  )
}
