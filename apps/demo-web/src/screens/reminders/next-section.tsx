/** What has come, until she puts it away, and the next time of each reminder that is on. */
import { addDays, type CivilDate, type ReminderRule } from '@selene/client-sdk/calendar'
import { useCalls, useValue } from '../../backend/use-backend.tsx'
import { useNow, useToday } from '../../calendar/today.ts'
import { useLanguage } from '../../strings/language.tsx'
import { dateText, momentText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { detailsOf, nameOf, reasonName, ruleOfNotice } from './rule-text.ts'
import { useWording } from './use-wording.ts'

/** Today and tomorrow by name, other days by date. */
function useDayName(): (date: CivilDate) => string {
  const { text, locale } = useLanguage()
  const today = useToday()
  return (date) => {
    if (date === today) return text.app.today
    if (date === addDays(today, 1)) return text.app.tomorrow
    return dateText(date, locale, { weekday: 'long', day: 'numeric', month: 'long' })
  }
}

export function CameSection({ rules }: { rules: readonly ReminderRule[] }) {
  const { text, locale } = useLanguage()
  const { reminders } = text
  const calls = useCalls()
  const now = useNow()
  const notices = useValue('notices') ?? []
  if (notices.length === 0) return null
  return (
    <Section title={reminders.cameTitle}>
      <ul className="people">
        {notices.map((notice) => {
          const rule = ruleOfNotice(notice, rules)
          return (
            <li key={notice.id}>
              <Icon name="bell" />
              <span className="grow">
                <strong>{rule ? nameOf(rule, text) : reminders.notice}</strong>
                <small>{momentText(notice.at, locale, now)}</small>
              </span>
            </li>
          )
        })}
      </ul>
      <button
        type="button"
        className="button"
        onClick={() => {
          void calls.dismissNotices()
        }}
      >
        {reminders.putAway}
      </button>
    </Section>
  )
}

export function NextSection({ rules }: { rules: readonly ReminderRule[] }) {
  const { text } = useLanguage()
  const { reminders } = text
  const now = useNow()
  const dayName = useDayName()
  const wording = useWording()
  const next = useValue('nextReminders')?.filter(({ at }) => at > now)
  return (
    <Section title={reminders.nextTitle}>
      {next?.length === 0 && <p>{reminders.nextNone}</p>}
      <ol className="people">
        {next?.map((reminder) => (
          <li key={reminder.id}>
            <span className="grow">
              <strong>
                {reminders.moment(dayName(reminder.localDate), wording.clockOf(reminder.localTime))}
              </strong>
              <small>
                {[reasonName(reminder, rules, text), ...detailsOf(reminder, wording)].join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
