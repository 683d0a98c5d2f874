/** What a contact lets her read: their calendar by months, read-only, and what is expected. */
import type { GrantId, ReceivedGrant } from '@selene/client-sdk'
import { monthOf, type LoggedDay } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useLive } from '../../backend/use-backend.tsx'
import { firstDayOf, shiftMonth } from '../../calendar/month-grid.ts'
import { sharedMarks, tellingPeriods } from '../../calendar/shared-marks.ts'
import { useNow, useToday } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { DayLine } from '../reading/day-line.tsx'
import { SharedMonth } from './shared-month.tsx'
import { useGrantWords } from './use-grant-words.ts'

function Expected({ grant }: { grant: ReceivedGrant }) {
  const { text, locale } = useLanguage()
  const { forecast, sharing } = text
  const dayOf = (date: LoggedDay['date']): string =>
    dateText(date, locale, { day: 'numeric', month: 'long' })
  if (!grant.scope.includes('forecast')) return null
  const periods = tellingPeriods(grant.forecast)
  return (
    <Section title={sharing.readExpected}>
      {periods.length === 0 && <p>{sharing.readNoForecast}</p>}
      <ul className="people">
        {periods.map(({ from, expected, to, ovulation }) => (
          <li key={expected}>
            <span className="grow">
              {sharing.readPeriod(dayOf(expected), dayOf(from), dayOf(to))}
              {ovulation && <small>{sharing.readOvulation(dayOf(ovulation))}</small>}
            </span>
          </li>
        ))}
      </ul>
      {periods.some(({ ovulation }) => ovulation) && (
        <p className="with-icon">
          <Icon name="warning" />
          <span>{forecast.notContraception}</span>
        </p>
      )}
    </Section>
  )
}

function MonthSteps({ shown, show }: { shown: string; show(month: string): void }) {
  const { month } = useText()
  return (
    <div className="month-picker">
      {(['previous', 'next'] as const).map((where) => (
        <button
          key={where}
          type="button"
          className="button button-icon"
          aria-label={month[where]}
          onClick={() => show(shiftMonth(shown, where === 'next' ? 1 : -1))}
        >
          <Icon name={where} />
        </button>
      ))}
    </div>
  )
}

function SharedCalendar({ grant }: { grant: ReceivedGrant }) {
  const { text, locale } = useLanguage()
  const { sharing } = text
  const words = useGrantWords()
  const now = useNow()
  const today = useToday()
  const [shown, show] = useState(monthOf(grant.days.at(-1)?.date ?? today))
  const title = dateText(firstDayOf(shown), locale, { month: 'long', year: 'numeric' })
  const days = grant.days.filter(({ date }) => monthOf(date) === shown)
  return (
    <>
      <p className="lead">{sharing.readLead(grant.name)}</p>
      <p>
        <strong>{words.what(grant)}.</strong> {words.until(grant, now)}.
      </p>
      <p className="hint">{sharing.readKeep}</p>
      <Section title={title}>
        <MonthSteps shown={shown} show={show} />
        <SharedMonth
          month={shown}
          title={title}
          days={new Map(days.map((day) => [day.date, day]))}
          expected={sharedMarks(grant.forecast)}
        />
      </Section>
      <Section title={sharing.readDays}>
        {days.length === 0 && <p>{sharing.readNone}</p>}
        <ul className="people">
          {days.toReversed().map((day) => (
            <DayLine key={day.date} day={day} />
          ))}
        </ul>
      </Section>
      <Expected grant={grant} />
    </>
  )
}

export function SharedScreen({ id }: { id?: GrantId }) {
  const { app, sharing } = useText()
  const now = useNow()
  const live = useLive('received')
  const grant =
    live.status === 'ready'
      ? live.value.find((one) => one.id === id && one.expiresAt > now)
      : undefined
  return (
    <Screen name="shared" title={grant ? sharing.fromName(grant.name) : sharing.received}>
      {live.status === 'loading' && <p className="note">{app.loading}</p>}
      {grant && <SharedCalendar grant={grant} />}
      {live.status === 'ready' && !grant && (
        <Section title={sharing.readEndedTitle} lead={sharing.readEnded} />
      )}
      <p>
        <Link to={{ name: 'sharing' }}>{sharing.title}</Link>
      </p>
    </Screen>
  )
}
