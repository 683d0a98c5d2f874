/** One cycle: its curve, what the signs show in plain sentences, and what she decides about it. */
import {
  likelyMissed,
  type CivilDate,
  type Cycle,
  type CycleHistory,
} from '@selene/client-sdk/calendar'
import { useValue } from '../../backend/use-backend.tsx'
import { cycleOn, lastDayOf, neighboursOf } from '../../calendar/cycle-of.ts'
import { useToday } from '../../calendar/today.ts'
import { shortDayText, useWording } from '../../calendar/wording.ts'
import { useText } from '../../strings/language.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Link } from '../../use-route.tsx'
import { CalendarViews } from '../month/calendar-views.tsx'
import { MissedLogAsk } from '../month/missed-log-ask.tsx'
import { CurveSection } from './curve-section.tsx'
import { cycleFacts } from './cycle-facts.ts'
import { FertilitySection } from './fertility-section.tsx'
import { LeaveOutSection } from './leave-out-section.tsx'

function Neighbour({ to, icon, name }: { to: Cycle | undefined; icon: IconName; name: string }) {
  if (!to)
    return (
      <span className="button button-icon button-away" aria-hidden="true">
        <Icon name={icon} />
      </span>
    )
  return (
    <Link to={{ name: 'cycle', start: to.start }} className="button button-icon" aria-label={name}>
      <Icon name={icon} />
    </Link>
  )
}

function CyclePicker({ cycles, shown }: { cycles: readonly Cycle[]; shown: Cycle }) {
  const { cycle } = useText()
  const { previous, next } = neighboursOf(cycles, shown)
  return (
    <div className="month-picker">
      <Neighbour to={previous} icon="previous" name={cycle.previous} />
      <Neighbour to={next} icon="next" name={cycle.next} />
    </div>
  )
}

interface CycleProps {
  readonly cycle: Cycle
  readonly today: CivilDate
}

/** Asks about a period that is likely missing in a cycle that is over; once she has answered, none is. */
function PastAsk({ cycle, today }: CycleProps) {
  const forecast = useValue('forecast')
  const skipped = forecast?.kind === 'forecast' ? forecast.skipped : []
  const isLikely = skipped.some(
    ({ start, probability }) => start === cycle.start && probability > likelyMissed,
  )
  return isLikely ? <MissedLogAsk cycle={cycle} today={today} /> : null
}

function CycleParts({ cycle, today }: CycleProps) {
  const wording = useWording()
  const days = useValue('range', cycle.start, lastDayOf(cycle, today))
  const evaluation = useValue('evaluation', cycle.start) ?? undefined
  const profile = useValue('profile')
  const showsFertility = profile?.showsFertility === true
  return (
    <>
      <ul className="cycle-facts">
        {cycleFacts(cycle, today, wording).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <PastAsk cycle={cycle} today={today} />
      {days && (
        <CurveSection
          cycle={cycle}
          days={days}
          evaluation={evaluation}
          showsFertility={showsFertility}
        />
      )}
      {showsFertility && evaluation && <FertilitySection evaluation={evaluation} />}
      {days && <LeaveOutSection cycle={cycle} days={days} />}
    </>
  )
}

/** The cycle that an address means; of a day within a cycle, that cycle. */
const shownCycle = ({ cycles }: CycleHistory, start: CivilDate | undefined): Cycle | undefined =>
  start ? cycleOn(cycles, start) : cycles.at(-1)

export function CycleScreen(props: { start?: CivilDate }) {
  const wording = useWording()
  const { cycle: words, app } = wording.text
  const today = useToday()
  const history = useValue('cycles')
  const shown = history && shownCycle(history, props.start)
  if (!history || !shown)
    return (
      <Screen name="cycle" title={history ? words.none : wording.text.forecast.cycle}>
        <CalendarViews />
        <p>{history ? words.noneText : app.loading}</p>
      </Screen>
    )
  return (
    <Screen name="cycle" title={words.title(shortDayText(shown.start, wording))}>
      <CyclePicker cycles={history.cycles} shown={shown} />
      <CalendarViews />
      <CycleParts key={shown.start} cycle={shown} today={today} />
      <p className="small">{wording.text.day.notContraception}</p>
    </Screen>
  )
}
